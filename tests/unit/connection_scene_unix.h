/*
 * connection_scene_unix.h - clients of the daemon in this process that send streams of requests, cut
 * anywhere.
 */
#ifndef SEMD_TESTS_UNIT_CONNECTION_SCENE_UNIX_H
#define SEMD_TESTS_UNIT_CONNECTION_SCENE_UNIX_H

#include "tests/support/suite.h"
#include "tests/unit/world_unix.h"

enum { DYING, ASKING, BUSY };			/* processes */
enum { STREAM_ROOM = 256 * 1024, MOST = 3, MANY_TURNS = 20000 };

struct stream {
	size_t size;
	uint8_t bytes[STREAM_ROOM];
};

/*
 * HELLO and OPEN, and then: posts, with a LIST before each, or without; requests that wait; the post
 * that grants them all in one step, with requests before and after it for which the daemon looks for
 * ends.
 */
extern struct stream lists, posts, waits, grants;

/* More requests that wait than answers of that many bytes may be kept. */
enum { LEAST_UNSENT = 128 * 1024, WAITS = LEAST_UNSENT / WIRE_HEAD_SIZE + 1 };
extern const char *const least_unsent[];	/* options of the daemon */

/* From 0 to more than one read takes in, and more than one turn carries out. */
enum { SIZES = 20 };
extern const size_t sizes[SIZES];

/* In the order in which they were connected; -1: closed. */
extern int clients[MOST + 1];
extern size_t client_count;
extern uint64_t expected;	/* requests that were sent whole by speak() */

/* A test case whose first loop has run: it opens descriptors that stay. */
TCase *connection_scene_case(Suite *suite, const char *name);

uint64_t count_whole(const struct stream *stream, size_t size);

/* Connects and sends as much of `size` bytes as fits. Does not wait. */
void speak(unsigned process, struct stream *stream, size_t size);
/* Connects, and sends all of `waits` while the daemon has its turns. */
void speak_waits(unsigned process);

/* A connection in that state, or NULL. */
struct connection *in_state(enum connection_state state);
unsigned count_connections(void);

/* Turns of the daemon until a connection is in that state, or until none is left. */
void turn_until(enum connection_state state);
void turn_until_all_are_gone(void);

/* world_run, without clients before it and after it. */
void play_all(const char *const *options, void (*play)(void *arg), void *arg);

#endif
