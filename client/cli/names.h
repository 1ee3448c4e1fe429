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
	char *text;	/* all names in one line, for messages */
};

/* Reads NAME[:K]...; for a name given twice the numbers are added up. Returns 0, or the exit
 * status after a message about `command`'s line. */
int names_parse(const char *command, char **args, size_t count, struct names *names);

/* Reads NAME [N]; here a name may contain colons. */
int names_parse_one(const char *command, char **args, size_t count, struct names *names);

/* Unless `error` is 0, prints a message about all names together. Returns an exit status. */
int names_failed(const struct names *names, int error);

void names_free(struct names *names);

#endif
