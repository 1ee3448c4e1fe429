/*
 * options.h - the options of the command line and of the configuration file.
 *
 * The command line overrides the file, and the file overrides the defaults.
 */
#ifndef SEMD_DAEMON_OPTIONS_H
#define SEMD_DAEMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"
#include "daemon/log.h"

enum { OPTIONS_MAX_SOCKETS = 16 };

/* The lowest value of max_unsent that may be set. */
enum { OPTIONS_LEAST_UNSENT = 128 * 1024 };

struct options {
	char *sockets[OPTIONS_MAX_SOCKETS];	/* none: systemd's sockets, else the user's own */
	size_t socket_count;
	char *config;			/* the file, or NULL */
	bool idle_exits;
	uint32_t idle_seconds;
	const char *ready;		/* where readiness is reported, see setup.h; or NULL */
	enum log_level log_level;
	struct engine_limits limits;
	uint32_t max_unsent;		/* most bytes that wait to be sent to one client */
};

enum options_result {
	OPTIONS_RUN,		/* `options` is filled */
	OPTIONS_DONE,		/* --help, --version: the text is printed */
	OPTIONS_WRONG,		/* wrong use; a message was logged */
	OPTIONS_REFUSED		/* an option cannot be granted; a message was logged */
};

/*
 * The caller must call options_free whatever the result is. May be called again with the same
 * arguments.
 */
enum options_result options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

/* Reads "key value" lines into `options`; for options_read. */
enum options_result options_read_file(struct options *options, const char *path);

/* Sets the option with the name `key`. On failure the message begins with `where`. */
enum options_result options_set(struct options *options, const char *key, const char *value,
                                const char *where);

/* Reads a number; OPTIONS_WRONG if it is out of bounds. */
enum options_result options_number(uint32_t *into, const char *text, uint32_t least, uint32_t most,
                                   const char *where);

#endif
