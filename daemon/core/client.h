/* client.h - who holds: a session's own client, or one bound to a process. */
#ifndef SEMD_DAEMON_CORE_CLIENT_H
#define SEMD_DAEMON_CORE_CLIENT_H

#include "daemon/core/core.h"

/* A client that is charged to nobody yet. */
int client_new(struct engine *e, struct user *user, const struct peer *peer, bool bound,
               struct client **client) ENGINE_CHECK;
void client_charge(struct client *client);
/* Frees a client that holds nothing and for which nobody speaks. */
void client_free(struct engine *e, struct client *client);
/* Frees a bound client if that is so, and tells the host. */
void client_leave(struct engine *e, struct client *client);
/* False for that of a session which speaks for another. */
bool client_is_seen(const struct client *client);
/* To be called when it has begun or ceased to hold anything, or to wait in a line. */
void client_note_entangled(struct engine *e, struct client *client);
int client_relabel(struct client *client, struct wire_text command) ENGINE_CHECK;

#endif
