/*
 * connect.h - the way from a command line to a daemon and to the semaphores it names. All functions
 * return an exit status, and have said what went wrong when it is not 0.
 */
#ifndef SEMD_CLIENT_CLI_CONNECT_H
#define SEMD_CLIENT_CLI_CONNECT_H

#include "client/cli/names.h"
#include "client/cli/options.h"
#include "semd.h"

int connect_daemon(const struct options *options, struct semd_client **client);

/* As client of `process`, through whatever it becomes. */
int connect_for(const struct options *options, semd_process process, struct semd_client **client);

/* As client of the process that --for says. */
int connect_for_pid(const struct options *options, struct semd_client **client);

/* Opens the semaphores and makes an operation of `kind` for each; creates those that do not exist
 * if -i is among the options. */
int connect_names(struct semd_client *client, const struct options *options,
                  const struct names *names, enum semd_op_kind kind, struct semd_op *ops);

#endif
