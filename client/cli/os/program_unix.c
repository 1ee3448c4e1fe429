/*
 * program_unix.c - see program.h. There is nothing to prepare but the arguments.
 */
#include "config.h"

#include "client/cli/os/program.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

struct program {
	char **argv;
};

int program_prepare(char **argv, struct program **program)
{
	*program = malloc(sizeof(**program));
	if (!*program)
		return errno;
	(*program)->argv = argv;
	return 0;
}

void program_drop(struct program *program)
{
	free(program);
}

semd_process program_process(const struct program *program)
{
	(void)program;
	return SEMD_SELF;
}

int program_become(struct program *program, int *status)
{
	(void)status;
	execvp(program->argv[0], program->argv);
	return errno;
}

const char *program_advice(const struct program *program)
{
	(void)program;
	return "give a COMMAND that can be executed";
}
