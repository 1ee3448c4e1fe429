/*
 * turn.h - a turn of the loop: from the first thing that happens until all replies have left.
 *
 * In a turn the time is taken once. Every callback of the loop calls turn_begin before it does
 * anything else; what the turn has gathered is settled and sent before the loop sleeps again.
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
	uint64_t looked;	/* engine_looked when it began, or when those who rested went on */
	uint64_t armed;		/* the deadline that the timer is set to */
	uv_prepare_t end;	/* runs before the loop sleeps */
	uv_timer_t timer;	/* for the engine's next deadline */
	uv_idle_t more;		/* active while the next turn is to come at once */
};

void turn_init(struct server *server);
void turn_begin(struct server *server);
void turn_close(struct server *server);

/* Whether enough was looked at in this turn: who makes the daemon look at much rests until the next. */
bool turn_is_spent(const struct server *server);

/* The same for one who asks for a page, who rests also where others rest already: it is their turn. */
bool turn_is_full(const struct server *server);

#endif
