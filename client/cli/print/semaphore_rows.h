/*
 * semaphore_rows.h - the semaphores that the library lists, kept until the list is complete, so
 * that an answer cut short is not printed at all.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_SEMAPHORE_ROWS_H
#define SEMD_CLIENT_CLI_PRINT_SEMAPHORE_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "semd.h"

struct lack {
	char *name;
	uint32_t permits;
	uint64_t *held_by;
	size_t held_by_count;
};

/* Like semd_party, but it owns its texts and lists. */
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

/* Both add semaphores, and return 0 or an error of the library. A semaphore that cannot be shown
 * completely is not added. */
int semaphores_list(struct semaphores *semaphores, struct semd_client *client);
int semaphores_show(struct semaphores *semaphores, struct semd_client *client, const char *name);

void semaphores_sort(struct semaphores *semaphores);

#endif
