/* scheme://[user[:password]@]hosts[/database][?parameters], by hand: libpq's own parser refuses the raw `%` and `@`
 * that node-postgres lets pass in a password, and repeats the password in its message when it does.
 *
 * The user's part ends at the last `@` before the first `/` or `?`, so that a raw `@` in a password does no harm. A
 * raw `/` or `?` in one cannot be told from the URL's own; it leaves an `@` behind in the path or the parameters,
 * where none may stand, and is refused by that. */
#include "url.h"

#include "memory.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Slice {
    const char *data;
    size_t length;
} Slice;

typedef enum Handling {
    HANDLING_PASS,
    HANDLING_IGNORE,
    HANDLING_REFUSE,
    HANDLING_SCHEMA,
    HANDLING_POOLER,
    HANDLING_SSL,
    HANDLING_SSLMODE,
    HANDLING_ROOTCERT,
} Handling;

typedef struct Parameter {
    const char *name;
    Handling handling;
    const char *way_out;
} Parameter;

static const Parameter parameters[] = {
#define PARAMETER(name, handling, way_out) {name, HANDLING_##handling, way_out},
#include "parameters.def"
#undef PARAMETER
};

/* What one call works with. */
typedef struct Parse {
    const char *schema;
    Settings *settings;
    UrlProblem *problem;
} Parse;

static const char shape[] = "write it as postgres://user:password@host:5432/database";
static const char encode[] =
    "in a user name or password write % as %25, @ as %40, / as %2F, ? as %3F, # as %23, space as %20";

static bool refuse(Parse *parse, const char *what, const char *help)
{
    snprintf(parse->problem->what, sizeof(parse->problem->what), "%s", what);
    parse->problem->help = help;
    return false;
}

static bool refuse_parameter(Parse *parse, const char *name, const char *complaint, const char *help)
{
    snprintf(parse->problem->what, sizeof(parse->problem->what), "the parameter \"%.60s\" %s", name, complaint);
    parse->problem->help = help;
    return false;
}

static Slice slice_between(const char *begin, const char *end)
{
    return (Slice) {begin, (size_t) (end - begin)};
}

static const char *slice_find(Slice slice, char wanted)
{
    return slice.length == 0 ? NULL : memchr(slice.data, wanted, slice.length);
}

/* Takes the part before the first `separator` off the slice; all of it when there is none. */
static Slice slice_split(Slice *rest, char separator)
{
    const char *end = rest->data + rest->length;
    const char *found = slice_find(*rest, separator);
    Slice first = slice_between(rest->data, found == NULL ? end : found);
    *rest = found == NULL ? (Slice) {end, 0} : slice_between(found + 1, end);
    return first;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = tolower((unsigned char) c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The byte that `%xx` at this place stands for; -1 when it is no such thing. */
static int percent_value(Slice text, size_t at)
{
    if (text.length - at < 3)
        return -1;
    int high = hex_value(text.data[at + 1]);
    int low = hex_value(text.data[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* NULL: a `%` without two hex digits where `lenient` does not let it stand for itself, or a NUL byte. */
static char *decode(Slice text, bool lenient)
{
    char *decoded = memory_take(text.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        int value = text.data[i] == '%' ? percent_value(text, i) : -1;
        if (value == 0 || (value < 0 && text.data[i] == '%' && !lenient)) {
            free(decoded);
            return NULL;
        }
        decoded[length++] = value < 0 ? text.data[i] : (char) value;
        i += value < 0 ? 0 : 2;
    }
    return decoded;
}

void settings_put(Settings *settings, const char *keyword, char *value)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (strcmp(settings->items[i].keyword, keyword) == 0) {
            free(settings->items[i].value);
            settings->items[i].value = value;
            return;
        }
    }
    if (settings->count == SETTINGS_MAX)
        BUG("more settings than libpq has keywords");
    settings->items[settings->count++] = (Setting) {keyword, value};
}

const char *settings_get(const Settings *settings, const char *keyword)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (strcmp(settings->items[i].keyword, keyword) == 0)
            return settings->items[i].value[0] == '\0' ? NULL : settings->items[i].value;
    }
    return NULL;
}

void settings_clear(Settings *settings)
{
    for (size_t i = 0; i < settings->count; i++) {
        explicit_bzero(settings->items[i].value, strlen(settings->items[i].value));
        free(settings->items[i].value);
    }
    settings->count = 0;
}

static bool parse_user(Parse *parse, Slice part)
{
    Slice rest = part;
    char *user = decode(slice_split(&rest, ':'), true);
    char *password = decode(rest, true);
    if (user != NULL && user[0] != '\0')
        settings_put(parse->settings, "user", memory_text(user));
    if (password != NULL && password[0] != '\0')
        settings_put(parse->settings, "password", memory_text(password));
    bool good = user != NULL && password != NULL;
    free(user);
    free(password);
    return good || refuse(parse, "the user name or password holds %00", encode);
}

static bool is_port(Slice port)
{
    unsigned long value = 0;
    for (size_t i = 0; i < port.length; i++) {
        if (!isdigit((unsigned char) port.data[i]) || value > 65535)
            return false;
        value = value * 10 + (unsigned long) (port.data[i] - '0');
    }
    return port.length == 0 || (value > 0 && value <= 65535);
}

static bool parse_host(Parse *parse, Slice host, FILE *hosts, FILE *ports)
{
    Slice rest = host;
    Slice name;
    if (host.length > 0 && host.data[0] == '[') {
        rest = slice_between(host.data + 1, host.data + host.length);
        if (slice_find(rest, ']') == NULL)
            return refuse(parse, "the IPv6 address has no closing bracket", shape);
        name = slice_split(&rest, ']');
        if (rest.length > 0 && rest.data[0] != ':')
            return refuse(parse, "something stands behind the IPv6 address", shape);
        slice_split(&rest, ':');
    } else {
        name = slice_split(&rest, ':');
    }
    if (!is_port(rest))
        return refuse(parse, "behind the host's colon is not a port, or the password is not encoded", encode);
    char *decoded = decode(name, false);
    if (decoded == NULL)
        return refuse(parse, "the host holds a % that is not followed by two hex digits", encode);
    fputs(decoded, hosts);
    fwrite(rest.data, 1, rest.length, ports);
    free(decoded);
    return true;
}

/* Takes the list over; one that is empty, or only commas, says nothing. */
static void put_list(Parse *parse, const char *keyword, char *list, bool wanted)
{
    if (wanted && list[strspn(list, ",")] != '\0')
        settings_put(parse->settings, keyword, list);
    else
        free(list);
}

static bool parse_hosts(Parse *parse, Slice part)
{
    char *hosts = NULL, *ports = NULL;
    size_t hosts_size = 0, ports_size = 0;
    FILE *hosts_stream = memory_stream(&hosts, &hosts_size);
    FILE *ports_stream = memory_stream(&ports, &ports_size);
    Slice rest = part;
    bool good = true;
    bool more = true;
    while (good && more) {
        more = slice_find(rest, ',') != NULL;
        good = parse_host(parse, slice_split(&rest, ','), hosts_stream, ports_stream);
        fputs(more ? "," : "", hosts_stream);
        fputs(more ? "," : "", ports_stream);
    }
    memory_stream_end(hosts_stream);
    memory_stream_end(ports_stream);
    put_list(parse, "host", hosts, good);
    put_list(parse, "port", ports, good);
    return good;
}

static bool is_one_of(const char *value, const char *const *choices)
{
    while (*choices != NULL && strcmp(*choices, value) != 0)
        choices++;
    return *choices != NULL;
}

static const char *const positives[] = {"true", "1", "require", "yes", "on", NULL};
static const char *const negatives[] = {"false", "0", "disable", "no", "off", NULL};
static const char *const modes[] = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full", NULL};

static bool put_mode(Parse *parse, const char *mode)
{
    settings_put(parse->settings, "sslmode", memory_text(mode));
    return true;
}

/* no-verify, node-postgres' word: encrypted, whoever answers. libpq calls that `require`. */
static bool put_ssl(Parse *parse, const Parameter *parameter, const char *value)
{
    if (strcmp(value, "no-verify") == 0 || is_one_of(value, positives))
        return put_mode(parse, "require");
    if (is_one_of(value, negatives))
        return put_mode(parse, "disable");
    return refuse_parameter(parse, parameter->name, "has a value that is not known", parameter->way_out);
}

static bool put_sslmode(Parse *parse, const Parameter *parameter, const char *value)
{
    if (strcmp(value, "no-verify") == 0)
        return put_mode(parse, "require");
    if (is_one_of(value, modes))
        return put_mode(parse, value);
    return refuse_parameter(parse, parameter->name, "has a value that is not known", parameter->way_out);
}

static bool put_parameter(Parse *parse, const Parameter *parameter, const char *value)
{
    switch (parameter->handling) {
    case HANDLING_PASS:
        settings_put(parse->settings, parameter->name, memory_text(value));
        return true;
    case HANDLING_IGNORE:
        return true;
    case HANDLING_REFUSE:
        return refuse_parameter(parse, parameter->name, "is another program's", parameter->way_out);
    case HANDLING_SCHEMA:
        return strcmp(value, parse->schema) == 0 ||
               refuse_parameter(parse, parameter->name, "names another schema than the project's", parameter->way_out);
    case HANDLING_POOLER:
        return is_one_of(value, negatives) ||
               refuse_parameter(parse, parameter->name, "says that this is a pooler", parameter->way_out);
    case HANDLING_SSL:
        return put_ssl(parse, parameter, value);
    case HANDLING_SSLMODE:
        return put_sslmode(parse, parameter, value);
    case HANDLING_ROOTCERT:
        if (strcmp(value, "system") == 0)
            return refuse_parameter(parse, parameter->name, "cannot be `system`", parameter->way_out);
        settings_put(parse->settings, parameter->name, memory_text(value));
        return true;
    }
    BUG("a handling without a case");
}

static const Parameter *parameter_find(const char *name)
{
    for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++) {
        if (strcmp(parameters[i].name, name) == 0)
            return &parameters[i];
    }
    return NULL;
}

static bool parse_parameter(Parse *parse, Slice part)
{
    Slice rest = part;
    char *name = decode(slice_split(&rest, '='), false);
    char *value = decode(rest, false);
    bool good = false;
    if (name == NULL || value == NULL) {
        refuse(parse, "a parameter holds a % that is not followed by two hex digits", "write % as %25");
    } else {
        const Parameter *parameter = parameter_find(name);
        good = parameter == NULL ? refuse_parameter(parse, name, "is not known", "take it out of the URL")
                                 : put_parameter(parse, parameter, value);
    }
    free(name);
    free(value);
    return good;
}

static bool parse_parameters(Parse *parse, Slice part)
{
    Slice rest = part;
    while (rest.length > 0) {
        Slice one = slice_split(&rest, '&');
        if (one.length > 0 && !parse_parameter(parse, one))
            return false;
    }
    return true;
}

static bool parse_database(Parse *parse, Slice part)
{
    char *database = decode(part, false);
    if (database == NULL)
        return refuse(parse, "the database's name holds a % that is not followed by two hex digits", "write % as %25");
    if (database[0] == '\0')
        free(database);
    else
        settings_put(parse->settings, "dbname", database);
    return true;
}

/* Everything behind the two slashes. */
static bool parse_body(Parse *parse, Slice body)
{
    size_t authority_length = 0;
    while (authority_length < body.length && strchr("/?", body.data[authority_length]) == NULL)
        authority_length++;
    Slice authority = {body.data, authority_length};
    Slice tail = slice_between(body.data + authority_length, body.data + body.length);
    if (slice_find(tail, '@') != NULL)
        return refuse(parse, "an @ stands behind the host: a / or ? in the password must be encoded", encode);
    if (slice_find(tail, '#') != NULL)
        return refuse(parse, "a # stands behind the host", encode);
    const char *at = authority.length == 0 ? NULL : memrchr(authority.data, '@', authority.length);
    if (at != NULL && !parse_user(parse, slice_between(authority.data, at)))
        return false;
    Slice hosts = at == NULL ? authority : slice_between(at + 1, authority.data + authority.length);
    if (!parse_hosts(parse, hosts))
        return false;
    Slice rest = tail;
    Slice path = slice_split(&rest, '?');
    if (path.length > 0 && !parse_database(parse, slice_between(path.data + 1, path.data + path.length)))
        return false;
    return parse_parameters(parse, rest);
}

/* Secrets are often read from files: blanks and line ends around the URL do not count. */
static Slice trim(const char *url)
{
    const char *end = url + strlen(url);
    while (isspace((unsigned char) *url))
        url++;
    while (end > url && isspace((unsigned char) end[-1]))
        end--;
    return slice_between(url, end);
}

static bool has_prefix(Slice text, const char *prefix)
{
    return text.length >= strlen(prefix) && memcmp(text.data, prefix, strlen(prefix)) == 0;
}

static bool has_control(Slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (iscntrl((unsigned char) text.data[i]))
            return true;
    }
    return false;
}

bool url_parse(const char *url, const char *schema, Settings *settings, UrlProblem *problem)
{
    Parse parse = {schema, settings, problem};
    *settings = (Settings) {.count = 0};
    Slice text = trim(url);
    if (text.length == 0)
        return refuse(&parse, "the connection URL is empty", shape);
    if (strchr("'\"`", text.data[0]) != NULL)
        return refuse(&parse, "the connection URL begins with a quotation mark", "take the quotation marks away");
    if (has_control(text))
        return refuse(&parse, "the connection URL holds a line end or another control character", encode);
    size_t scheme = has_prefix(text, "postgres://") ? 11 : has_prefix(text, "postgresql://") ? 13 : 0;
    if (scheme == 0)
        return refuse(&parse, "the connection URL does not begin with postgres://", shape);
    return parse_body(&parse, slice_between(text.data + scheme, text.data + text.length));
}
