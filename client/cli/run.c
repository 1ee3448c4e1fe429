/*
 * run.c - the command that holds permits while another program runs: it takes them for the process
 * that this program will be, and lets it begin.
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
#include "client/cli/os/program.h"
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
 * Takes the permits for the process that COMMAND will be, so that they stay when the connection ends.
 * On Unix it also waits as the client that holds what an outer `run` has taken: so the daemon sees who
 * waits for whom.
 */
static int take_for_good(const struct options *options, const struct names *names,
                         semd_process process)
{
	struct semd_op ops[SEMD_MAX_OPS];
	struct semd_client *client;
	int status = connect_for(options, process, &client);
	if (status != 0)
		return status;
	status = label(client, options);
	if (status == 0)
		status = take_names(client, options, names, SEMD_ACQUIRE, ops);
	semd_disconnect(client);
	return status;
}

static int become(struct program *program, const char *command)
{
	int status, error = program_become(program, &status);
	if (error == 0)
		return status;
	if (error == ENOENT) {
		fail_system(command, error, "check the COMMAND's name, and PATH");
		return STATUS_RUN_NOT_FOUND;
	}
	fail_system(command, error, program_advice(program));
	return STATUS_RUN_NOT_STARTED;
}

static int run(const struct options *options, const struct names *names)
{
	struct program *program;
	int error = program_prepare(options->rest, &program);
	if (error != 0) {
		fail_system(options->rest[0], error, "try again when there is more memory");
		return STATUS_RUN_FAILED;
	}
	int status = take_for_good(options, names, program_process(program));
	if (status == 0)
		status = become(program, options->rest[0]);
	else if (status != STATUS_WAIT_RAN_OUT)
		status = STATUS_RUN_FAILED;
	else
		status = options->given & OPTION_LATE ? (int)options->late : STATUS_RUN_LATE;
	program_drop(program);
	return status;
}

int take_run(const struct options *options)
{
	struct names names;
	int status = names_parse("run", options->args, options->arg_count, &names);
	status = status == 0 ? run(options, &names) : STATUS_RUN_FAILED;
	names_free(&names);
	return status;
}
