/*
 * semaphore_rows.c - see semaphore_rows.h.
 */
#include "config.h"

#include "client/cli/print/semaphore_rows.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"

/* ---- Parties --------------------------------------------------------------------------------- */

static int lack_copy(struct lack *lack, const struct semd_lack *from)
{
	lack->permits = from->permits;
	lack->name = strdup(from->name);
	lack->held_by = calloc(from->held_by_count + 1, sizeof(*lack->held_by));
	if (!lack->name || !lack->held_by)
		return SEMD_ENOMEM;
	for (; lack->held_by_count < from->held_by_count; lack->held_by_count++)
		lack->held_by[lack->held_by_count] = from->held_by[lack->held_by_count];
	return 0;
}

static int lacks_copy(struct party *party, const struct semd_party *from)
{
	party->lacks = calloc(from->lack_count + 1, sizeof(*party->lacks));
	if (!party->lacks)
		return SEMD_ENOMEM;
	while (party->lack_count < from->lack_count) {
		size_t i = party->lack_count++;
		if (lack_copy(&party->lacks[i], &from->lacks[i]) != 0)
			return SEMD_ENOMEM;
	}
	return 0;
}

/* After a failure, too, parties_free frees the new row. */
static int parties_add(struct parties *parties, const struct semd_party *from)
{
	struct party *rows = array_grow(parties->rows, &parties->room, parties->count + 1,
	                                sizeof(*rows));
	if (!rows)
		return SEMD_ENOMEM;
	parties->rows = rows;
	struct party *party = &rows[parties->count++];
	*party = (struct party){
		.client = from->client,
		.pid = from->pid,
		.uid = from->uid,
		.permits = from->permits,
		.age_ms = from->age_ms,
		.command = strdup(from->command),
	};
	return party->command ? lacks_copy(party, from) : SEMD_ENOMEM;
}

static void parties_free(struct parties *parties)
{
	for (size_t i = 0; i < parties->count; i++) {
		struct party *party = &parties->rows[i];
		for (size_t j = 0; j < party->lack_count; j++) {
			free(party->lacks[j].name);
			free(party->lacks[j].held_by);
		}
		free(party->lacks);
		free(party->command);
	}
	free(parties->rows);
	*parties = (struct parties){ .rows = NULL };
}

/* ---- Semaphores ------------------------------------------------------------------------------ */

void semaphores_init(struct semaphores *semaphores)
{
	*semaphores = (struct semaphores){ .rows = NULL };
}

static void semaphore_free(struct semaphore *semaphore)
{
	parties_free(&semaphore->holders);
	parties_free(&semaphore->waiters);
}

void semaphores_free(struct semaphores *semaphores)
{
	for (size_t i = 0; i < semaphores->count; i++)
		semaphore_free(&semaphores->rows[i]);
	free(semaphores->rows);
	semaphores_init(semaphores);
}

static int semaphores_add(struct semaphores *semaphores, const struct semaphore *semaphore)
{
	struct semaphore *rows = array_grow(semaphores->rows, &semaphores->room,
	                                    semaphores->count + 1, sizeof(*rows));
	if (!rows)
		return SEMD_ENOMEM;
	semaphores->rows = rows;
	rows[semaphores->count++] = *semaphore;
	return 0;
}

static int take_listed(void *arg, const struct semd_info *info)
{
	return semaphores_add(arg, &(struct semaphore){ .info = *info });
}

int semaphores_list(struct semaphores *semaphores, struct semd_client *client)
{
	return semd_list(client, take_listed, semaphores);
}

static int take_info(void *arg, const struct semd_info *info)
{
	struct semaphore *semaphore = arg;
	semaphore->info = *info;
	return 0;
}

static int take_holder(void *arg, const struct semd_party *holder)
{
	struct semaphore *semaphore = arg;
	return parties_add(&semaphore->holders, holder);
}

static int take_waiter(void *arg, const struct semd_party *waiter)
{
	struct semaphore *semaphore = arg;
	return parties_add(&semaphore->waiters, waiter);
}

int semaphores_show(struct semaphores *semaphores, struct semd_client *client, const char *name)
{
	static const struct semd_show_rows rows = { take_info, take_holder, take_waiter };
	struct semaphore semaphore = { .info.size = 0 };
	int r = semd_show(client, name, &rows, &semaphore);
	if (r == 0)
		r = semaphores_add(semaphores, &semaphore);
	if (r != 0)
		semaphore_free(&semaphore);
	return r;
}

static int compare(const void *a, const void *b)
{
	const struct semaphore *left = a, *right = b;
	return strcmp(left->info.name, right->info.name);
}

void semaphores_sort(struct semaphores *semaphores)
{
	if (semaphores->count > 0)
		qsort(semaphores->rows, semaphores->count, sizeof(*semaphores->rows), compare);
}
