/* sem.c - see sem.h. */
#include "daemon/core/sem.h"
#include "daemon/core/user.h"
#include "protocol/array.h"
#include "protocol/utf8.h"

void sem_put_mode(struct engine *e, struct sem *sem, uint32_t mode, uint32_t flags,
                  uint32_t bypass)
{
	sem_put(e, sem, SEM_MODE, facts_pair(mode | flags << SEM_FLAGS_SHIFT, bypass));
}

/* Makes room in e->sem_at for the record with that index. */
static int reserve(struct engine *e, uint32_t index)
{
	struct sem **sems = array_grow_zeroed(e->sem_at, &e->sem_room, (size_t)index + 1,
	                                        sizeof(struct sem *));
	if (!sems)
		return -1;
	e->sem_at = sems;
	return 0;
}

static struct sem *allocate(struct wire_text name)
{
	struct sem *sem = calloc(1, sizeof(*sem));
	char *copy = malloc(name.size);
	if (!sem || !copy) {
		free(sem);
		free(copy);
		return NULL;
	}
	memcpy(copy, name.data, name.size);
	sem->name = copy;
	sem->name_size = (uint8_t)name.size;
	TAILQ_INIT(&sem->handles);
	TAILQ_INIT(&sem->holds);
	return sem;
}

static void release_memory(struct sem *sem)
{
	free(sem->name);
	free(sem);
}

static int enter(struct engine *e, struct sem *sem)
{
	if (facts_take(&e->facts, FACTS_SEM, &sem->fact) < 0)
		return WIRE_ENOMEM;
	if (reserve(e, sem->fact) == 0)
		HASH_ADD_KEYPTR(hh, e->names, sem->name, sem->name_size, sem);
	if (!sem->hh.tbl) {
		facts_drop(&e->facts, FACTS_SEM, sem->fact);
		return WIRE_ENOMEM;
	}
	e->sem_at[sem->fact] = sem;
	recent_born(e, sem);
	return WIRE_OK;
}

static void record(struct engine *e, struct sem *sem, const struct sem_birth *birth)
{
	sem->id = ++e->last_sem_id;
	sem_put(e, sem, SEM_ID, sem->id);
	sem_put(e, sem, SEM_TOTAL, birth->initial);
	sem_put(e, sem, SEM_BOUNDS, facts_pair(birth->initial, birth->max));
	sem_put(e, sem, SEM_OWNER, facts_pair(birth->uid, birth->gid));
	sem_put_mode(e, sem, birth->mode, birth->last_close ? WIRE_OPEN_LAST_CLOSE : 0, birth->bypass);
}

int sem_new(struct engine *e, struct user *user, const struct sem_birth *birth, struct sem **sem)
{
	struct sem *s = allocate(birth->name);
	if (!s)
		return WIRE_ENOMEM;
	int status = enter(e, s);
	if (status != WIRE_OK) {
		release_memory(s);
		return status;
	}
	record(e, s, birth);
	s->user = user;
	user->references++;
	user->semaphores++;
	e->counts.semaphores++;
	*sem = s;
	return WIRE_OK;
}

void sem_unname(struct engine *e, struct sem *sem)
{
	if (sem->unlinked)
		return;
	HASH_DELETE(hh, e->names, sem);
	recent_gone(e, sem);
	sem->unlinked = true;
	sem_put_mode(e, sem, sem_mode(e, sem), sem_flags(e, sem) | WIRE_SEM_UNLINKED,
	             sem_bypass(e, sem));
}

void sem_free(struct engine *e, struct sem *sem)
{
	sem_unname(e, sem);
	e->sem_at[sem->fact] = NULL;
	facts_drop(&e->facts, FACTS_SEM, sem->fact);
	sem->user->semaphores--;
	user_drop(e, sem->user);
	e->counts.semaphores--;
	release_memory(sem);
}

void sem_leave(struct engine *e, struct sem *sem)
{
	if (sem->handle_count || sem->held)
		return;
	if (sem->unlinked || sem_flags(e, sem) & WIRE_OPEN_LAST_CLOSE)
		sem_free(e, sem);
}

struct sem *sem_find(const struct engine *e, struct wire_text name)
{
	struct sem *sem;
	HASH_FIND(hh, e->names, name.data, name.size, sem);
	return sem;
}

bool sem_name_is_valid(struct wire_text name)
{
	return name.size > 0 && name.size <= WIRE_MAX_TEXT && utf8_is_text(name.data, name.size);
}
