/*
 * deadlocks.c - the command deadlocks: sets of clients that wait for each other.
 */
#include "config.h"

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/print/deadlock_rows.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"
#include "client/cli/print/print.h"

static int print(const struct options *options, const struct deadlock_rows *deadlocks)
{
	if (options->given & OPTION_DOT)
		return print_deadlocks_dot(deadlocks);
	return options->json ? print_deadlocks_json(deadlocks) : print_deadlocks(deadlocks);
}

int deadlocks_show(const struct options *options)
{
	struct semd_client *client;
	struct deadlock_rows deadlocks;
	int r, status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	deadlock_rows_init(&deadlocks);
	r = deadlock_rows_get(&deadlocks, client);
	if (r != 0)
		status = r == SEMD_ENOMEM ? fail_memory("deadlocks") : fail("deadlocks", r);
	semd_disconnect(client);
	if (status == 0)
		status = print(options, &deadlocks);
	deadlock_rows_free(&deadlocks);
	return status;
}
