/* handles.c - see handles.h. All changes are made under the fork lock. */
#include "config.h"

#include "client/lib/handles.h"

#include <stdlib.h>

#include "client/lib/os/forks.h"
#include "protocol/array.h"

enum { FIRST_ROOM = 4 };

static int make_room(struct handles *handles, uint32_t number)
{
	if (number < handles->room)
		return 0;
	uint32_t room = handles->room ? handles->room * 2 : FIRST_ROOM;
	struct semd_sem **at = array_resize(handles->at, room, sizeof(*at));
	if (!at)
		return -1;
	for (uint32_t i = handles->room; i < room; i++)
		at[i] = NULL;
	handles->at = at;
	handles->room = room;
	return 0;
}

int handles_next(struct handles *handles, uint32_t *number)
{
	forks_lock();
	while (handles->lowest < handles->count && handles->at[handles->lowest])
		handles->lowest++;
	*number = handles->lowest;
	int r = make_room(handles, *number);
	forks_unlock();
	return r;
}

void handles_put(struct handles *handles, struct semd_sem *sem)
{
	forks_lock();
	handles->at[sem->number] = sem;
	if (handles->count <= sem->number)
		handles->count = sem->number + 1;
	forks_unlock();
}

void handles_remove(struct handles *handles, const struct semd_sem *sem)
{
	forks_lock();
	handles->at[sem->number] = NULL;
	if (handles->lowest > sem->number)
		handles->lowest = sem->number;
	forks_unlock();
}

void handles_renumber(struct handles *handles)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < handles->count; i++) {
		struct semd_sem *sem = handles->at[i];
		handles->at[i] = NULL;
		if (!sem)
			continue;
		handles->at[count] = sem;
		sem->number = count++;
		sem->failure = 0;
	}
	handles->count = count;
	handles->lowest = count;
}

void handles_free(struct handles *handles)
{
	for (uint32_t i = 0; i < handles->count; i++)
		free(handles->at[i]);
	free(handles->at);
	*handles = (struct handles){ 0 };
}
