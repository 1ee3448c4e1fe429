/*
 * answers.h - the replies of a session: their running numbers, and the answers to numbered requests
 * that the client has not seen yet.
 *
 * Room for an answer is allocated before its request is decided, so no decision is lost. The room
 * grows with the number of answers. It is freed when the client has seen all answers and no request
 * waits.
 */
#ifndef SEMD_DAEMON_CORE_ANSWERS_H
#define SEMD_DAEMON_CORE_ANSWERS_H

#include "daemon/core/engine.h"

struct answers {
	struct engine_answer *ring;	/* from `first` on, by rising running number */
	uint32_t room;			/* a power of two, or 0 */
	uint32_t first;
	uint32_t count;
	uint32_t reserved;		/* entries for requests that wait, beyond `count` */
	uint32_t prompt;		/* answers in the ring to requests that cannot wait */
	uint64_t last_reply;		/* running number of the last reply */
	uint64_t last_request;		/* highest number of a decided request */
};

/* Makes room for one more answer, besides the reserved room. ENOMEM. */
int answers_make_room(struct answers *answers) ENGINE_CHECK;

/* Reserves room, which must have been made, for the answer to a request that begins to wait. */
void answers_reserve(struct answers *answers);

/* Ends the reservation when the request ends. The next answer that is added may use the room. */
void answers_unreserve(struct answers *answers);

/* Numbers the next reply and keeps its answer in room that was made. Returns the running number. */
uint64_t answers_add(struct session *session, const struct engine_answer *answer);

/* Frees all answers of a session that ends; they no longer count against its user's quota. */
void answers_forget(struct session *session);

#endif
