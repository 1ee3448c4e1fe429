/* handles.c - see handles.h. All changes are made under the fork lock. */
#include "config.h"

#include "client/lib/handles.h"

#include <stdlib.h>

#include "client/lib/os/forks.h"
#include "protocol/array.h"

static int make_room(struct handles *handles, uint32_t number)
{
	struct semd_sem **at = array_grow_zeroed(handles->at, &handles->room, (size_t)number + 1,
	                                         sizeof(struct semd_sem *));
	if (!at)
		return -1;
	handles->at = at;
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
