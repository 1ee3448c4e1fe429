/*
 * take.h - permits of several semaphores taken at one instant.
 */
#ifndef SEMD_CLIENT_CLI_TAKE_H
#define SEMD_CLIENT_CLI_TAKE_H

#include "client/cli/names.h"
#include "client/cli/options.h"
#include "semd.h"

/* Opens all the names and takes from them, all or none, as `kind` and the options for waiting say.
 * `ops` has room for them and is what was done. Returns an exit status; an error has been said. */
int take_names(struct semd_client *client, const struct options *options, const struct names *names,
               enum semd_op_kind kind, struct semd_op *ops);

#endif
