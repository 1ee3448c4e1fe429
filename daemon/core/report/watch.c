/*
 * watch.c - reports changes to the sessions that watch for them, a page at a time.
 *
 * A mark is the session's position in the list of changes. Changes that the session may not see
 * are skipped without a row, so the mark can be further on than the last cursor that the session
 * was given. The session can go on with that cursor only.
 */
#include "daemon/core/report/watch.h"
#include "daemon/core/end.h"
#include "daemon/core/report/recent.h"
#include "daemon/core/report/report.h"
#include "daemon/core/user.h"
#include "daemon/core/waiter.h"

/* ---- Pages ----------------------------------------------------------------------------------- */

static bool tell_sem(const struct engine *e, const struct session *session, const struct sem *sem,
                     const struct engine_sink *sink)
{
	struct sem_event row;
	if (!(user_rights(e, session, sem) & RIGHT_READ))
		return false;
	report_sem(e, sem, &row);
	sink->sem(sink->arg, &row);
	return true;
}

static bool tell_gone(const struct engine *e, const struct session *session,
                      const struct tombstone *tombstone, const struct engine_sink *sink)
{
	const struct gone_event row = {
		.id = tombstone->id,
		.name = { tombstone->name, tombstone->name_size },
	};
	if (!(user_rights_by(e, session, tombstone->rights) & RIGHT_READ))
		return false;
	sink->gone(sink->arg, &row);
	return true;
}

/*
 * Reports a change. Returns whether it gave a row: semaphores that the session may not read give
 * none, nor do semaphores that were gone before the watch began.
 */
static bool tell(const struct engine *e, const struct watch *watch, const struct change *change,
                 const struct engine_sink *sink)
{
	switch (change->kind) {
	case CHANGE_SEM:
		return tell_sem(e, watch->session, recent_sem(change), sink);
	case CHANGE_TOMBSTONE:
		return change->serial > watch->begun &&
			tell_gone(e, watch->session, recent_tombstone(change), sink);
	case CHANGE_MARK:
		break;
	}
	return false;
}

/* Reports a page from the watch's mark on; false if there was no row up to the end of the list. */
static bool tell_page(struct engine *e, struct watch *watch, const struct engine_sink *sink,
                      struct watch_reply *reply)
{
	struct change *change = recent_after(e, watch->mark), *last = NULL;
	unsigned rows = 0, records = 0;
	for (; change && rows < PAGE_ROWS && records < PAGE_RECORDS; records++) {
		rows += tell(e, watch, change, sink);
		last = change;
		change = TAILQ_NEXT(change, in_order);
	}
	e->looked += records;
	watch->mark = recent_mark(e, watch->mark, change ? last : NULL);
	*reply = (struct watch_reply){ .next = watch->mark->change.serial, .more = change != NULL };
	return rows > 0 || change;
}

static bool tell_missed(struct watch_reply *reply)
{
	*reply = (struct watch_reply){ .missed = 1 };
	return true;
}

/* The same, unless the watch has missed changes: then the reply says so. */
static bool tell_news(struct engine *e, struct watch *watch, const struct engine_sink *sink,
                      struct watch_reply *reply)
{
	return recent_is_missed(e, watch->mark, watch->begun) ? tell_missed(reply) :
		tell_page(e, watch, sink, reply);
}

/* ---- Watches --------------------------------------------------------------------------------- */

static struct watch *watch_new(struct engine *e, struct session *session)
{
	struct watch *watch = calloc(1, sizeof(*watch));
	if (!watch)
		return NULL;
	if (recent_enter(e) != WIRE_OK) {
		free(watch);
		return NULL;
	}
	watch->session = session;
	session->watch = watch;
	return watch;
}

/* `list` is NULL if the watch no longer waits. */
static void move_to(struct watch *watch, struct watch_list *list)
{
	if (watch->list)
		TAILQ_REMOVE(watch->list, watch, waiting);
	watch->list = list;
	if (list)
		TAILQ_INSERT_TAIL(list, watch, waiting);
}

static void stop_waiting(struct engine *e, struct watch *watch)
{
	if (!watch->list)
		return;
	move_to(watch, NULL);
	heap_remove(&e->due_watches, &watch->due);
	watch->session->user->waiters--;
	e->counts.watchers--;
}

void watch_end(struct engine *e, struct session *session)
{
	struct watch *watch = session->watch;
	if (!watch)
		return;
	stop_waiting(e, watch);
	recent_leave(e, watch->mark);
	session->watch = NULL;
	free(watch);
}

/* A WATCH has no number, so its answer is not kept. */
static void answer(struct engine *e, const struct watch *watch, int status)
{
	struct engine_answer answer = { .status = status };
	answer.running = session_reply(e, watch->session, &answer);
	e->host.answer(e->host.arg, watch->session->speaker, watch->tag, &answer);
}

int watch_cancel(struct engine *e, struct session *session, int status)
{
	struct watch *watch = session->watch;
	if (!watch || !watch->list)
		return WIRE_ENOENT;
	stop_waiting(e, watch);
	if (status != WAITER_UNANSWERED)
		answer(e, watch, status);
	return WIRE_OK;
}

/* ---- Asking and waiting ---------------------------------------------------------------------- */

static void begin_anew(struct engine *e, struct watch *watch)
{
	recent_unmark(e, watch->mark);
	watch->mark = NULL;
	watch->cursor = 0;
	watch->begun = e->last_change;
}

/* The WATCH waits even if there are changes already: engine_tell_news looks for them. */
static int wait(struct engine *e, struct watch *watch, uint64_t deadline, uint64_t tag)
{
	watch->session->user->waiters++;
	e->counts.watchers++;
	watch->over = false;
	watch->tag = tag;
	watch->due.key = deadline;
	if (deadline != ENGINE_FOREVER)
		heap_insert(&e->due_watches, &watch->due);
	move_to(watch, &e->to_tell);
	return ENGINE_WAITS;
}

static bool may_wait(const struct engine *e, const struct watch *watch, uint64_t deadline)
{
	return deadline != ENGINE_TRY && !session_has_died(watch->session) &&
		watch->session->user->waiters < e->config.limits.waiters;
}

int engine_watch(struct engine *engine, struct session *session, uint64_t cursor, uint64_t deadline,
                 uint64_t tag, const struct engine_sink *sink, struct watch_reply *reply)
{
	struct watch *watch = session->watch ? session->watch : watch_new(engine, session);
	if (!watch)
		return WIRE_ENOMEM;
	if (watch->list)
		return WIRE_EINVAL;
	if (cursor == 0)
		begin_anew(engine, watch);
	bool told = cursor != watch->cursor && tell_missed(reply);
	if (!told && may_wait(engine, watch, deadline))
		return wait(engine, watch, deadline, tag);
	if (!told && !tell_news(engine, watch, sink, reply) && deadline != ENGINE_TRY)
		return WIRE_EQUOTA;
	watch->cursor = reply->next;
	return WIRE_OK;
}

static struct watch *earliest_due(const struct engine *e)
{
	return e->due_watches.least ? HEAP_OWNER(e->due_watches.least, watch, due) : NULL;
}

uint64_t watch_deadline(const struct engine *e)
{
	const struct watch *watch = earliest_due(e);
	return watch ? watch->due.key : ENGINE_FOREVER;
}

void watch_advance(struct engine *e)
{
	struct watch *watch;
	while ((watch = earliest_due(e)) && watch->due.key <= e->now) {
		heap_remove(&e->due_watches, &watch->due);
		watch->over = true;
		move_to(watch, &e->to_tell);
	}
}

/* ---- Telling news ---------------------------------------------------------------------------- */

bool engine_has_news(const struct engine *engine)
{
	return !TAILQ_EMPTY(&engine->to_tell) ||
		(engine->told != engine->last_change && !TAILQ_EMPTY(&engine->all_told));
}

/* If there are changes since the last call, all watches are to be looked at again. */
static void look_again(struct engine *e)
{
	struct watch *watch;
	if (e->told == e->last_change)
		return;
	e->told = e->last_change;
	TAILQ_FOREACH(watch, &e->all_told, waiting)
		watch->list = &e->to_tell;
	TAILQ_CONCAT(&e->to_tell, &e->all_told, waiting);
}

/* Returns whether the watch got its reply. */
static bool tell_watch(struct engine *e, struct watch *watch, const struct engine_teller *teller)
{
	struct watch_reply reply;
	e->looked++;
	teller->begin(teller->rows.arg, watch->session->speaker, watch->tag);
	if (!tell_news(e, watch, &teller->rows, &reply) && !watch->over) {
		move_to(watch, &e->all_told);
		return false;
	}
	stop_waiting(e, watch);
	watch->cursor = reply.next;
	reply.head.tag = watch->tag;
	reply.head.number = session_reply(e, watch->session, &(struct engine_answer){ .status = WIRE_OK });
	teller->end(teller->rows.arg, &reply);
	return true;
}

void engine_tell_news(struct engine *engine, const struct engine_teller *teller, unsigned most)
{
	struct watch *watch;
	uint64_t enough = engine->looked + most * (uint64_t)PAGE_RECORDS;
	look_again(engine);
	while (most > 0 && engine->looked < enough && (watch = TAILQ_FIRST(&engine->to_tell)))
		most -= tell_watch(engine, watch, teller);
}
