/*
 * process_ends.h - processes that have ended: found, frozen, and what they had sent carried out.
 */
#ifndef SEMD_DAEMON_PROCESS_ENDS_H
#define SEMD_DAEMON_PROCESS_ENDS_H

#include <stdbool.h>
#include <stddef.h>

struct process;
struct server;

/*
 * Finds the processes that have ended by now, also those that nobody has let in yet, and stops what
 * is said on their connections.
 */
void process_ends_look(struct server *server);

/*
 * To be called when a connection of that process has ended: whether the process has, or is about to,
 * which is found then, as are all others that have.
 */
bool process_ends_look_at(struct server *server, struct process *process);

/* Whether ends that were found are still to be dealt with. */
bool process_ends_pending(const struct server *server);

/*
 * Deals with them, those of one look together and in the order found, taking from `*budget` the bytes it reads; true when all are
 * dealt with, false when the budget is used up.
 */
bool process_ends_drain(struct server *server, size_t *budget) __attribute__((warn_unused_result));

#endif
