/* Domains: src/backend/commands/typecmds.c (DefineDomain, AlterDomain…). */
#include "checker.h"
#include "not_null.h"

/* ------------------------------------------------------------------ what it is of */

static bool read_type(Checker *k, Span span, Type *type)
{
    Fragment fragment = fragment_of(k, span);
    SqlType read = sql_type(&k->sql, &k->schema, &fragment);
    *type = read.type;
    if (read.serial) {
        report(k->c, M_PSEUDO_TYPE, span, "a domain cannot be over a serial type");
        help(k->c, "`serial` is a column with a sequence: write integer");
    }
    return type->catalog != NULL && !read.serial;
}

/* ------------------------------------------------------------------ checks */

/* With the names that the domain has already. */
static NameScope constraint_names(Checker *k, const Domain *domain)
{
    NameScope names = {.schema = &k->schema, .namespace = domain->object.schema};
    for (size_t i = 0; i < domain->constraints.count; i++)
        name_take_constraint(&names, domain->constraints.items[i]->name);
    if (domain->not_null.name.data != NULL)
        name_take_constraint(&names, domain->not_null.name);
    return names;
}

static bool check_name_is_free(Checker *k, const Domain *domain, Word name)
{
    const Constraint *other = object_constraint_named(&domain->object, name.name);
    bool not_null = str_equal(domain->not_null.name, name.name);
    if (other == NULL && !not_null)
        return check_new_name(k, name);
    report(k->c, M_DUPLICATE_CONSTRAINT, name.span, "domain \"%.*s\" has a constraint \"%.*s\" already",
           STR_ARG(domain->object.name), STR_ARG(name.name));
    label(k->c, not_null ? domain->not_null.created : other->created, "the first one");
    return false;
}

/* A name that was written, or the one that the server would make up (ChooseConstraintName). Silences what fails. */
static bool name_check(Checker *k, const Domain *domain, Word written, Constraint *check)
{
    if (!word_is_written(written)) {
        NameScope names = constraint_names(k, domain);
        check->name = name_choose_check(&names, domain->object.name, STR(""));
        return true;
    }
    check->name = written.name;
    return check_name_is_free(k, domain, written);
}

/* That it is not null, as a constraint where it is one. False: reported. */
static bool name_not_null(Checker *k, const Domain *domain, Word written, Span span, NotNull *not_null)
{
    NameScope names = constraint_names(k, domain);
    if (word_is_written(written) && (!check_server(k, 17, written.span, "a name of a domain's `not null`") ||
                                     !check_name_is_free(k, domain, written)))
        return false;
    *not_null = (NotNull) {.holds = true, .created = span, .name = written.name};
    if (!word_is_written(written) && not_null_is_named(&k->schema, OBJECT_DOMAIN))
        not_null->name = name_choose_not_null(&names, domain->object.name, STR(""));
    return true;
}

static bool build_check(Checker *k, const Domain *domain, const NodeCheck *node, Constraint *check)
{
    Fragment fragment = fragment_of(k, node->expression);
    ExpressionScope scope = {&k->schema, NULL, PLACE_DOMAIN, &domain->type};
    *check = (Constraint) {.kind = CONSTRAINT_CHECK, .created = node->node.span,
                           .not_valid = span_is_known(node->not_valid)};
    if (span_is_known(node->no_inherit)) {
        report(k->c, M_CONFLICTING_CLAUSES, node->no_inherit, "`no inherit` is for checks of tables");
        return false;
    }
    check->expression = sql_expression(&k->sql, scope, &fragment);
    if (check->expression == NULL || !name_check(k, domain, node->name, check)) {
        silence(k, "constraint", domain->object.id, node->name.name);
        return false;
    }
    check->id = schema_new_id(&k->schema);
    return true;
}

/* ------------------------------------------------------------------ create */

/* What was written of each kind. */
typedef struct Clauses {
    const Node *null, *value, *comment;   /* null: or not null */
} Clauses;

static bool note_clause(Checker *k, const Node **slot, const Node *node, const char *why)
{
    bool first = *slot == NULL;
    if (!first) {
        report(k->c, M_CONFLICTING_CLAUSES, node->span, "%s", why);
        label(k->c, (*slot)->span, "the other one");
    }
    *slot = first ? node : *slot;
    return first;
}

/* False: reported; the domain is made without it. */
static bool build_clause(Checker *k, Domain *domain, Clauses *clauses, const Node *node)
{
    Constraint check;
    switch ((int) node->kind) {
    case NODE_NULLABLE: return note_clause(k, &clauses->null, node, "a domain says once whether it is null");
    case NODE_NOT_NULL:
        return note_clause(k, &clauses->null, node, "a domain says once whether it is null") &&
               name_not_null(k, domain, ((const NodeNotNull *) node)->name, node->span, &domain->not_null);
    case NODE_DEFAULT:
        return note_clause(k, &clauses->value, node, "a domain has one default") &&
               read_default(k, NULL, &domain->type, ((const NodeDefault *) node)->expression, &domain->expression);
    case NODE_COMMENT:
        domain->object.comment = comment_text((const NodeComment *) node);
        return note_clause(k, &clauses->comment, node, "a domain has one comment");
    case NODE_CHECK:
        if (!build_check(k, domain, (const NodeCheck *) node, &check))
            return false;
        constraint_add(CHECKER_ARENA(k), &domain->constraints, &check);
        return true;
    }
    report_not_yet(k, node->span);
    return false;
}

void check_create_domain(Checker *k, const NodeCreateDomain *node)
{
    ObjectId namespace = find_namespace(k, &node->name);
    Word name = node->name.name;
    Domain *domain = arena_new(CHECKER_ARENA(k), Domain);
    Clauses clauses = {0};
    bool fine = namespace != 0 && check_new_name(k, name) && check_type_is_free(k, namespace, name) &&
                read_type(k, node->type, &domain->type);
    if (fine)
        domain->object = new_object(k, OBJECT_DOMAIN, namespace, name);
    for (size_t i = 0; i < node->clauses.count && fine; i++)
        build_clause(k, domain, &clauses, node->clauses.items[i]);
    if (fine)
        checker_change(k, (Change) {.kind = CHANGE_CREATE, .span = node->node.span, .create = {&domain->object}});
    else
        silence(k, "domain", namespace, name.name);
}

/* ------------------------------------------------------------------ alter */

/* What existing values are tried with cannot be tried inside of others (get_rels_with_domain). */
static bool check_can_validate(Checker *k, const Domain *domain, Span span)
{
    if (check_no_holder(k, &domain->object, false, span))
        return true;
    note(k->c, "PostgreSQL tries existing values only in columns of the domain itself");
    help(k->c, "add the check `not valid`: it holds for new values then");
    return false;
}

static void set_default(Checker *k, const Domain *domain, const Node *action)
{
    PropertyValue value = {0};
    if (action->kind == NODE_SET_DEFAULT &&
        !read_default(k, NULL, &domain->type, ((const NodeSetDefault *) action)->expression, &value.expression))
        return;
    checker_set(k, action->span, domain->object.id, PROPERTY_DOMAIN_DEFAULT, 0, value);
}

static void set_not_null(Checker *k, const Domain *domain, const Node *action)
{
    PropertyValue value = {0};
    bool not_null = action->kind == NODE_SET_NOT_NULL;
    if (not_null == domain->not_null.holds || (not_null && !check_can_validate(k, domain, action->span)) ||
        (not_null && !name_not_null(k, domain, (Word) {0}, action->span, &value.not_null)))
        return;
    checker_set(k, action->span, domain->object.id, PROPERTY_DOMAIN_NOT_NULL, 0, value);
}

/* What it is already it need not be made again. */
static void add_not_null(Checker *k, const Domain *domain, const NodeNotNull *node)
{
    PropertyValue value = {0};
    if (span_is_known(node->not_valid)) {
        report(k->c, M_CONFLICTING_CLAUSES, node->not_valid, "`not null` of a domain is always valid");
        return;
    }
    if (!domain->not_null.holds && check_can_validate(k, domain, node->node.span) &&
        name_not_null(k, domain, node->name, node->node.span, &value.not_null))
        checker_set(k, node->node.span, domain->object.id, PROPERTY_DOMAIN_NOT_NULL, 0, value);
}

static void add_check(Checker *k, const Domain *domain, const NodeAddConstraint *node)
{
    Constraint check;
    if (node->constraint->kind == NODE_NOT_NULL) {
        add_not_null(k, domain, (const NodeNotNull *) node->constraint);
        return;
    }
    if (node->constraint->kind != NODE_CHECK) {
        report(k->c, M_CONFLICTING_CLAUSES, node->node.span, "a domain has checks, and no other constraints");
        return;
    }
    if (!build_check(k, domain, (const NodeCheck *) node->constraint, &check) ||
        (!check.not_valid && !check_can_validate(k, domain, node->node.span)))
        return;
    Constraint *copy = arena_copy(CHECKER_ARENA(k), &check, sizeof check);
    checker_change(k, (Change) {.kind = CHANGE_ADD_CONSTRAINT, .span = node->node.span,
                                .add_constraint = {domain->object.id, copy}});
}

static const Constraint *find_check(Checker *k, const Domain *domain, Word name)
{
    const Constraint *check = object_constraint_named(&domain->object, name.name);
    if (check == NULL)
        report_unknown_constraint(k, &domain->object, name);
    return check;
}

static bool is_not_null(const Domain *domain, Word name)
{
    return domain->not_null.name.data != NULL && str_equal(domain->not_null.name, name.name);
}

static void drop_check(Checker *k, const Domain *domain, const NodeDropConstraint *node)
{
    if (is_not_null(domain, node->name)) {
        checker_set(k, node->node.span, domain->object.id, PROPERTY_DOMAIN_NOT_NULL, 0, (PropertyValue) {0});
        return;
    }
    const Constraint *check = find_check(k, domain, node->name);
    if (check == NULL)
        return;
    Part part = {domain->object.id, PART_CONSTRAINT, check->id};
    check_deletion(k, node->node.span, part, node->name.span, span_is_known(node->cascade));
}

static void rename_not_null(Checker *k, const Domain *domain, const NodeRenameConstraint *node)
{
    PropertyValue value = {.not_null = domain->not_null};
    value.not_null.name = node->to.name;
    if (check_name_is_free(k, domain, node->to))
        checker_set(k, node->node.span, domain->object.id, PROPERTY_DOMAIN_NOT_NULL, 0, value);
}

static void rename_check(Checker *k, const Domain *domain, const NodeRenameConstraint *node)
{
    if (is_not_null(domain, node->name)) {
        rename_not_null(k, domain, node);
        return;
    }
    const Constraint *check = find_check(k, domain, node->name);
    Constraint renamed;
    if (check != NULL && name_check(k, domain, node->to, &renamed))
        checker_set(k, node->node.span, domain->object.id, PROPERTY_CONSTRAINT_NAME, check->id,
                    (PropertyValue) {.text = node->to.name});
}

/* What is valid is tried again, so it has to be possible. */
static void validate_check(Checker *k, const Domain *domain, const NodeValidateConstraint *node)
{
    if (is_not_null(domain, node->name)) {
        report(k->c, M_WRONG_KIND, node->name.span, "constraint \"%.*s\" is not a check", STR_ARG(node->name.name));
        return;
    }
    const Constraint *check = find_check(k, domain, node->name);
    if (check != NULL && check_can_validate(k, domain, node->node.span) && check->not_valid)
        checker_set(k, node->node.span, domain->object.id, PROPERTY_CONSTRAINT_VALIDITY, check->id,
                    (PropertyValue) {.flag = false});
}

static void alter_domain(Checker *k, ObjectId id, const Node *written)
{
    const Domain *domain = schema_domain(&k->schema, id);
    const Node *action = action_to_check(&domain->object, written);
    if (action == NULL)
        return;
    switch ((int) action->kind) {
    case NODE_SET_DEFAULT:
    case NODE_DROP_DEFAULT: set_default(k, domain, action); break;
    case NODE_SET_NULL:
    case NODE_SET_NOT_NULL: set_not_null(k, domain, action); break;
    case NODE_ADD_CONSTRAINT: add_check(k, domain, (const NodeAddConstraint *) action); break;
    case NODE_DROP_CONSTRAINT: drop_check(k, domain, (const NodeDropConstraint *) action); break;
    case NODE_RENAME_CONSTRAINT: rename_check(k, domain, (const NodeRenameConstraint *) action); break;
    case NODE_VALIDATE_CONSTRAINT: validate_check(k, domain, (const NodeValidateConstraint *) action); break;
    default:
        if (!check_object_action(k, id, action))
            report_not_yet(k, action->span);
    }
}

void check_alter_domain(Checker *k, const NodeAlterDomain *node)
{
    const Object *domain = find_made_type(k, &node->name, OBJECT_DOMAIN);
    for (size_t i = 0; i < node->actions.count && domain != NULL; i++)
        alter_domain(k, domain->id, node->actions.items[i]);
}
