/* work_failure.h: what of a unit's work has failed, and whether it is worth another attempt. Each reports it, unless
 * that is so; the transaction is still to be rolled back. */
#ifndef WORK_FAILURE_H
#define WORK_FAILURE_H

#include "work.h"

/* Others were in the way: the same may succeed later. */
bool work_is_passing(const SessionError *error);

/* The session's last error is that of the work. OUTCOME_BUSY: others were in the way; `run->again` says whether there
 * is to be another attempt. */
Outcome work_fail(Run *run, const Work *work, const TableLocks *locks);

/* The commit has failed of what ends at the place. */
Outcome work_fail_commit(Run *run, Place end);

/* The migration has ended the transaction itself. */
Outcome work_fail_ended(Run *run, const Work *work);

#endif
