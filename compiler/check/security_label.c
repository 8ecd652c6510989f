/* SECURITY LABEL: ExecSecLabelStmt() in src/backend/commands/seclabel.c. Whether there is a provider, and what it takes
 * for a label, its server decides. */
#include "checker.h"

static StorageOptions with_label(Checker *k, StorageOptions before, Str provider, Str label)
{
    StorageOptions after = {0};
    for (size_t i = 0; i < before.count; i++) {
        if (!str_equal(before.items[i].name, provider))
            list_push(CHECKER_ARENA(k), &after, before.items[i]);
    }
    if (label.data != NULL)
        list_push(CHECKER_ARENA(k), &after, (StorageOption) {provider, label});
    return after;
}

void set_security_label(Checker *k, Span span, LabelSubject subject, Str provider, Str label)
{
    Property property = subject.column == 0 ? PROPERTY_SECURITY_LABELS : PROPERTY_COLUMN_SECURITY_LABELS;
    PropertyValue value = property_value(&k->schema, subject.object, property, subject.column);
    StorageOptions before = value.options;
    value.options = with_label(k, before, provider, label);
    if (before.count > 0 || value.options.count > 0)
        checker_set(k, span, subject.object, property, subject.column, value);
}

/* SecLabelSupportsObjectType() */
static bool check_has_labels(Checker *k, const NodeSecurityLabel *node)
{
    if (node->object != WORD_INDEX && node->object != WORD_EXTENSION)
        return true;
    report(k->c, M_WRONG_KIND, node->name.span, "%s have no security labels",
           node->object == WORD_INDEX ? "indexes" : "extensions");
    return false;
}

void check_security_label(Checker *k, const NodeSecurityLabel *node)
{
    LabelSubject subject = {0};
    Str provider = node->provider.value.data == NULL ? STR("") : node->provider.value;
    if (!check_has_labels(k, node))
        return;
    if (node->object == WORD_COLUMN) {
        if (!find_subject_column(k, &node->name, node->part, &subject.object, &subject.column))
            return;
    } else {
        const Object *object = find_by_word(k, node->object, &node->name);
        if (object == NULL)
            return;
        subject.object = object->id;
    }
    set_security_label(k, node->node.span, subject, provider, node->label.value);
}
