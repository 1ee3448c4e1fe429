/* waiter.h - requests that cannot be granted yet. */
#ifndef SEMD_DAEMON_CORE_WAITER_H
#define SEMD_DAEMON_CORE_WAITER_H

#include "daemon/core/core.h"

enum { WAITER_UNANSWERED = -2 };	/* the session has ended: no answer is sent */

/*
 * Makes the arriving request wait and returns ENGINE_WAITS; with ENGINE_PROBE nothing waits yet.
 * EQUOTA, ENOMEM. The request counts as a waiter for each line that it stands in, because each
 * place has a cost.
 */
int waiter_new(struct engine *e, const struct waiter *arriving, enum engine_mode mode) ENGINE_CHECK;
/*
 * Takes the waiter out of all lines, answers with that status and frees it. The caller must then
 * call serve().
 */
void waiter_end(struct engine *e, struct waiter *waiter, int status);
struct waiter *waiter_find(const struct engine *e, struct session *session, uint64_t number);
bool waiter_uses(const struct waiter *waiter, const struct handle *handle);

#endif
