/*
 * connect.h - from a command line to a daemon and to the semaphores that the line names. All
 * functions return an exit status; before they return another than 0 they print a message.
 */
#ifndef SEMD_CLIENT_CLI_CONNECT_H
#define SEMD_CLIENT_CLI_CONNECT_H

#include "client/cli/names.h"
#include "client/cli/options.h"
#include "semd.h"

int connect_daemon(const struct options *options, struct semd_client **client);

/* As a client bound to `process`, also after it has become another program. */
int connect_for(const struct options *options, semd_process process, struct semd_client **client);

/* As a client bound to the process of --for. */
int connect_for_pid(const struct options *options, struct semd_client **client);

/* Opens the semaphores and makes an operation of `kind` for each; with -i, creates those that do
 * not exist. */
int connect_names(struct semd_client *client, const struct options *options,
                  const struct names *names, enum semd_op_kind kind, struct semd_op *ops);

#endif
