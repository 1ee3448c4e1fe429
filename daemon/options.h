/*
 * options.h - what the command line and the configuration file ask for.
 *
 * The command line is stronger than the file, the file stronger than what is built in.
 */
#ifndef SEMD_DAEMON_OPTIONS_H
#define SEMD_DAEMON_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/core/engine.h"
#include "daemon/log.h"

enum { OPTIONS_MAX_SOCKETS = 16 };

struct options {
	char *sockets[OPTIONS_MAX_SOCKETS];	/* none: systemd's, else the user's own */
	size_t socket_count;
	char *config;			/* the file, or NULL */
	bool idle_exits;
	uint32_t idle_seconds;
	const char *ready;		/* who is told when clients can connect, see setup.h; NULL: nobody */
	enum log_level log_level;
	struct engine_limits limits;
	uint32_t max_unsent;		/* bytes kept for a client that does not read */
};

enum options_result {
	OPTIONS_RUN,		/* `options` is filled */
	OPTIONS_DONE,		/* --help, --version: all is said */
	OPTIONS_WRONG,		/* wrong use; the message is out */
	OPTIONS_REFUSED		/* cannot be had; the message is out */
};

/* Whatever it returns, options_free is to be called. May be called again for the same arguments. */
enum options_result options_read(struct options *options, int argc, char **argv);
void options_free(struct options *options);

/* Reads "key value" lines into `options`; for options_read. */
enum options_result options_read_file(struct options *options, const char *path);

/* Sets what one key or long option says; `where` begins the message if it cannot be. */
enum options_result options_set(struct options *options, const char *key, const char *value,
                                const char *where);

/* Reads a number; OPTIONS_WRONG if it is none of those allowed. */
enum options_result options_number(uint32_t *into, const char *text, uint32_t least, uint32_t most,
                                   const char *where);

#endif
