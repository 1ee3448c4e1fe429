/*
 * world_unix.h - the daemon in this process, among made-up clients and processes.
 *
 * All of the daemon runs as usual, except that the test says which process a connection comes from,
 * and which processes have ended. So a process can end at any moment: between two turns, and
 * between two requests of one turn. The test also says when the daemon has a turn.
 */
#ifndef SEMD_TESTS_UNIT_WORLD_UNIX_H
#define SEMD_TESTS_UNIT_WORLD_UNIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/server.h"

enum { WORLD_PROCESSES = 64 };

/* The daemon, while world_run runs. */
extern struct server world_server;

/* Starts a daemon with these options (NULL: none), calls `play` when it serves, and ends it. */
void world_run(const char *const *options, void (*play)(void *arg), void *arg);

/* A turn of the daemon's loop, in which it accepts clients and reads. */
void world_turn(void);

/*
 * Returns the client's end of a new connection of a process, numbered from 0. It does not block.
 * The daemon accepts the connection when it looks for ends, or in its next turn.
 */
int world_connect(unsigned process);

/* Writes a HELLO with a new session number to `out`, and returns its size. */
size_t world_put_hello(uint8_t out[WIRE_MAX_REQUEST]);

/* Sends as much as fits, and returns how much that was. */
size_t world_send(int client, const void *bytes, size_t size);

/*
 * The process ends when the daemon looks for ends for the `looks`th time from now, and is found by
 * that look. With 0 it ends at once.
 */
void world_end(unsigned process, unsigned looks);
bool world_has_ended(unsigned process);

/* How often the daemon has looked for ends. */
unsigned world_looks(void);

/* The pid and inode of the process for BIND. */
uint32_t world_pid(unsigned process);
uint64_t world_inode(unsigned process);

/*
 * Tells the daemon that processes have ended, as its loop does. Otherwise the daemon has to look.
 */
void world_tell_ends(void);

/* Whether the daemon has dealt with all ends that it has found. */
bool world_is_settled(void);

#endif
