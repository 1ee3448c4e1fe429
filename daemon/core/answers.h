/*
 * answers.h - the replies of a session: how they are numbered, and the answers to numbered
 * requests that its client has not seen yet.
 *
 * Room for an answer is taken before its request is decided, so that a decision is never lost. The
 * room grows with what is in it and is gone when all is seen.
 */
#ifndef SEMD_DAEMON_CORE_ANSWERS_H
#define SEMD_DAEMON_CORE_ANSWERS_H

#include "daemon/core/engine.h"

struct answers {
	struct engine_answer *ring;	/* from `first` on, in the order of running numbers */
	uint32_t room;			/* a power of two, or 0 */
	uint32_t first;
	uint32_t count;
	uint32_t reserved;		/* for requests that wait, beside those in the ring */
	uint32_t prompt;		/* in the ring: answers to requests that cannot wait */
	uint64_t last_reply;		/* its running number */
	uint64_t last_request;		/* the highest number of a request that was decided */
};

/* Sees to it that there is room for one more beside those reserved. ENOMEM. */
int answers_make_room(struct answers *answers) ENGINE_CHECK;

/* A request begins to wait: the room that there is now is kept for its answer. */
void answers_reserve(struct answers *answers);

/* A request that has waited ends: the same room is there for whoever adds an answer next. */
void answers_unreserve(struct answers *answers);

/* The next reply, and its answer kept in room that was made. Returns its running number. */
uint64_t answers_add(struct session *session, const struct engine_answer *answer);

/* The end of a session: nothing of it is charged any more. */
void answers_forget(struct session *session);

#endif
