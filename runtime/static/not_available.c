/* What a static program cannot have, answered so that libpq and OpenSSL report it in their own words.
 *
 * Debian's libpq is built with GSSAPI and LDAP, of which there are no static libraries. libpq calls GSSAPI to look
 * for credentials on every connection, and whenever a server asks for it; LDAP when a service file points there. Here
 * GSSAPI answers that it is unavailable and LDAP that it has no memory for a handle, so that the first is passed over
 * unless it was required, and both are an ordinary error of the connection when it was.
 *
 * glibc, linked statically, still loads modules at run time: for users and hosts as /etc/nsswitch.conf says, and
 * whatever dlopen() names. Modules of another glibc crash. So users are read from /etc/passwd, hosts are looked up in
 * /etc/hosts and by DNS whatever that file says, both of which are built in, and dlopen() loads nothing.
 *
 * The functions' own headers are not installed where there are no libraries; what they declare is declared here, as
 * far as libpq looks into it. */
#include <errno.h>
#include <netdb.h>
#include <nss.h>
#include <pwd.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

/* ---- GSSAPI (RFC 2744) */

enum {
    GSS_COMPLETE = 0,
    GSS_UNAVAILABLE = 16 << 16,
};

typedef struct GssBuffer {
    size_t length;
    void *value;
} GssBuffer;

extern const void *const GSS_C_NT_HOSTBASED_SERVICE;
const void *const GSS_C_NT_HOSTBASED_SERVICE = NULL;

/* Every one of them has the minor status first; libpq reads nothing else of a failed call. */
#define UNAVAILABLE(name, ...)                          \
    uint32_t name(uint32_t *minor, __VA_ARGS__);        \
    uint32_t name(uint32_t *minor, __VA_ARGS__)         \
    {                                                   \
        *minor = 0;                                     \
        return GSS_UNAVAILABLE;                         \
    }

/* There is never anything to give back. */
#define NOTHING_TO_RELEASE(name, ...)                   \
    uint32_t name(uint32_t *minor, __VA_ARGS__);        \
    uint32_t name(uint32_t *minor, __VA_ARGS__)         \
    {                                                   \
        *minor = 0;                                     \
        return GSS_COMPLETE;                            \
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"

UNAVAILABLE(gss_acquire_cred, void *name, uint32_t time, void *mechanisms, int usage, void **credential, void **actual,
            uint32_t *actual_time)
UNAVAILABLE(gss_import_name, GssBuffer *text, void *type, void **name)
UNAVAILABLE(gss_init_sec_context, void *credential, void **context, void *target, void *mechanism, uint32_t flags,
            uint32_t time, void *bindings, GssBuffer *input, void **actual, GssBuffer *output, uint32_t *actual_flags,
            uint32_t *actual_time)
UNAVAILABLE(gss_wrap, void *context, int confidential, uint32_t protection, GssBuffer *input, int *state,
            GssBuffer *output)
UNAVAILABLE(gss_unwrap, void *context, GssBuffer *input, GssBuffer *output, int *state, uint32_t *protection)
UNAVAILABLE(gss_wrap_size_limit, void *context, int confidential, uint32_t protection, uint32_t size, uint32_t *limit)
NOTHING_TO_RELEASE(gss_delete_sec_context, void **context, GssBuffer *token)
NOTHING_TO_RELEASE(gss_release_buffer, GssBuffer *buffer)
NOTHING_TO_RELEASE(gss_release_cred, void **credential)
NOTHING_TO_RELEASE(gss_release_name, void **name)

uint32_t gss_display_status(uint32_t *minor, uint32_t status, int kind, void *mechanism, uint32_t *more,
                            GssBuffer *text);
uint32_t gss_display_status(uint32_t *minor, uint32_t status, int kind, void *mechanism, uint32_t *more,
                            GssBuffer *text)
{
    static char sentence[] = "GSSAPI is not available in this build";
    *minor = 0;
    *more = 0;
    text->value = sentence;
    text->length = sizeof(sentence) - 1;
    return GSS_COMPLETE;
}

/* ---- LDAP (RFC 1823): without a handle nothing of it is ever called but the message */

enum { LDAP_UNAVAILABLE = 0x34 };

void *ldap_init(const char *host, int port);
void *ldap_init(const char *host, int port)
{
    return NULL;
}

char *ldap_err2string(int error);
char *ldap_err2string(int error)
{
    static char sentence[] = "LDAP is not available in this build";
    return sentence;
}

#define NEVER(type, name, answer, ...)                  \
    type name(__VA_ARGS__);                             \
    type name(__VA_ARGS__)                              \
    {                                                   \
        return answer;                                  \
    }

NEVER(int, ldap_set_option, LDAP_UNAVAILABLE, void *handle, int option, const void *value)
NEVER(int, ldap_simple_bind, -1, void *handle, const char *name, const char *password)
NEVER(int, ldap_result, -1, void *handle, int message, int all, void *timeout, void **result)
NEVER(int, ldap_search_st, LDAP_UNAVAILABLE, void *handle, const char *base, int scope, const char *filter,
      char **attributes, int types_only, void *timeout, void **result)
NEVER(int, ldap_count_entries, 0, void *handle, void *result)
NEVER(void *, ldap_first_entry, NULL, void *handle, void *result)
NEVER(void **, ldap_get_values_len, NULL, void *handle, void *entry, const char *attribute)
NEVER(int, ldap_msgfree, 0, void *message)
NEVER(int, ldap_unbind, 0, void *handle)
NEVER(void, ldap_value_free_len, , void **values)

/* ---- loading at run time. From here on the names are those that `redefine` beside this file puts into the
 * libraries. */

NEVER(void *, migrate_dlopen, NULL, const char *file, int mode)
NEVER(void *, migrate_dlsym, NULL, void *handle, const char *name)
NEVER(int, migrate_dlclose, 0, void *handle)
NEVER(int, migrate_dladdr, 0, const void *address, void *information)

char *migrate_dlerror(void);
char *migrate_dlerror(void)
{
    static char sentence[] = "a static program loads no libraries";
    return sentence;
}

/* OpenSSL's own look-up of hosts, which nothing of libpq uses. */
struct hostent *migrate_gethostbyname(const char *name);
struct hostent *migrate_gethostbyname(const char *name)
{
    h_errno = NO_RECOVERY;
    return NULL;
}

#pragma GCC diagnostic pop

/* ---- users and hosts */

int migrate_getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t size, struct passwd **found);
int migrate_getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t size, struct passwd **found)
{
    FILE *users = fopen("/etc/passwd", "re");
    int error = users == NULL ? ENOENT : 0;
    *found = NULL;
    while (error == 0 && *found == NULL) {
        struct passwd *next = NULL;
        error = fgetpwent_r(users, entry, buffer, size, &next);
        if (error == 0 && next->pw_uid == user)
            *found = next;
    }
    if (users != NULL)
        fclose(users);
    /* Not to be found is no error. */
    return error == ENOENT ? 0 : error;
}

__attribute__((constructor)) static void look_up_by_built_in_means(void)
{
    __nss_configure_lookup("hosts", "files dns");
    __nss_configure_lookup("services", "files");
}
