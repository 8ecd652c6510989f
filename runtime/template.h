/* template.h: SQL with places to fill in. What is filled in must be quoted for SQL already. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

typedef struct Filling {
    const char *name;
    const char *text;
} Filling;

/* `sql` with each `{name}` replaced; the list ends with a NULL name. To be freed. */
char *template_fill(const char *sql, const Filling *fillings);

#endif
