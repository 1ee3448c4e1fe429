/*
 * run.c - the command run, which holds permits while another program runs. It takes the permits for
 * the process in which the program will run, and then starts the program.
 *
 * Signals keep the dispositions that they had: they end the wait, and COMMAND inherits them.
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
#include "client/cli/print/text_buffer.h"

static int label(struct semd_client *client, const struct options *options)
{
	char *words = text_join(options->rest, options->rest_count);
	if (!words)
		return fail_memory(options->rest[0]);
	int r = semd_label(client, words);
	free(words);
	return r == 0 ? 0 : fail("semd", r);
}

/*
 * Takes the permits for the process of COMMAND, so that they stay when the connection ends. On Unix
 * it is the same process, hence the same client, as for an outer `run`, so that the daemon sees
 * that the holder of the outer permits waits for the inner ones.
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
