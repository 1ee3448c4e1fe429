/*
 * server.h - the daemon as a whole: its loop, its engine, its connections and processes.
 */
#ifndef SEMD_DAEMON_SERVER_H
#define SEMD_DAEMON_SERVER_H

#include <stdbool.h>
#include <uv.h>

#include "daemon/connection.h"
#include "daemon/core/engine.h"
#include "daemon/deadlocks.h"
#include "daemon/log.h"
#include "daemon/os/listener.h"
#include "daemon/options.h"
#include "daemon/os/peer.h"
#include "daemon/process.h"
#include "daemon/os/signals.h"
#include "daemon/os/supervisor.h"
#include "daemon/turn.h"

struct server {
	uv_loop_t loop;
	int argc;			/* kept for reading the options again */
	char **argv;
	struct options options;
	struct engine *engine;
	struct engine_config config;
	struct turn turn;
	struct deadlocks deadlocks;
	struct connections connections;
	struct processes processes;
	struct peers peers;
	struct listeners listeners;
	struct supervisor supervisor;
	struct signals signals;
	uv_timer_t idle;		/* counts down to --idle-exit */
	struct log_limit kicks;
	bool stopping;
	uint64_t run;			/* a random number, new at each start */
	uint64_t started;		/* nanoseconds, monotonic */
	uint64_t requests;		/* number of requests carried out */
};

/* Serves until it is stopped. Takes ownership of the options. Returns the exit status. */
int server_run(struct server *server, const struct options *options, int argc, char **argv);

/* Begins an orderly end: closes the listeners, sends END to all clients. `why` is for the log. */
void server_stop(struct server *server, const char *why);

/* Reads the options again, and applies those that can change while the daemon runs. */
void server_reload(struct server *server);

/* Closes all other handles of the loop. To be called when the last replies are out. */
void server_close(struct server *server);

/* Starts or stops the countdown to --idle-exit. */
void server_consider_idle(struct server *server);

#endif
