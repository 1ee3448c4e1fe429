/*
 * renew.h - clients that a forked child has inherited: how they become the child's own.
 */
#ifndef SEMD_CLIENT_LIB_RENEW_H
#define SEMD_CLIENT_LIB_RENEW_H

#include <stdbool.h>

struct semd_client;

/*
 * Connects an inherited client anew and opens its handles again; 0 or a negative error, which every
 * later call returns as well.
 */
int renew_connection(struct semd_client *client) __attribute__((warn_unused_result));

/*
 * Whether a client is connected by this process. One that is not has been cut off from the parent's
 * connection, and can be given up without a word.
 */
bool renew_is_ours(struct semd_client *client);

#endif
