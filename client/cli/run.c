/*
 * run.c - the command that holds permits while another program runs: it takes them, leaves them
 * with this process, and becomes that program.
 *
 * Signals are left as they are found: they end the wait, and COMMAND gets them as they came.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"
#include "client/cli/process.h"
#include "client/cli/take.h"
#include "client/cli/words.h"

static int label(struct semd_client *client, const struct options *options)
{
	char *words = words_join(options->rest, options->rest_count);
	if (words == NULL)
		return fail_memory(options->rest[0]);
	int r = semd_label(client, words);
	free(words);
	return r == 0 ? 0 : fail("semd", r);
}

/*
 * Takes the permits for this process, so that they stay when the connection ends. It also waits as the
 * client that holds what an outer `run` has taken: so the daemon sees who waits for whom.
 */
static int take_for_good(const struct options *options, const struct names *names)
{
	struct semd_op ops[SEMD_MAX_OPS];
	struct semd_client *client;
	int status = connect_for_oneself(options, &client);
	if (status != 0)
		return status;
	status = label(client, options);
	if (status == 0)
		status = take_names(client, options, names, SEMD_ACQUIRE, ops);
	semd_disconnect(client);
	return status;
}

static int become(const struct options *options)
{
	int error = process_become(options->rest);
	if (error == ENOENT) {
		fail_system(options->rest[0], error, "check the COMMAND's name, and PATH");
		return STATUS_RUN_NOT_FOUND;
	}
	fail_system(options->rest[0], error, "give a COMMAND that can be executed");
	return STATUS_RUN_NOT_STARTED;
}

int take_run(const struct options *options)
{
	struct names names;
	int status = names_parse("run", options->args, options->arg_count, &names);
	if (status == 0)
		status = take_for_good(options, &names);
	names_free(&names);
	if (status == STATUS_WAIT_RAN_OUT)
		return options->given & OPTION_LATE ? (int)options->late : STATUS_RUN_LATE;
	return status != 0 ? STATUS_RUN_FAILED : become(options);
}
