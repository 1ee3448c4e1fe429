/*
 * test_engine_watch.c - what those who watch are told of changes, when, and what it leaves behind.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/random.h"
#include "tests/unit/watcher.h"

static struct session *s, *other;
static struct watcher w;

static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	other = stage_session(1000);
	watcher_begin(&w, stage_session(1000), 0);
	stage_create(s, 0, "a", 3);
	stage_create(s, 1, "b", 5);
}

static void begin_seen(void)
{
	begin();
	watcher_catch_up(&w);
}

static void is_row(const struct watcher *watcher, size_t i, const char *name, bool gone)
{
	ck_assert_uint_lt(i, watcher->rows);
	ck_assert_str_eq(watcher->row[i].name, name);
	ck_assert_int_eq(watcher->row[i].gone, gone);
}

/* ---- Asking ---------------------------------------------------------------------------------- */

START_TEST(begins_with_all_there_is)
{
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "a", false);
	is_row(&w, 1, "b", false);
	ck_assert_int_eq(w.row[1].sem.available, 5);
	ck_assert_uint_eq(w.row[1].sem.initial, 5);
	ck_assert_uint_eq(w.reply.more, 0);
	ck_assert_uint_ne(w.cursor, 0);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.missed, 0);
	w.cursor = 0;
	ck_assert_uint_eq(watcher_look(&w), 2);
}
END_TEST

START_TEST(states_not_events)
{
	for (int i = 0; i < 10; i++)
		ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(1, 1)), WIRE_OK);
	ck_assert_int_eq(stage_take(s, 2), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "b", false);
	ck_assert_int_eq(w.row[0].sem.available, 15);
	is_row(&w, 1, "a", false);
	ck_assert_int_eq(w.row[1].sem.available, 1);
	ck_assert_uint_eq(w.row[1].sem.held, 2);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

/* What changes between two pages is told again if it was told already; what was not keeps its place. */
START_TEST(pages)
{
	char name[WATCHER_NAME];
	for (uint32_t i = 2; i < 200; i++) {
		snprintf(name, sizeof(name), "%u", i);
		stage_create(s, i, name, 1);
	}
	w.cursor = 0;
	ck_assert_uint_eq(watcher_look(&w), 64);
	is_row(&w, 0, "a", false);
	ck_assert_uint_eq(w.reply.more, 1);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(0, 1), POST(150, 1)), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 64);
	ck_assert_uint_eq(watcher_look(&w), 64);
	ck_assert_uint_eq(watcher_look(&w), 9);
	is_row(&w, 8, "a", false);
	ck_assert_uint_eq(w.reply.more, 0);
	ck_assert_uint_eq(w.known, 200);
	ck_assert_int_eq(w.picture[150].sem.available, 2);
}
END_TEST

/* ---- What is a change ------------------------------------------------------------------------ */

/* Told of "a" alone, as a query shows it. */
static void is_told(void)
{
	struct sem_event row = stage_see(s, 0);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "a", false);
#define SAME_u32(field) ck_assert_uint_eq(row.field, w.row[0].sem.field);
#define SAME_u64(field) SAME_u32(field)
#define SAME_i64(field) ck_assert_int_eq(row.field, w.row[0].sem.field);
#define SAME_text(field)		/* it is gone by now, but for the name above */
#define SAME(type, field) SAME_##type(field)
	WIRE_SEM_FIELDS(SAME)
#undef SAME
}

#define CHANGES(what) do { ck_assert_int_eq((what), WIRE_OK); is_told(); } while (0)

START_TEST(whatever_is_shown)
{
	CHANGES(stage_apply(s, ENGINE_TRY, ACQUIRE(0, 2)));
	CHANGES(stage_apply(s, ENGINE_TRY, RELEASE(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, SETTLE(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, POST(0, 1)));
	CHANGES(stage_apply(s, ENGINE_TRY, CONSUME(0, 1)));
	CHANGES(stage_set(s, 0, 7));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_MAX, .max = 100));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_MODE, .mode = 0644));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_GID, .gid = 7));
	CHANGES(stage_change(s, 0, .mask = WIRE_CHANGE_BYPASS, .bypass = 7));
	CHANGES(stage_reset(s, 0));
}
END_TEST

START_TEST(whoever_waits_or_is_served)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(s, 3), WIRE_OK);
	watcher_catch_up(&w);
	uint64_t number = stage_queue(other, 1);
	is_told();
	ck_assert_int_eq(engine_cancel(stage_engine(), other, number), WIRE_OK);
	is_told();
	ck_assert_int_eq(stage_apply(other, 5, ACQUIRE(0, 1)), ENGINE_WAITS);
	is_told();
	stage_wait(5);
	is_told();
	ck_assert_int_eq(stage_apply(other, ENGINE_FOREVER, CONSUME(0, 1)), ENGINE_WAITS);
	is_told();
	CHANGES(stage_apply(s, ENGINE_TRY, RELEASE(0, 3)));
	ck_assert_int_eq(stage_apply(other, ENGINE_FOREVER, WAIT_ZERO(0)), ENGINE_WAITS);
	is_told();
	session_end(stage_engine(), other);
	is_told();
}
END_TEST

START_TEST(holds_of_the_dead)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(other, 1), WIRE_OK);
	is_told();
	session_end(stage_engine(), other);
	is_told();
}
END_TEST

START_TEST(nothing_else)
{
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, ACQUIRE(0, 4)), WIRE_EAGAIN);
	ck_assert_int_eq(stage_apply(other, ENGINE_TRY, RELEASE(0, 1)), WIRE_ENOTHELD);
	ck_assert_int_eq(stage_close(other, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, CONSUME(0, 3)), WIRE_OK);
	is_told();
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, WAIT_ZERO(0)), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

/* ---- Gone ------------------------------------------------------------------------------------ */

START_TEST(removed_and_made_anew)
{
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	stage_create(s, 2, "a", 1);
	ck_assert_uint_eq(watcher_look(&w), 2);
	is_row(&w, 0, "a", true);
	is_row(&w, 1, "a", false);
	ck_assert_uint_gt(w.row[1].id, w.row[0].id);
	ck_assert_uint_eq(w.known, 2);
}
END_TEST

START_TEST(unlinked)
{
	ck_assert_int_eq(stage_unlink(s, "a"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "a", true);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
}
END_TEST

START_TEST(gone_with_its_last_handle)
{
	ck_assert_int_eq(stage_open(other, 0, "c", .initial = 1,
	                            .flags = WIRE_OPEN_CREATE | WIRE_OPEN_LAST_CLOSE), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	session_end(stage_engine(), other);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "c", true);
}
END_TEST

/* One who begins knows of nothing that could be gone. */
START_TEST(gone_before_it_began)
{
	struct watcher late;
	watcher_begin(&late, stage_session(1000), 1);
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&late), 1);
	is_row(&late, 0, "b", false);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

/* Makes and removes so many. */
static void churn(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		stage_create(other, 0, "churned", 1);
		ck_assert_int_eq(stage_remove(other, "churned"), WIRE_OK);
		ck_assert_int_eq(stage_close(other, 0), WIRE_OK);
	}
}

enum { REMEMBERED = 1024 };

static void is_missed(void)
{
	ck_assert_uint_eq(w.reply.missed, 1);
	ck_assert_uint_eq(w.reply.next, 0);
	ck_assert_uint_eq(w.rows, 0);
	watcher_catch_up(&w);
	ck_assert_uint_eq(w.known, 2);
}

START_TEST(so_many_are_remembered)
{
	churn(REMEMBERED);
	watcher_catch_up(&w);
	ck_assert_uint_eq(w.reply.missed, 0);
	churn(REMEMBERED + 1);
	watcher_look(&w);
	is_missed();
	watcher_wait(&w);
	churn(REMEMBERED + 1);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	is_missed();
}
END_TEST

START_TEST(no_cursor_but_the_last)
{
	struct watcher another;
	uint64_t before = w.cursor;
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	w.cursor = before;
	watcher_look(&w);
	is_missed();

	watcher_begin(&another, stage_session(1000), 1);
	another.cursor = w.cursor;
	watcher_look(&another);
	ck_assert_uint_eq(another.reply.missed, 1);
}
END_TEST

/* ---- Waiting --------------------------------------------------------------------------------- */

START_TEST(waits_for_a_change)
{
	watcher_wait(&w);
	ck_assert_uint_eq(stage_counts().watchers, 1);
	ck_assert_uint_eq(stage_counts().waiters, 0);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 1, 1), WIRE_OK);
	ck_assert_int_eq(stage_set(s, 0, 2), WIRE_OK);
	ck_assert(engine_has_news(stage_engine()));
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 2);
	is_row(&w, 0, "a", false);
	ck_assert_int_eq(w.row[0].sem.available, 2);
	ck_assert_uint_eq(stage_counts().watchers, 0);
	watcher_wait(&w);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
}
END_TEST

/* One after the other, and who asks again comes after those who have not been told yet. */
START_TEST(told_in_turn)
{
	static struct watcher many[5];
	for (unsigned i = 0; i < 5; i++) {
		watcher_begin(&many[i], stage_session(1000), i);
		ck_assert_int_eq(watcher_ask(&many[i], ENGINE_FOREVER), ENGINE_WAITS);
	}
	for (unsigned turn = 0; turn < 3; turn++)
		for (unsigned i = 0; i < 5; i++) {
			ck_assert_int_eq(stage_set(s, 0, 10 * turn + i), WIRE_OK);
			ck_assert_uint_eq(watcher_tell_some(many, 5, 1), 1);
			ck_assert(!many[i].waits);
			ck_assert_int_eq(watcher_ask(&many[i], ENGINE_FOREVER), ENGINE_WAITS);
		}
}
END_TEST

/* Many who may not see what has changed are passed over, a few in a turn. */
START_TEST(little_is_looked_at_in_a_turn)
{
	enum { BLIND = 20, CHANGED = 500, MOST = 2 };
	static struct watcher many[BLIND];
	unsigned turns = 0;
	char name[WATCHER_NAME];
	for (unsigned i = 0; i < BLIND; i++) {
		watcher_begin(&many[i], stage_session(1001), i);
		watcher_catch_up(&many[i]);
		watcher_wait(&many[i]);
	}
	for (uint32_t i = 2; i < CHANGED; i++) {
		snprintf(name, sizeof(name), "%u", i);
		ck_assert_int_eq(stage_open(s, i, name, .initial = 1, .mode = 0600,
		                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	}
	for (; engine_has_news(stage_engine()); turns++) {
		uint64_t before = engine_looked(stage_engine());
		ck_assert_uint_eq(watcher_tell_some(many, BLIND, MOST), 0);
		ck_assert_uint_lt(engine_looked(stage_engine()) - before, BLIND * CHANGED / 2);
	}
	ck_assert_uint_gt(turns, 1);
	for (unsigned i = 0; i < BLIND; i++)
		ck_assert(many[i].waits);
}
END_TEST

START_TEST(waits_where_there_is_nothing)
{
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_int_eq(stage_remove(s, "b"), WIRE_OK);
	watcher_wait(&w);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	stage_create(other, 0, "c", 1);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 1);
	is_row(&w, 0, "c", false);
}
END_TEST

START_TEST(time_runs_out)
{
	ck_assert_int_eq(watcher_ask(&w, 10), ENGINE_WAITS);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 10);
	stage_wait(9);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	stage_wait(1);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows + w.reply.missed + w.reply.more, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

/* The earlier deadline counts, whosever it is. */
START_TEST(time_of_others)
{
	ck_assert_int_eq(stage_apply(s, 20, ACQUIRE(0, 4)), ENGINE_WAITS);
	watcher_catch_up(&w);
	ck_assert_int_eq(watcher_ask(&w, 30), ENGINE_WAITS);
	ck_assert_uint_eq(engine_deadline(stage_engine()), stage_now() + 20);
	stage_wait(20);
	ck_assert_uint_eq(watcher_tell(&w, 1), 1);
	ck_assert_uint_eq(w.rows, 1);
	ck_assert_uint_eq(w.row[0].sem.waiting, 0);
	ck_assert_uint_eq(engine_deadline(stage_engine()), ENGINE_FOREVER);
}
END_TEST

START_TEST(one_at_a_time)
{
	watcher_wait(&w);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_EINVAL);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_TRY), WIRE_EINVAL);
	ck_assert_int_eq(stage_watch_answer(w.tag), STAGE_UNANSWERED);
}
END_TEST

static void is_ended(int status)
{
	ck_assert_int_eq(stage_watch_answer(w.tag), status);
	ck_assert_uint_eq(stage_counts().watchers, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
}

START_TEST(canceled)
{
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_ENOENT);
	watcher_wait(&w);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_OK);
	is_ended(WIRE_ECANCELED);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_ENOENT);
	ck_assert_uint_eq(watcher_look(&w), 1);
	ck_assert_uint_eq(w.reply.missed, 0);
}
END_TEST

START_TEST(ends_with_its_session)
{
	watcher_wait(&w);
	session_end(stage_engine(), w.session);
	is_ended(STAGE_UNANSWERED);
}
END_TEST

START_TEST(ends_with_a_detach)
{
	watcher_wait(&w);
	stage_detach(w.session, 1);
	is_ended(WIRE_ECANCELED);
}
END_TEST

START_TEST(ends_with_a_kick)
{
	struct peer kicked;
	uint64_t client = session_client_id(w.session);
	watcher_wait(&w);
	ck_assert_int_eq(engine_kick(stage_engine(), s, client, &kicked), WIRE_OK);
	is_ended(WIRE_ECANCELED);
}
END_TEST

START_TEST(ends_with_the_process_spoken_for)
{
	struct client *client = stage_bound(1000, 1);
	watcher_begin(&w, stage_speaker(1000, client), 2);
	watcher_catch_up(&w);
	watcher_wait(&w);
	client_end(stage_engine(), client);
	is_ended(WIRE_ELOST);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

START_TEST(counts_as_a_waiting_request)
{
	uint64_t number = (stage_join(other, 0, "a"), stage_queue(other, 4));
	watcher_catch_up(&w);
	stage_limit((struct engine_limits){ 100, 100, 1, 100 });
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_EQUOTA);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_int_eq(stage_set(s, 0, 2), WIRE_OK);
	ck_assert_int_eq(watcher_ask(&w, ENGINE_FOREVER), WIRE_OK);
	ck_assert_uint_eq(w.rows, 1);
	ck_assert_int_eq(engine_cancel(stage_engine(), other, number), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	watcher_wait(&w);
	ck_assert_int_eq(stage_take(other, 4), WIRE_EQUOTA);
	session_end(stage_engine(), w.session);
	stage_queue(other, 4);
}
END_TEST

/* ---- Rights ---------------------------------------------------------------------------------- */

static void make_private(void)
{
	ck_assert_int_eq(stage_open(s, 2, "private", .initial = 1, .mode = 0600,
	                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
}

START_TEST(of_what_one_may_read)
{
	watcher_begin(&w, stage_session(1001), 1);
	make_private();
	ck_assert_uint_eq(watcher_look(&w), 2);
	watcher_wait(&w);
	ck_assert_int_eq(stage_set(s, 2, 3), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(stage_remove(s, "private"), WIRE_OK);
	ck_assert_uint_eq(watcher_tell(&w, 1), 0);
	ck_assert_int_eq(engine_cancel(stage_engine(), w.session, 0), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.missed, 0);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
}
END_TEST

START_TEST(root_may_read_all)
{
	watcher_begin(&w, stage_session(0), 1);
	make_private();
	ck_assert_uint_eq(watcher_look(&w), 3);
	ck_assert_int_eq(stage_remove(s, "private"), WIRE_OK);
	ck_assert_uint_eq(watcher_look(&w), 1);
	is_row(&w, 0, "private", true);
}
END_TEST

/* A page of what one may not read is passed over, but not all of it at once. */
START_TEST(much_that_one_may_not_read)
{
	char name[WATCHER_NAME];
	watcher_begin(&w, stage_session(1001), 1);
	for (uint32_t i = 2; i < 2000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		ck_assert_int_eq(stage_open(s, i, name, .initial = 1, .mode = 0600,
		                            .flags = WIRE_OPEN_CREATE), WIRE_OK);
	}
	ck_assert_uint_eq(watcher_look(&w), 2);
	ck_assert_uint_eq(w.reply.more, 1);
	ck_assert_uint_eq(watcher_look(&w), 0);
	ck_assert_uint_eq(w.reply.more, 0);
}
END_TEST

/* ---- Many, at random ------------------------------------------------------------------------- */

enum { WATCHERS = 8, NAMES = 90, TURNS = 1500, QUEUED = 500 };

static struct watcher watchers[WATCHERS];
static struct session *actors[3];
static struct random random_numbers;
static unsigned queued;

static unsigned below(unsigned limit)
{
	return (unsigned)random_below(&random_numbers, limit);
}

static void act_on(struct session *actor, uint32_t handle)
{
	switch (below(queued < QUEUED ? 5 : 4)) {
	case 0:
		(void)!stage_apply(actor, ENGINE_TRY, POST(handle, 1 + below(3)));
		break;
	case 1:
		(void)!stage_apply(actor, ENGINE_TRY, ACQUIRE(handle, 1 + below(3)));
		break;
	case 2:
		(void)!stage_apply(actor, ENGINE_TRY, RELEASE(handle, 1));
		break;
	case 3:
		(void)!stage_set(actor, handle, below(6));
		break;
	case 4:
		queued += stage_apply(actor, 1 + below(20), ACQUIRE(handle, 3)) == ENGINE_WAITS;
		break;
	}
}

/* Handle i of each actor is on name i, or on nothing. */
static void act(void)
{
	static const uint32_t modes[] = { 0600, 0640, 0644, 0666 };
	struct session *actor = actors[below(3)];
	uint32_t handle = below(NAMES);
	char name[WATCHER_NAME];
	snprintf(name, sizeof(name), "%u", handle);
	switch (below(12)) {
	case 0:
		(void)!stage_close(actor, handle);
		break;
	case 1:
		(void)!stage_remove(actor, name);
		break;
	case 2:
		(void)!stage_unlink(actor, name);
		break;
	case 3:
	case 4:
	case 5:
		(void)!stage_close(actor, handle);
		(void)!stage_open(actor, handle, name, .initial = below(4), .mode = modes[below(4)],
		                  .flags = WIRE_OPEN_CREATE | (below(2) ? WIRE_OPEN_LAST_CLOSE : 0));
		break;
	default:
		act_on(actor, handle);
	}
}

static void watcher_acts(struct watcher *watcher)
{
	static const uint32_t users[] = { 0, 1000, 1001, 1002 };
	if (below(200) == 0) {
		uint64_t tag = watcher->tag;
		session_end(stage_engine(), watcher->session);
		watcher_begin(watcher, stage_session(users[below(4)]), tag);
	} else if (!watcher->waits && below(5) == 0) {
		(void)!watcher_ask(watcher, below(3) * 5);
	}
}

struct listing {
	struct watcher *watcher;
	size_t count;
};

static void compare(void *arg, const struct sem_event *row)
{
	struct listing *listing = arg;
	const struct told *known = NULL;
	for (size_t i = 0; i < listing->watcher->known; i++)
		if (listing->watcher->picture[i].id == row->id)
			known = &listing->watcher->picture[i];
	listing->count++;
	ck_assert_ptr_nonnull(known);
	ck_assert_int_eq(known->sem.available, row->available);
	ck_assert_uint_eq(known->sem.held, row->held);
	ck_assert_uint_eq(known->sem.waiting, row->waiting);
	ck_assert_uint_eq(known->sem.posted, row->posted);
}

/* What it was told so far is what it would be told if it asked for everything. */
static void is_right(struct watcher *watcher)
{
	struct listing listing = { .watcher = watcher };
	const struct engine_sink sink = { .arg = &listing, .sem = compare };
	uint64_t cursor = 0;
	do
		engine_list(stage_engine(), watcher->session, &cursor, &sink);
	while (cursor);
	ck_assert_uint_eq(listing.count, watcher->known);
}

START_TEST(pictures_are_right)
{
	random_numbers.state = (uint64_t)_i;
	queued = 0;
	for (unsigned i = 0; i < 3; i++) {
		actors[i] = stage_session(1000 + i % 2);
		for (uint32_t j = 0; j < NAMES; j++)
			(void)!stage_open(actors[i], j, "", .flags = 0);
	}
	for (unsigned i = 0; i < WATCHERS; i++)
		watcher_begin(&watchers[i], stage_session(i % 3 * 500), i);
	for (unsigned turn = 0; turn < TURNS; turn++) {
		stage_wait(1);
		for (unsigned i = below(4); i > 0; i--)
			act();
		if (turn % 1000 == 500)
			churn(REMEMBERED + 10);
		watcher_tell(watchers, WATCHERS);
		for (unsigned i = 0; i < WATCHERS; i++) {
			if (watchers[i].waits)
				is_right(&watchers[i]);
			watcher_acts(&watchers[i]);
		}
	}
	for (unsigned i = 0; i < WATCHERS; i++) {
		(void)!engine_cancel(stage_engine(), watchers[i].session, 0);
		watcher_catch_up(&watchers[i]);
		is_right(&watchers[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_watch");
	TCase *asking = suite_case(suite, "asking");
	tcase_add_checked_fixture(asking, begin, stage_end);
	tcase_add_test(asking, begins_with_all_there_is);
	TCase *changes = suite_case(suite, "changes");
	tcase_add_checked_fixture(changes, begin_seen, stage_end);
	tcase_add_test(changes, states_not_events);
	tcase_add_test(changes, pages);
	tcase_add_test(changes, whatever_is_shown);
	tcase_add_test(changes, whoever_waits_or_is_served);
	tcase_add_test(changes, holds_of_the_dead);
	tcase_add_test(changes, nothing_else);
	TCase *gone = suite_case(suite, "gone");
	tcase_add_checked_fixture(gone, begin_seen, stage_end);
	tcase_add_test(gone, removed_and_made_anew);
	tcase_add_test(gone, unlinked);
	tcase_add_test(gone, gone_with_its_last_handle);
	tcase_add_test(gone, gone_before_it_began);
	tcase_add_test(gone, so_many_are_remembered);
	tcase_add_test(gone, no_cursor_but_the_last);
	TCase *waiting = suite_case(suite, "waiting");
	tcase_add_checked_fixture(waiting, begin_seen, stage_end);
	tcase_add_test(waiting, waits_for_a_change);
	tcase_add_test(waiting, told_in_turn);
	tcase_add_test(waiting, little_is_looked_at_in_a_turn);
	tcase_add_test(waiting, time_runs_out);
	tcase_add_test(waiting, time_of_others);
	tcase_add_test(waiting, one_at_a_time);
	tcase_add_test(waiting, canceled);
	tcase_add_test(waiting, ends_with_its_session);
	tcase_add_test(waiting, ends_with_a_detach);
	tcase_add_test(waiting, ends_with_a_kick);
	tcase_add_test(waiting, ends_with_the_process_spoken_for);
	tcase_add_test(waiting, counts_as_a_waiting_request);
	TCase *beginning = suite_case(suite, "waiting from the beginning");
	tcase_add_checked_fixture(beginning, begin, stage_end);
	tcase_add_test(beginning, waits_where_there_is_nothing);
	TCase *rights = suite_case(suite, "rights");
	tcase_add_checked_fixture(rights, begin, stage_end);
	tcase_add_test(rights, of_what_one_may_read);
	tcase_add_test(rights, root_may_read_all);
	tcase_add_test(rights, much_that_one_may_not_read);
	TCase *many = suite_case(suite, "many");
	tcase_add_checked_fixture(many, begin, stage_end);
	tcase_add_loop_test(many, pictures_are_right, 0, 6);
	return suite_run(suite);
}
