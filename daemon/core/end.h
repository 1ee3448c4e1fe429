/* end.h - the end of sessions and clients, all that end together in one step. */
#ifndef SEMD_DAEMON_CORE_END_H
#define SEMD_DAEMON_CORE_END_H

#include "daemon/core/core.h"

void ending_init(struct ending *ending);

/* Whether the process of the session, or the one that its client is bound to, has ended. */
static inline bool session_has_died(const struct session *session)
{
	return session->died || session->client->died;
}

#endif
