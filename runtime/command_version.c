#include "command.h"
#include "report.h"
#include "session.h"

#include <stdlib.h>

Outcome command_version(const Request *request)
{
    const MigrateProject *project = &request->project;
    char *library = session_library();
    report_result("migrate for %s", project->name);
    report_result("migrations: %zu", project->count);
    report_result("last: %s", project->count == 0 ? "none" : project->migrations[project->count - 1]->name);
    report_result("runtime: %u", project->runtime);
    report_result("libpq: %s", library);
    json_text(request->json, FIELD_PROJECT, project->name);
    json_number(request->json, FIELD_COMPILED, (long long) project->count);
    json_text(request->json, FIELD_LAST, project->count == 0 ? NULL : project->migrations[project->count - 1]->name);
    json_number(request->json, FIELD_RUNTIME, project->runtime);
    json_text(request->json, FIELD_LIBRARY, library);
    free(library);
    return OUTCOME_DONE;
}
