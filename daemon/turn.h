/*
 * turn.h - a turn of the loop: from the first event until all replies are sent.
 *
 * The time is taken once a turn. Every callback of the loop calls turn_begin before it does
 * anything else. Ends of processes are dealt with, and replies are sent, before the loop sleeps
 * again.
 */
#ifndef SEMD_DAEMON_TURN_H
#define SEMD_DAEMON_TURN_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct server;

struct turn {
	bool open;
	uint64_t now;		/* nanoseconds, monotonic */
	uint64_t looked;	/* engine_looked at the start, or at the last go_on */
	uint64_t armed;		/* the deadline for which the timer is set */
	uv_prepare_t end;	/* runs before the loop sleeps */
	uv_timer_t timer;	/* for the engine's next deadline */
	uv_idle_t more;		/* active while the next turn must come at once */
};

void turn_init(struct server *server);
void turn_begin(struct server *server);
void turn_close(struct server *server);

/*
 * Whether this turn has visited enough records. Connections with heavy requests then rest until the
 * next turn.
 */
bool turn_is_spent(const struct server *server);

/*
 * The same for a request for a page. Such a request also rests while other connections rest, since
 * they go first.
 */
bool turn_is_full(const struct server *server);

#endif
