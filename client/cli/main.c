/*
 * main.c - semd-cli: semaphores for shells and for people.
 *
 * Reads the command line, carries out the command, and checks that all output was written.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>

#include "client/cli/command.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"
#include "client/cli/os/process.h"
#include "semd.h"

static int do_command(const struct options *options)
{
	if (options->version)
		printf("semd-cli %s\n", semd_version());
	else if (options->help || !options->command)
		command_help(options->command);
	else
		return options->command->run(options);
	return 0;
}

/* If output was lost, the command failed, even if all else went well. */
static int close_output(int status)
{
	int error = ferror(stdout) ? EIO : 0;
	errno = 0;
	if (fclose(stdout) != 0)
		error = process_write_error();
	if (error == 0)
		return status;
	int lost = fail_system("standard output", error, "give it a place that takes it");
	return status != 0 ? status : lost;
}

int main(int argc, char **argv)
{
	struct options options;
	errors_begin();
	int error = process_begin(&argc, &argv);
	if (error != 0)
		return fail_system("semd-cli", error, "try again when there is more memory");
	int status = options_parse(argc, argv, &options);
	if (status == 0) {
		if (!options.command || !options.command->has_rest)
			process_keep_on_broken_pipe();
		return close_output(do_command(&options));
	}
	return options.command && options.command->wrong_use != 0 ?
		options.command->wrong_use : status;
}
