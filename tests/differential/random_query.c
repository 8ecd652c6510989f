/* Queries over what is there: for views, and for tables that are made of queries. */
#include "random_writer.h"

/* Columns whose values can be sorted and grouped. */
static bool is_sortable(Str type)
{
    return type.len > 0 && !str_is(type, "json") && !str_is(type, "xml") && !str_is(type, "point");
}

static Str relation_sql(Writer *w, const Table *relation)
{
    return object_sql(w->schema, &relation->object);
}

/* "alias.column", some of them, each once. */
static Str some_outputs(Writer *w, const Table *relation, const char *alias)
{
    Text text = text_new(w->arena);
    for (size_t i = 0; i < relation->columns.count; i++) {
        const ColumnInfo *column = relation->columns.items[i];
        if (i > 0 && chance(w, 35))
            continue;
        text_addf(&text, "%s%s%s%.*s", i == 0 ? "" : ", ", alias, *alias == '\0' ? "" : ".",
                  STR_ARG(column_sql(w, column)));
        if (chance(w, 15))
            text_addf(&text, " as \"out %zu\"", i);
    }
    return text_str(&text);
}

static Str plain_query(Writer *w, const Table *r)
{
    Str outputs = chance(w, 25) ? STR("*") : some_outputs(w, r, ""), name = relation_sql(w, r);
    Str condition = chance(w, 50) ? random_condition(w, r) : STR("");
    return str_format(w->arena, "select %s%.*s from %.*s%s%.*s", chance(w, 10) ? "distinct " : "", STR_ARG(outputs),
                      STR_ARG(name), condition.len > 0 ? " where " : "", STR_ARG(condition));
}

static Str join_query(Writer *w, const Table *a, const Table *b)
{
    static const char *const joins[] = {"join", "left join", "full join", "right join"};
    Str left = some_outputs(w, a, "l"), column = column_sql(w, random_column(w, b));
    Str other = column_sql(w, random_column(w, a));
    return str_format(w->arena, "select %.*s, r.%.*s as other from %.*s l %s %.*s r "
                      "on l.%.*s is not null = (r.%.*s is null)",
                      STR_ARG(left), STR_ARG(column), STR_ARG(relation_sql(w, a)), PICK(w, joins),
                      STR_ARG(relation_sql(w, b)), STR_ARG(other), STR_ARG(column));
}

/* Columns of one name: the compiler does not know whether there is an operator for two types. */
static bool can_merge(const Table *a, const ColumnInfo *one, const Table *b, const ColumnInfo *other)
{
    Str type = some_type_name(a, one);
    return is_sortable(type) && str_equal(type, some_type_name(b, other)) && one->type.array == other->type.array;
}

/* A column of the one that the other has, too; NULL: there is none. `natural`: all that both have can be merged. */
static const ColumnInfo *shared_column(Writer *w, const Table *a, const Table *b, bool *natural)
{
    const ColumnInfo *found = NULL;
    unsigned seen = 0;
    *natural = true;
    for (size_t i = 0; i < a->columns.count; i++) {
        const ColumnInfo *one = a->columns.items[i], *other = table_column_named(b, one->name);
        bool merges = other != NULL && can_merge(a, one, b, other);
        *natural = *natural && (other == NULL || merges);
        if (merges && below(w, ++seen) == 0)
            found = one;
    }
    return found;
}

/* The merged column alone, all there is, or some of each. */
static Str using_query(Writer *w, const Table *a, const Table *b)
{
    static const char *const joins[] = {"join", "left join", "full join", "right join"};
    bool natural;
    const ColumnInfo *shared = shared_column(w, a, b, &natural);
    Str left = relation_sql(w, a), right = relation_sql(w, b);
    if (shared == NULL)
        return join_query(w, a, b);
    Str name = column_sql(w, shared), outputs = name;
    if (natural && chance(w, 15))
        return str_format(w->arena, "select * from %.*s l natural %s %.*s r", STR_ARG(left), PICK(w, joins),
                          STR_ARG(right));
    if (chance(w, 50))
        outputs = str_format(w->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(some_outputs(w, b, "r")));
    else if (chance(w, 20))
        outputs = STR("*");
    return str_format(w->arena, "select %.*s from %.*s l %s %.*s r using (%.*s)%s", STR_ARG(outputs), STR_ARG(left),
                      PICK(w, joins), STR_ARG(right), STR_ARG(name), chance(w, 20) ? " where l is not null" : "");
}

/* Rows as values, and what is in them; of a column that is a row itself, too. */
static Str row_query(Writer *w, const Table *r, const ColumnInfo *column)
{
    static const char *const patterns[] = {
        "select (q).@ from # q", "select q as whole from # q",
        "select (q).@ as a, q.@ as b from # q where q is not null",
        "select (array[q])[1].@ from # q", "select (s.r).@ from (select q as r from # q) s",
        "select count(q) as n from # q", "select (q).* from # q",
    };
    static const char *const fields[] = {"select (q.@).% as part from # q", "select (q.@).* from # q",
                                         "select (@).% from # where (@).% is not null"};
    const Table *composite = schema_relation(w->schema, column->type.object);
    const ColumnInfo *field = composite == NULL || column->type.array ? NULL : random_column(w, composite);
    bool deep = field != NULL && chance(w, 80);
    Str text = str_from(deep ? PICK(w, fields) : PICK(w, patterns));
    Text whole = text_new(w->arena);
    for (size_t i = 0; i < text.len; i++) {
        Str part = text.data[i] == '#'   ? relation_sql(w, r)
                   : text.data[i] == '@' ? column_sql(w, column)
                   : text.data[i] == '%' ? column_sql(w, field)
                                         : str_slice(text, i, i + 1);
        text_add(&whole, part);
    }
    return text_str(&whole);
}

static Str group_query(Writer *w, const Table *r, const ColumnInfo *column)
{
    static const char *const totals[] = {"count(*)", "count(@)", "max(@::text)", "count(distinct @)",
                                         "count(*) filter (where @ is null)", "array_agg(@::text order by @)"};
    Str name = column_sql(w, column), total = fill(w->arena, PICK(w, totals), name);
    return str_format(w->arena, "select %.*s, %.*s as n from %.*s group by %.*s%s", STR_ARG(name), STR_ARG(total),
                      STR_ARG(relation_sql(w, r)), STR_ARG(name), chance(w, 30) ? " having count(*) > 1" : "");
}

static Str odd_query(Writer *w, const Table *r, const ColumnInfo *column)
{
    static const char *const patterns[] = {
        "with x as (select @ as a from #) select a, 'x'::text as b from x",
        "select @ as a from # union all select @ from #",
        "select o.@, (select count(*) from # i where i.@ is null) as n from # o",
        "select @ from # where exists (select from # i where i.@ is not null)",
        "select @, row_number() over (order by @) as n from #",
        "select coalesce(@::text, 'none') as a, case when @ is null then 1 else 2 end as b from # order by 1 limit 3",
        "select s.a, s.b from (select @ as a, 1 as b from #) s where s.b > 0",
        "select q.@ from # q, lateral (select q.@ is null as empty) e where e.empty",
        "select @ as a from # where @::text in ('a', 'b')",
        "select @ from # except select @ from #", "select @ as b from # intersect all (select @ from # limit 1)",
        "with recursive x (a) as (select @ from # union select a from x where a is null) table x",
        "select @, count(*) as n from # group by grouping sets ((@), ())",
        "select @ from # tablesample system (10)",
        "select n, @ from # cross join rows from (generate_series(1, 2), unnest(array['a'])) as f (n, t)",
        "select distinct on (@) @, lag(@) over w as before from # window w as (order by @ desc nulls last)",
    };
    Str text = fill(w->arena, PICK(w, patterns), column_sql(w, column));
    Text whole = text_new(w->arena);
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '#')
            text_add(&whole, relation_sql(w, r));
        else
            text_add_char(&whole, text.data[i]);
    }
    return text_str(&whole);
}

static Str random_values(Writer *w)
{
    static const char *const queries[] = {
        "select 1 as a, 'x'::text as b", "select now() as at, 1.5 as who",
        "select g as a from generate_series(1, 3) g", "values (1, 'a'::text), (2, 'b')",
        "select null::int as a, array[1, 2] as b, true as c",
    };
    return str_from(PICK(w, queries));
}

Str random_query(Writer *w)
{
    const Table *a = random_relation(w), *b = random_relation(w);
    const ColumnInfo *column = random_column(w, a);
    if (column == NULL || chance(w, 5))
        return random_values(w);
    unsigned choice = below(w, 10);
    if (choice < 3)
        return plain_query(w, a);
    if (choice < 5 && random_column(w, b) != NULL)
        return choice < 4 ? join_query(w, a, b) : using_query(w, a, b);
    if (choice < 6)
        return row_query(w, a, column);
    if (!is_sortable(some_type_name(a, column)))
        return plain_query(w, a);
    return choice < 7 ? group_query(w, a, column) : odd_query(w, a, column);
}
