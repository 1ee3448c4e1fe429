/* watcher.c - see watcher.h. */
#include "config.h"

#include "tests/unit/watcher.h"

#include <string.h>

void watcher_begin(struct watcher *watcher, struct session *session, uint64_t tag)
{
	memset(watcher, 0, sizeof(*watcher));
	watcher->session = session;
	watcher->tag = tag;
}

/* ---- The picture ----------------------------------------------------------------------------- */

static struct told *find(struct watcher *watcher, const char *name)
{
	for (size_t i = 0; i < watcher->known; i++)
		if (strcmp(watcher->picture[i].name, name) == 0)
			return &watcher->picture[i];
	return NULL;
}

/* Another semaphore may have taken the name since. */
static void forget(struct watcher *watcher, const struct told *told)
{
	struct told *known = find(watcher, told->name);
	if (known && known->id == told->id)
		*known = watcher->picture[--watcher->known];
}

static void learn(struct watcher *watcher, const struct told *told)
{
	struct told *known = find(watcher, told->name);
	if (!known) {
		ck_assert_uint_lt(watcher->known, WATCHER_NAMES);
		known = &watcher->picture[watcher->known++];
	}
	*known = *told;
}

/* ---- What is told ---------------------------------------------------------------------------- */

static struct told *next_row(struct watcher *watcher, struct wire_text name)
{
	ck_assert_uint_lt(watcher->rows, WATCHER_ROWS);
	ck_assert_uint_lt(name.size, WATCHER_NAME);
	struct told *told = &watcher->row[watcher->rows++];
	*told = (struct told){ .gone = false };
	memcpy(told->name, name.data, name.size);
	return told;
}

static void on_sem(void *arg, const struct sem_event *row)
{
	struct watcher *watcher = arg;
	struct told *told = next_row(watcher, row->name);
	told->id = row->id;
	told->sem = *row;
	learn(watcher, told);
}

static void on_gone(void *arg, const struct gone_event *row)
{
	struct watcher *watcher = arg;
	struct told *told = next_row(watcher, row->name);
	told->id = row->id;
	told->gone = true;
	forget(watcher, told);
}

static void answered(struct watcher *watcher)
{
	watcher->cursor = watcher->reply.next;
	if (watcher->reply.missed)
		watcher->known = 0;
}

int watcher_ask(struct watcher *watcher, uint64_t timeout)
{
	const struct engine_sink sink = { .arg = watcher, .sem = on_sem, .gone = on_gone };
	bool is_time = timeout != ENGINE_TRY && timeout != ENGINE_FOREVER;
	watcher->rows = 0;
	/* The engine must fill in all of it. */
	memset(&watcher->reply, 0xa5, sizeof(watcher->reply));
	int status = engine_watch(stage_engine(), watcher->session, watcher->cursor,
	                          is_time ? stage_now() + timeout : timeout, watcher->tag, &sink,
	                          &watcher->reply);
	watcher->waits = status == ENGINE_WAITS;
	if (status == WIRE_OK)
		answered(watcher);
	return status;
}

size_t watcher_look(struct watcher *watcher)
{
	ck_assert_int_eq(watcher_ask(watcher, ENGINE_TRY), WIRE_OK);
	return watcher->rows;
}

void watcher_catch_up(struct watcher *watcher)
{
	do
		watcher_look(watcher);
	while (watcher->reply.more || watcher->reply.missed);
}

void watcher_wait(struct watcher *watcher)
{
	ck_assert_int_eq(watcher_ask(watcher, ENGINE_FOREVER), ENGINE_WAITS);
	ck_assert(engine_has_news(stage_engine()));
	ck_assert_uint_eq(watcher_tell(watcher, 1), 0);
}

/* ---- The end of a turn ----------------------------------------------------------------------- */

/* Rows go to the watcher whose tag the reply has. */
struct telling {
	struct watcher *watchers;
	size_t count;
	struct watcher *to;
	unsigned replies;
};

static void telling_begin(void *arg, void *speaker, uint64_t tag)
{
	struct telling *telling = arg;
	(void)speaker;
	telling->to = NULL;
	for (size_t i = 0; i < telling->count; i++)
		if (telling->watchers[i].tag == tag)
			telling->to = &telling->watchers[i];
	ck_assert_ptr_nonnull(telling->to);
	ck_assert(telling->to->waits);
	telling->to->rows = 0;
}

static void telling_sem(void *arg, const struct sem_event *row)
{
	on_sem(((struct telling *)arg)->to, row);
}

static void telling_gone(void *arg, const struct gone_event *row)
{
	on_gone(((struct telling *)arg)->to, row);
}

static void telling_end(void *arg, const struct watch_reply *reply)
{
	struct telling *telling = arg;
	telling->to->reply = *reply;
	telling->to->waits = false;
	answered(telling->to);
	telling->replies++;
}

unsigned watcher_tell_some(struct watcher *watchers, size_t count, unsigned most)
{
	struct telling telling = { .watchers = watchers, .count = count };
	const struct engine_teller teller = {
		.rows = { .arg = &telling, .sem = telling_sem, .gone = telling_gone },
		.begin = telling_begin, .end = telling_end,
	};
	engine_tell_news(stage_engine(), &teller, most);
	ck_assert_uint_le(telling.replies, most);
	return telling.replies;
}

unsigned watcher_tell(struct watcher *watchers, size_t count)
{
	unsigned replies = 0;
	do
		replies += watcher_tell_some(watchers, count, 3);
	while (engine_has_news(stage_engine()));
	return replies;
}
