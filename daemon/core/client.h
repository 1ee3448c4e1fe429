/*
 * client.h - clients, the owners of holds: a session's own client, or a client bound to a process.
 */
#ifndef SEMD_DAEMON_CORE_CLIENT_H
#define SEMD_DAEMON_CORE_CLIENT_H

#include "daemon/core/core.h"

/* Makes a client that does not count against a quota yet. */
int client_new(struct engine *e, struct user *user, const struct peer *peer, bool bound,
               struct client **client) ENGINE_CHECK;
void client_charge(struct client *client);
/* Frees a client that has neither holds nor sessions. */
void client_free(struct engine *e, struct client *client);
/* Frees a bound client if it has neither holds nor sessions, and calls host->unbound. */
void client_leave(struct engine *e, struct client *client);
/* False for the own client of a session that acts for another client. */
bool client_is_seen(const struct client *client);
/* To be called when the client's first hold or wait begins, or its last hold or wait ends. */
void client_note_entangled(struct engine *e, struct client *client);
int client_relabel(struct client *client, struct wire_text command) ENGINE_CHECK;

#endif
