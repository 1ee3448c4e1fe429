/*
 * rows.h - what list and show get from the library, kept until all of it is there: an answer that
 * breaks off in the middle is then never half printed.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "semd.h"

struct lack {
	char *name;
	uint32_t permits;
	uint64_t *held_by;
	size_t held_by_count;
};

/* A semd_party whose texts and lists are its own. */
struct party {
	uint64_t client;
	uint32_t pid;
	uint32_t uid;
	uint32_t permits;
	uint64_t age_ms;
	char *command;
	struct lack *lacks;
	size_t lack_count;
};

struct parties {
	struct party *rows;
	size_t count, room;
};

struct semaphore {
	struct semd_info info;
	struct parties holders, waiters;
};

struct semaphores {
	struct semaphore *rows;
	size_t count, room;
};

void semaphores_init(struct semaphores *semaphores);
void semaphores_free(struct semaphores *semaphores);

/* Both add to what is there, and return 0 or an error of the library. A semaphore that cannot be
 * shown whole is not added. */
int semaphores_list(struct semaphores *semaphores, struct semd_client *client);
int semaphores_show(struct semaphores *semaphores, struct semd_client *client, const char *name);

void semaphores_sort(struct semaphores *semaphores);

#endif
