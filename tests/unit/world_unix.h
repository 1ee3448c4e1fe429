/*
 * world_unix.h - the daemon in this process, among clients and processes that are made up.
 *
 * Everything of the daemon runs as always but two things: which process a connection comes from, and
 * which processes have ended, is what the test says. So a process can end at any moment: between two
 * turns, and between two requests of one turn. Its turns come when the test says so.
 */
#ifndef SEMD_TESTS_WORLD_UNIX_H
#define SEMD_TESTS_WORLD_UNIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/server.h"

enum { WORLD_PROCESSES = 64 };

/* The daemon, while world_run runs. */
extern struct server world_server;

/* Starts a daemon with these options (NULL: none), calls `play` when it serves, and ends it. */
void world_run(const char *const *options, void (*play)(void *arg), void *arg);

/* A turn of the daemon's loop, in which it lets in clients and reads. */
void world_turn(void);

/* The client's end of a new connection of a process, numbered from 0. It does not block. The daemon lets
 * the connection in when it looks for ends, or in its next turn. */
int world_connect(unsigned process);

/* Sends as much as fits, and returns how much that was. */
size_t world_send(int client, const void *bytes, size_t size);

/* The process ends as the daemon looks for ends for the `looks`th time from now, before the answer. */
void world_end(unsigned process, unsigned looks);
bool world_has_ended(unsigned process);

/* How often the daemon has looked for ends. */
unsigned world_looks(void);

/* What a client gives as pid and inode of the process in BIND. */
uint32_t world_pid(unsigned process);
uint64_t world_inode(unsigned process);

/* The loop tells the daemon that processes have ended. Without it the daemon has to look. */
void world_tell_ends(void);

/* Whether the ends that the daemon has found are dealt with. */
bool world_is_settled(void);

#endif
