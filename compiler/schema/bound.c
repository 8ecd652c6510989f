#include "bound.h"

/* What two values are to one another. */
typedef enum Order { ORDER_LESS, ORDER_EQUAL, ORDER_GREATER, ORDER_UNKNOWN } Order;

static bool is_infinite(const BoundValue *value)
{
    return value->kind == BOUND_MINIMUM || value->kind == BOUND_MAXIMUM;
}

static Order compare_values(const BoundValue *a, const BoundValue *b)
{
    if (a->kind == b->kind && (is_infinite(a) || a->kind == BOUND_NULL))
        return ORDER_EQUAL;
    if (a->kind == BOUND_MINIMUM || b->kind == BOUND_MAXIMUM || b->kind == BOUND_NULL)
        return ORDER_LESS;
    if (a->kind == BOUND_MAXIMUM || b->kind == BOUND_MINIMUM || a->kind == BOUND_NULL)
        return ORDER_GREATER;
    if (a->kind == BOUND_UNKNOWN || b->kind == BOUND_UNKNOWN)
        return ORDER_UNKNOWN;
    int order = str_compare(a->key, b->key);
    if (order == 0)
        return ORDER_EQUAL;
    if (a->equality_only || b->equality_only)
        return ORDER_UNKNOWN;
    return order < 0 ? ORDER_LESS : ORDER_GREATER;
}

/* Of rows of values, as of a range's ends: behind an infinite value nothing matters. */
static Order compare_rows(const BoundValues *a, const BoundValues *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        Order order = compare_values(&a->items[i], &b->items[i]);
        if (order != ORDER_EQUAL || is_infinite(&a->items[i]))
            return order;
    }
    return ORDER_EQUAL;
}

static const BoundValue *least(const BoundValues *values)
{
    const BoundValue *least = &values->items[0];
    for (size_t i = 1; i < values->count; i++) {
        if (compare_values(&values->items[i], least) == ORDER_LESS)
            least = &values->items[i];
    }
    return least;
}

bool bound_is_before(const Bound *a, const Bound *b)
{
    if (a == NULL || b == NULL || a->is_default || b->is_default)
        return a != NULL && b != NULL && !a->is_default && b->is_default;
    if (a->modulus != 0)
        return a->modulus < b->modulus || (a->modulus == b->modulus && a->remainder < b->remainder);
    if (a->ends.count > 0)
        return compare_rows(&a->values, &b->values) == ORDER_LESS;
    return a->values.count > 0 && b->values.count > 0 &&
           compare_values(least(&a->values), least(&b->values)) == ORDER_LESS;
}

/* ------------------------------------------------------------------ overlaps */

static bool lists_overlap(const BoundValues *a, const BoundValues *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (compare_values(&a->items[i], &b->items[j]) == ORDER_EQUAL)
                return true;
        }
    }
    return false;
}

/* Each begins before the other ends. Ranges that begin at one place overlap whatever their ends are. */
static bool ranges_overlap(const Bound *a, const Bound *b)
{
    if (compare_rows(&a->values, &b->values) == ORDER_EQUAL || compare_rows(&a->ends, &b->ends) == ORDER_EQUAL)
        return true;
    return compare_rows(&a->values, &b->ends) == ORDER_LESS && compare_rows(&b->values, &a->ends) == ORDER_LESS;
}

static int32_t greatest_common_divisor(int32_t a, int32_t b)
{
    while (b != 0) {
        int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Some number leaves both remainders. */
static bool hashes_overlap(const Bound *a, const Bound *b)
{
    int32_t divisor = greatest_common_divisor(a->modulus, b->modulus);
    return divisor > 0 && a->remainder % divisor == b->remainder % divisor;
}

bool bounds_overlap(const Bound *a, const Bound *b)
{
    if (a->is_default || b->is_default)
        return a->is_default && b->is_default;
    if (a->modulus != 0)
        return hashes_overlap(a, b);
    return a->ends.count > 0 ? ranges_overlap(a, b) : lists_overlap(&a->values, &b->values);
}

bool bound_is_empty(const Bound *bound)
{
    Order order = bound->ends.count == 0 ? ORDER_UNKNOWN : compare_rows(&bound->values, &bound->ends);
    return order == ORDER_EQUAL || order == ORDER_GREATER;
}
