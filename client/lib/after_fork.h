/*
 * after_fork.h - makes clients that a forked child has inherited the child's own.
 */
#ifndef SEMD_CLIENT_LIB_AFTER_FORK_H
#define SEMD_CLIENT_LIB_AFTER_FORK_H

#include <stdbool.h>

struct semd_client;

/*
 * Connects an inherited client anew and opens its handles again; 0 or a negative error, which every
 * later call returns as well.
 */
int after_fork_renew(struct semd_client *client) __attribute__((warn_unused_result));

/*
 * Whether this process has connected the client. If not, the client no longer has the parent's
 * connection, and can be freed without telling the daemon.
 */
bool after_fork_is_ours(struct semd_client *client);

#endif
