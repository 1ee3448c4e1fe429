/* answers.c - see answers.h. */
#include "daemon/core/answers.h"
#include "daemon/core/core.h"
#include "protocol/array.h"

enum { FIRST_ROOM = 4 };

static struct engine_answer *at(const struct answers *answers, uint32_t i)
{
	return &answers->ring[(answers->first + i) & (answers->room - 1)];
}

static void give_up_room(struct answers *answers)
{
	free(answers->ring);
	answers->ring = NULL;
	answers->room = answers->first = 0;
}

/* Doubles the ring. The new ring begins with the oldest answer. */
static int grow(struct answers *answers)
{
	uint32_t room = answers->room ? answers->room * 2 : FIRST_ROOM;
	struct engine_answer *ring = array_resize(NULL, room, sizeof(*ring));
	if (!ring)
		return WIRE_ENOMEM;
	for (uint32_t i = 0; i < answers->count; i++)
		ring[i] = *at(answers, i);
	free(answers->ring);
	answers->ring = ring;
	answers->room = room;
	answers->first = 0;
	return WIRE_OK;
}

int answers_make_room(struct answers *answers)
{
	return answers->count + answers->reserved < answers->room ? WIRE_OK : grow(answers);
}

void answers_reserve(struct answers *answers)
{
	answers->reserved++;
}

void answers_unreserve(struct answers *answers)
{
	answers->reserved--;
}

static void uncharge(struct session *session, const struct engine_answer *answer)
{
	if (answer->could_wait)
		session->user->waiters--;
	else
		session->answers.prompt--;
}

void session_see(struct session *session, uint64_t seen)
{
	struct answers *answers = &session->answers;
	while (answers->count && at(answers, 0)->running <= seen) {
		uncharge(session, at(answers, 0));
		answers->first = (answers->first + 1) & (answers->room - 1);
		answers->count--;
	}
	if (!answers->count && !answers->reserved)
		give_up_room(answers);
}

void answers_forget(struct session *session)
{
	session_see(session, UINT64_MAX);
	give_up_room(&session->answers);
}

uint64_t session_last_reply(const struct session *session)
{
	return session->answers.last_reply;
}

uint64_t session_last_request(const struct session *session)
{
	return session->answers.last_request;
}

void session_count_request(struct session *session, uint64_t number)
{
	session->answers.last_request = number;
}

int session_accept(struct session *session, bool can_wait)
{
	if (!can_wait && session->answers.prompt >= WIRE_MAX_UNSEEN)
		return WIRE_EPROTO;
	return answers_make_room(&session->answers);
}

/*
 * A refusal that finds no room is not kept. It has changed nothing: if the reply is lost, the
 * request is decided again.
 */
static bool is_kept(const struct engine *e, struct session *session,
                    const struct engine_answer *answer)
{
	if (!answer->request)
		return false;
	if (answer->could_wait && session->user->waiters >= e->config.limits.waiters)
		return false;
	return answers_make_room(&session->answers) == WIRE_OK;
}

uint64_t answers_add(struct session *session, const struct engine_answer *answer)
{
	struct answers *answers = &session->answers;
	struct engine_answer *kept = at(answers, answers->count++);
	*kept = *answer;
	kept->running = ++answers->last_reply;
	if (kept->could_wait)
		session->user->waiters++;
	else
		answers->prompt++;
	return kept->running;
}

uint64_t session_reply(struct engine *engine, struct session *session,
                       const struct engine_answer *answer)
{
	return is_kept(engine, session, answer) ? answers_add(session, answer) :
		++session->answers.last_reply;
}

bool session_answer_to(const struct session *session, uint64_t request, struct engine_answer *answer)
{
	for (uint32_t i = 0; i < session->answers.count; i++)
		if (at(&session->answers, i)->request == request) {
			*answer = *at(&session->answers, i);
			return true;
		}
	return false;
}
