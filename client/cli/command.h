/*
 * command.h - the table of commands.
 */
#ifndef SEMD_CLIENT_CLI_COMMAND_H
#define SEMD_CLIENT_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct options;

/* Carries out a command; returns the exit status. */
typedef int command_run(const struct options *options);

struct command {
	const char *name;
	const char *synopsis;	/* what follows the name */
	const char *summary;
	const char *words;	/* help about the words in `synopsis`, or NULL */
	size_t least, most;	/* arguments */
	unsigned options;	/* enum option_bit: those that are allowed */
	unsigned needed;	/* and those that must be given */
	bool has_rest;		/* a COMMAND follows -- */
	int wrong_use;		/* exit status for wrong use; 0: STATUS_WRONG_USE */
	command_run *run;
};

/* NULL: there is no such command. */
const struct command *command_find(const char *name);

/* The command with the most similar name, or NULL. */
const char *command_nearest(const char *name);

/* Prints the help of `command`, or for NULL the list of commands, to standard output. */
void command_help(const struct command *command);

/* run.c, hold.c, take.c: take permits, to hold them or to use them up. */
command_run take_run, take_hold, take_acquire, take_consume, take_wait;

/* give.c: give permits. */
command_run give_release, give_settle, give_post;

/* admin.c: make, alter and end semaphores. */
command_run admin_create, admin_set, admin_reset, admin_remove, admin_unlink;

/* show.c: show semaphores. */
command_run show_list, show_details;

/* watch.c: show changes. */
command_run watch_run;

/* clients.c: show clients and end them. */
command_run clients_show, clients_kick;

/* deadlocks.c: show deadlocks. */
command_run deadlocks_show;

/* stats.c: show the daemon in numbers. */
command_run stats_show;

/* ping_version.c: ask the daemon itself. */
command_run ping_run, version_run;

#endif
