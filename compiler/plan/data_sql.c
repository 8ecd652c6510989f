#include "data_sql.h"

#include "define.h"
#include "sql_text.h"

/* A dollar quote that the text does not end. */
static Str quote_for(Arena *arena, Str text)
{
    for (unsigned i = 0;; i++) {
        Str quote = i == 0 ? STR("$require$") : str_format(arena, "$require%u$", i);
        bool ends = false;
        for (size_t at = 0; at + quote.len <= text.len && !ends; at++)
            ends = str_equal(str_slice(text, at, at + quote.len), quote);
        if (!ends)
            return quote;
    }
}

/* What is null is not known to be so. The code is PL/pgSQL's own for an assertion that failed. */
void require_sql(const Schema *schema, const RequireChange *require, StrList *statements)
{
    Str what = define_literal(schema->arena, require->what);
    Str body = str_format(schema->arena,
                          "BEGIN IF (%.*s) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'assert_failure', "
                          "MESSAGE = %.*s; END IF; END",
                          STR_ARG(require->condition), STR_ARG(what));
    Str quote = quote_for(schema->arena, body);
    statement_add(schema, statements, "DO %.*s%.*s%.*s", STR_ARG(quote), STR_ARG(body), STR_ARG(quote));
}

/* For whoever reads the plan; the runtime calls the function instead. */
void native_sql(const Schema *schema, const NativeChange *native, StrList *statements)
{
    statement_add(schema, statements, "/* call native %.*s */", STR_ARG(native->function));
}
