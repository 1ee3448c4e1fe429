/*
 * command.h - the table of commands.
 */
#ifndef SEMD_CLIENT_CLI_COMMAND_H
#define SEMD_CLIENT_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct options;

/* Does it; returns the exit status. */
typedef int command_run(const struct options *options);

struct command {
	const char *name;
	const char *synopsis;	/* what follows the name */
	const char *summary;
	const char *words;	/* what its help says of words in `synopsis`; NULL: nothing */
	size_t least, most;	/* arguments */
	unsigned options;	/* enum option_bit: which it takes */
	unsigned needed;	/* and which it cannot do without */
	bool has_rest;		/* a COMMAND stands behind -- */
	int wrong_use;		/* what it exits with then; 0: STATUS_WRONG_USE */
	command_run *run;
};

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);

/* The name most like it; NULL: none is like it. */
const char *command_nearest(const char *name);

/* Prints how `command` is used (NULL: what commands there are), to standard output. */
void command_help(const struct command *command);

/* run.c, hold.c, take.c: permits taken, to hold or to use up. */
command_run take_run, take_hold, take_acquire, take_consume, take_wait;

/* give.c: permits given. */
command_run give_release, give_settle, give_post;

/* admin.c: semaphores made, altered, ended. */
command_run admin_create, admin_set, admin_reset, admin_remove, admin_unlink;

/* show.c: semaphores shown. */
command_run show_list, show_details;

/* watch.c: what changes. */
command_run watch_run;

/* clients.c: clients shown and ended. */
command_run clients_show, clients_kick;

/* deadlocks.c */
command_run deadlocks_show;

/* stats.c: the daemon in numbers. */
command_run stats_show;

/* about.c: the daemon itself. */
command_run about_ping, about_version;

#endif
