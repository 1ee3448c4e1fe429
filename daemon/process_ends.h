/*
 * process_ends.h - finds processes that have ended, and carries out the requests that they had
 * sent.
 */
#ifndef SEMD_DAEMON_PROCESS_ENDS_H
#define SEMD_DAEMON_PROCESS_ENDS_H

#include <stdbool.h>
#include <stddef.h>

struct process;
struct server;

/*
 * Finds the processes that have ended by now, also those whose connections are not let in yet, and
 * freezes their connections.
 */
void process_ends_look(struct server *server);

/*
 * To be called when a connection of the process has ended. Finds all ends, also of this process if
 * it is only about to end. True if the process has ended or is about to.
 */
bool process_ends_look_at(struct server *server, struct process *process);

/* Whether ends that were found are still to be dealt with. */
bool process_ends_pending(const struct server *server);

/*
 * Deals with the ends in the order found, and with all ends of one look together. Subtracts the
 * bytes that it carries out from `*budget`. True: all ends are dealt with; false: the budget is
 * used up.
 */
bool process_ends_drain(struct server *server, size_t *budget) __attribute__((warn_unused_result));

#endif
