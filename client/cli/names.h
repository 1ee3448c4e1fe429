/*
 * names.h - the semaphores that a command line asks for: NAME or NAME:K, each name once.
 */
#ifndef SEMD_CLIENT_CLI_NAMES_H
#define SEMD_CLIENT_CLI_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "semd.h"

struct wanted {
	char name[SEMD_MAX_NAME + 1];
	uint32_t permits;
};

struct names {
	struct wanted wanted[SEMD_MAX_OPS];
	size_t count;
	char *text;	/* all of them in one line, for messages; to be freed by names_free */
};

/* Reads NAME[:K]...; a name given twice is asked for once, with the sum. Returns 0, or the exit
 * status after it has said what is wrong with `command`'s line. */
int names_parse(const char *command, char **args, size_t count, struct names *names);

/* Reads NAME [N], of which NAME may have colons. */
int names_parse_one(const char *command, char **args, size_t count, struct names *names);

/* Says what is wrong with all of them together, unless `error` is 0. Returns an exit status. */
int names_failed(const struct names *names, int error);

void names_free(struct names *names);

#endif
