/*
 * options.h - the command line, read and checked in the same way for all commands.
 */
#ifndef SEMD_CLIENT_CLI_OPTIONS_H
#define SEMD_CLIENT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/cli/os/owner.h"

/* The options that only some commands take; each command lists its own. */
enum option_bit {
	OPTION_INITIAL = 1,		/* -i N */
	OPTION_WAIT = 2,		/* -w SECONDS */
	OPTION_NOW = 4,			/* -n */
	OPTION_LATE = 8,		/* -E CODE */
	OPTION_FOR = 16,		/* --for PID */
	OPTION_MAX = 32,
	OPTION_MODE = 64,
	OPTION_BYPASS = 128,
	OPTION_LAST_CLOSE = 256,
	OPTION_EXCLUSIVE = 512,
	OPTION_RESET = 1024,
	OPTION_OWNER = 2048,
	OPTION_DOT = 4096
};

struct command;

struct options {
	const struct command *command;	/* NULL: the line names none */
	bool help;
	bool version;
	const char *socket;		/* NULL: the library finds the daemon */
	bool json;
	bool no_start;

	unsigned given;			/* enum option_bit: those of the following given */
	uint32_t initial;
	int64_t timeout_ns;		/* SEMD_FOREVER without -w and -n */
	uint32_t late;
	uint32_t process;
	uint32_t max;
	uint32_t mode;
	uint32_t bypass;
	struct owner owner;

	char **args;			/* the words that are neither options nor the command */
	size_t arg_count;
	char **rest;			/* of `run`: the words behind --, with NULL at the end */
	size_t rest_count;
};

/*
 * Reads the whole line; options may stand anywhere before --. `args` and `rest` point into `argv`,
 * whose words are put in order. Returns 0, or the exit status after a message; `options->command`
 * is then set if the line had come as far as a command.
 */
int options_parse(int argc, char **argv, struct options *options);

/* Prints the options among these bits, and those of all commands, to standard output. */
void options_print(unsigned taken);

#endif
