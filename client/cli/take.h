/*
 * take.h - takes permits of several semaphores at one instant.
 */
#ifndef SEMD_CLIENT_CLI_TAKE_H
#define SEMD_CLIENT_CLI_TAKE_H

#include "client/cli/names.h"
#include "client/cli/options.h"
#include "semd.h"

/* Opens the semaphores and takes permits from all of them or from none; `kind` says how, and the
 * options how long to wait. `ops` returns the operations. Returns an exit status; after a
 * failure, a message has been printed. */
int take_names(struct semd_client *client, const struct options *options, const struct names *names,
               enum semd_op_kind kind, struct semd_op *ops);

#endif
