/*
 * command.c - see command.h.
 */
#include "config.h"

#include "client/cli/command.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "client/cli/errors.h"
#include "client/cli/options.h"

enum {
	MANY = INT32_MAX,	/* any number of arguments */
	OPTIONS_WAIT = OPTION_WAIT | OPTION_NOW,
	OPTIONS_TAKE = OPTION_INITIAL | OPTIONS_WAIT,
	OPTIONS_CREATE = OPTION_INITIAL | OPTION_MAX | OPTION_MODE | OPTION_BYPASS |
	                 OPTION_LAST_CLOSE | OPTION_EXCLUSIVE | OPTION_RESET,
	OPTIONS_SET = OPTION_MAX | OPTION_MODE | OPTION_OWNER | OPTION_BYPASS
};

#define WORDS_TAKE "NAME:K asks for K permits, 1 if it is not said; of several names all or none."
#define WORDS_GIVE "NAME:K is for K permits, 1 if it is not said; of several names all or none."
#define WORDS_COUNT "N is 1 if it is not said."
#define WORDS_PATTERN "PATTERN is as for files in a shell: 'build-*'."

static const struct command commands[] = {
	{
		.name = "create", .least = 1, .most = 1, .run = admin_create,
		.options = OPTIONS_CREATE, .needed = OPTION_INITIAL,
		.synopsis = "NAME -i N [--max N] [--mode OCTAL] [--bypass N] [--last-close] "
		            "[--exclusive | --reset]",
		.summary = "make a semaphore, if there is none of that name",
	}, {
		.name = "run", .least = 1, .most = MANY, .run = take_run,
		.options = OPTIONS_TAKE | OPTION_LATE,
		.synopsis = "NAME[:K]... [-i N] [-w SECONDS | -n] [-E CODE] -- COMMAND [ARG...]",
		.summary = "hold permits while COMMAND runs",
		.words = WORDS_TAKE,
		.has_rest = true, .wrong_use = STATUS_RUN_FAILED,
	}, {
		.name = "hold", .least = 1, .most = MANY, .run = take_hold,
		.options = OPTIONS_TAKE,
		.synopsis = "NAME[:K]... [-i N] [-w SECONDS | -n]",
		.summary = "hold permits until end of input or a signal",
		.words = WORDS_TAKE,
	}, {
		.name = "acquire", .least = 1, .most = MANY, .run = take_acquire,
		.options = OPTIONS_TAKE | OPTION_FOR, .needed = OPTION_FOR,
		.synopsis = "NAME[:K]... --for PID [-i N] [-w SECONDS | -n]",
		.summary = "hold permits for a process until it ends",
		.words = WORDS_TAKE,
	}, {
		.name = "release", .least = 1, .most = MANY, .run = give_release,
		.options = OPTION_FOR, .needed = OPTION_FOR,
		.synopsis = "NAME[:K]... --for PID",
		.summary = "give back permits that a process holds",
		.words = WORDS_GIVE,
	}, {
		.name = "settle", .least = 1, .most = MANY, .run = give_settle,
		.options = OPTION_FOR, .needed = OPTION_FOR,
		.synopsis = "NAME[:K]... --for PID",
		.summary = "use up permits that a process holds",
		.words = WORDS_GIVE,
	}, {
		.name = "post", .least = 1, .most = 2, .run = give_post,
		.synopsis = "NAME [N]",
		.summary = "add permits that belong to nobody",
		.words = WORDS_COUNT,
	}, {
		.name = "consume", .least = 1, .most = 2, .run = take_consume,
		.options = OPTIONS_WAIT,
		.synopsis = "NAME [N] [-w SECONDS | -n]",
		.summary = "take permits and use them up",
		.words = WORDS_COUNT,
	}, {
		.name = "wait", .least = 1, .most = 1, .run = take_wait,
		.options = OPTIONS_WAIT,
		.synopsis = "NAME [-w SECONDS | -n]",
		.summary = "wait until no permit is available",
	}, {
		.name = "list", .most = 1, .run = show_list,
		.synopsis = "[PATTERN]",
		.summary = "show all semaphores, or those whose names match",
		.words = WORDS_PATTERN,
	}, {
		.name = "show", .least = 1, .most = MANY, .run = show_details,
		.synopsis = "NAME...",
		.summary = "show who holds a semaphore and who waits for it",
	}, {
		.name = "set", .least = 1, .most = 2, .run = admin_set,
		.options = OPTIONS_SET,
		.synopsis = "NAME [TOTAL] [--max N] [--mode OCTAL] [--owner U[:G]] [--bypass N]",
		.summary = "alter a semaphore",
		.words = "TOTAL is how many permits there are, with those that are held.",
	}, {
		.name = "reset", .least = 1, .most = MANY, .run = admin_reset,
		.synopsis = "NAME...",
		.summary = "void all holds and begin anew",
	}, {
		.name = "remove", .least = 1, .most = MANY, .run = admin_remove,
		.synopsis = "NAME...",
		.summary = "end a semaphore, whoever uses it",
	}, {
		.name = "unlink", .least = 1, .most = MANY, .run = admin_unlink,
		.synopsis = "NAME...",
		.summary = "free the name; the semaphore is gone with its last user",
	}, {
		.name = "clients", .run = clients_show,
		.synopsis = "",
		.summary = "show who there is, what they hold and what they wait for",
	}, {
		.name = "kick", .least = 1, .most = MANY, .run = clients_kick,
		.synopsis = "CLIENT...",
		.summary = "end a client: its waits and holds go",
		.words = "CLIENT is a number by which 'clients' and 'show' tell of one.",
	}, {
		.name = "deadlocks", .run = deadlocks_show,
		.options = OPTION_DOT,
		.synopsis = "[--dot]",
		.summary = "show sets of clients that wait for each other",
	}, {
		.name = "watch", .most = 1, .run = watch_run,
		.synopsis = "[PATTERN]",
		.summary = "show changes as they happen, a line each",
		.words = WORDS_PATTERN,
	}, {
		.name = "stats", .run = stats_show,
		.synopsis = "",
		.summary = "show the daemon in numbers",
	}, {
		.name = "ping", .run = ping_run,
		.synopsis = "",
		.summary = "see whether the daemon answers",
	}, {
		.name = "version", .run = version_run,
		.synopsis = "",
		.summary = "print the releases of semd-cli and of the daemon",
	},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The number of letters to insert, leave out or change to turn one word into the other
 * (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
	enum { LONGEST = 31 };
	size_t row[LONGEST + 1], length = strlen(b);
	if (length > LONGEST)
		return SIZE_MAX;
	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t corner = row[0]++;
		for (size_t j = 0; j < length; j++) {
			size_t changed = corner + (a[i] != b[j]);
			corner = row[j + 1];
			row[j + 1] = least(changed, least(corner, row[j]) + 1);
		}
	}
	return row[length];
}

const char *command_nearest(const char *name)
{
	enum { ALIKE = 2 };
	const char *nearest = NULL;
	size_t best = ALIKE + 1;
	for (size_t i = 0; i < COMMANDS; i++) {
		size_t d = distance(commands[i].name, name);
		if (d >= best || d >= strlen(commands[i].name))
			continue;
		best = d;
		nearest = commands[i].name;
	}
	return nearest;
}

/* Lines are broken where a space stands outside of brackets. */
static void print_usage(const struct command *command)
{
	enum { WIDTH = 80 };
	int indent = printf("Usage: semd-cli %s", command->name), column = indent;
	for (const char *next = command->synopsis; *next != '\0';) {
		int size = 0, depth = 0;
		for (; next[size] != '\0' && (next[size] != ' ' || depth > 0); size++)
			depth += (next[size] == '[') - (next[size] == ']');
		if (column + 1 + size > WIDTH)
			column = printf("\n%*s", indent, "") - 1;
		column += printf(" %.*s", size, next);
		next += size + (next[size] == ' ');
	}
	printf("\n\n");
}

static void print_command(const struct command *command)
{
	print_usage(command);
	printf("%c%s.\n", command->summary[0] - 'a' + 'A', command->summary + 1);
	if (command->words)
		puts(command->words);
	putchar('\n');
	options_print(command->options);
}

void command_help(const struct command *command)
{
	if (command) {
		print_command(command);
		return;
	}
	puts("Usage: semd-cli [OPTION...] COMMAND [ARGUMENT...]\n\n"
	     "Named counting semaphores whose permits come back when their holder dies.\n\n"
	     "Commands:");
	for (size_t i = 0; i < COMMANDS; i++)
		printf("  %-18s %s\n", commands[i].name, commands[i].summary);
	puts("\nOptions, anywhere on the line:");
	options_print(0);
	puts("\n'semd-cli COMMAND --help' tells about a command; semd-cli(1) tells everything.");
}
