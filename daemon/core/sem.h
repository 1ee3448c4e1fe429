/* sem.h - semaphores: facts, names and lifetime. */
#ifndef SEMD_DAEMON_CORE_SEM_H
#define SEMD_DAEMON_CORE_SEM_H

#include "daemon/core/report/recent.h"
#include "daemon/core/core.h"

/* The properties of a new semaphore. */
struct sem_birth {
	struct wire_text name;
	uint32_t initial;
	uint32_t max;
	uint32_t mode;
	uint32_t bypass;
	uint32_t uid;
	uint32_t gid;
	bool last_close;
};

int sem_new(struct engine *e, struct user *user, const struct sem_birth *birth, struct sem **sem)
	ENGINE_CHECK;
/* Frees a semaphore that has neither handles, holds nor waiters. */
void sem_free(struct engine *e, struct sem *sem);
/*
 * Frees the semaphore if its lifetime is over: it has no handle and no hold, and it is last-close
 * or unlinked.
 */
void sem_leave(struct engine *e, struct sem *sem);
void sem_unname(struct engine *e, struct sem *sem);
struct sem *sem_find(const struct engine *e, struct wire_text name);

/* A valid name has 1 to 255 bytes of UTF-8 without control characters. */
bool sem_name_is_valid(struct wire_text name);

/* A fact of the semaphore. Some facts are pairs; the functions below return single numbers. */
static inline uint64_t sem_fact(const struct engine *e, const struct sem *sem, enum facts_sem field)
{
	return fact(e, FACTS_SEM, sem->fact, field);
}

static inline void sem_put(struct engine *e, struct sem *sem, enum facts_sem field, uint64_t value)
{
	put_fact(e, FACTS_SEM, sem->fact, field, value);
	recent_note(e, sem);
}

static inline int64_t sem_total(const struct engine *e, const struct sem *sem)
{
	return (int64_t)sem_fact(e, sem, SEM_TOTAL);
}

static inline int64_t sem_available(const struct engine *e, const struct sem *sem)
{
	return sem_total(e, sem) - (int64_t)sem->held;
}

static inline uint32_t sem_initial(const struct engine *e, const struct sem *sem)
{
	return facts_low(sem_fact(e, sem, SEM_BOUNDS));
}

static inline uint32_t sem_max(const struct engine *e, const struct sem *sem)
{
	return facts_high(sem_fact(e, sem, SEM_BOUNDS));
}

static inline uint32_t sem_uid(const struct engine *e, const struct sem *sem)
{
	return facts_low(sem_fact(e, sem, SEM_OWNER));
}

static inline uint32_t sem_gid(const struct engine *e, const struct sem *sem)
{
	return facts_high(sem_fact(e, sem, SEM_OWNER));
}

/*
 * SEM_MODE holds the mode in its low 16 bits, the flags of the protocol in the next 16, and the
 * bypass in the high 32.
 */
enum { SEM_FLAGS_SHIFT = 16 };

static inline uint32_t sem_mode(const struct engine *e, const struct sem *sem)
{
	return facts_low(sem_fact(e, sem, SEM_MODE)) & 0777;
}

static inline uint32_t sem_flags(const struct engine *e, const struct sem *sem)
{
	return facts_low(sem_fact(e, sem, SEM_MODE)) >> SEM_FLAGS_SHIFT;
}

static inline uint32_t sem_bypass(const struct engine *e, const struct sem *sem)
{
	return facts_high(sem_fact(e, sem, SEM_MODE));
}

/* The ownership that decides rights on the semaphore. */
static inline struct ownership sem_ownership(const struct engine *e, const struct sem *sem)
{
	return (struct ownership){ sem_uid(e, sem), sem_gid(e, sem), sem_mode(e, sem) };
}

void sem_put_mode(struct engine *e, struct sem *sem, uint32_t mode, uint32_t flags,
                  uint32_t bypass);

#endif
