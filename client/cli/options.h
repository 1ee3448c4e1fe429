/*
 * options.h - what a command line says, read and checked, for all commands alike.
 */
#ifndef SEMD_CLIENT_CLI_OPTIONS_H
#define SEMD_CLIENT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/cli/os/owner.h"

/* Options that belong to some commands only; a command names those that it takes. */
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
	const struct command *command;	/* NULL: none was named */
	bool help;
	bool version;
	const char *socket;		/* NULL: found by the library */
	bool json;
	bool no_start;

	unsigned given;			/* enum option_bit: which of the following were said */
	uint32_t initial;
	int64_t timeout_ns;		/* SEMD_FOREVER unless -w or -n */
	uint32_t late;
	uint32_t process;
	uint32_t max;
	uint32_t mode;
	uint32_t bypass;
	struct owner owner;

	char **args;			/* what is neither option nor command */
	size_t arg_count;
	char **rest;			/* of `run`: what stands behind --, ends with NULL */
	size_t rest_count;
};

/*
 * Reads the whole line; options may stand anywhere before --. `args` and `rest` are within `argv`,
 * which is put in order for it. Returns 0, or the exit status after it has said what is wrong;
 * `options->command` then says how far it came.
 */
int options_parse(int argc, char **argv, struct options *options);

/* Prints what options a command with these takes, to standard output. */
void options_print(unsigned taken);

#endif
