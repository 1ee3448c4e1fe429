/*
 * watch.c - changes as they happen, a page of rows at a time.
 */
#include "config.h"

#include <time.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/info.h"
#include "client/lib/pages.h"
#include "client/lib/text.h"

static int64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct watching {
	struct pages pages;
	const struct semd_watch_rows *to;
	void *arg;
	int64_t timeout;	/* as it was asked for */
	int64_t begun;		/* when it is positive */
	uint64_t cursor;
	struct watch_reply reply;
};

/* What is left of the time-out; 0 when it is over. */
static int64_t time_left(const struct watching *watching)
{
	if (watching->timeout <= 0)
		return watching->timeout;
	int64_t passed = now() - watching->begun;
	return passed < watching->timeout ? watching->timeout - passed : 0;
}

static int ask_page(struct semd_client *client, struct call *call, struct pages *pages)
{
	struct watching *watching = (struct watching *)pages;
	const struct watch_request request = {
		.cursor = watching->cursor, .timeout = time_left(watching),
	};
	call->request.can_wait = request.timeout != 0;
	int r = call_watch(client, call, &request, &watching->reply);
	pages->more = watching->reply.more;
	return r;
}

static int show_gone(const struct watching *watching, const uint8_t *frame, size_t size)
{
	struct gone_event event;
	char name[WIRE_MAX_TEXT + 1];
	if (gone_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	text_copy(name, event.name);
	return watching->to->gone ? watching->to->gone(watching->arg, name) : 0;
}

static int show_row(struct pages *pages, const uint8_t *frame, size_t size)
{
	const struct watching *watching = (struct watching *)pages;
	switch (wire_opcode(frame)) {
	case WIRE_SEM:
		return info_show_row(frame, size, watching->to->sem, watching->arg);
	case WIRE_GONE:
		return show_gone(watching, frame, size);
	default:
		return 0;
	}
}

/*
 * The caller's place moves on only when all was shown to it. After less it is no longer the
 * daemon's, which then says that something was missed.
 */
static int show_page(struct watching *watching, uint64_t *cursor)
{
	if (watching->reply.missed) {
		*cursor = 0;
		return watching->to->missed ? watching->to->missed(watching->arg) : 0;
	}
	int r = pages_take(&watching->pages);
	if (r == 0)
		*cursor = watching->reply.next;
	return r;
}

/* Pages over which nothing may be seen are passed over. */
static int watch(struct semd_client *client, struct watching *watching, uint64_t *cursor)
{
	int r;
	do {
		watching->cursor = *cursor;
		r = pages_get(client, &watching->pages);
		if (r == 0)
			r = show_page(watching, cursor);
		if (r != 0 || watching->reply.missed || watching->pages.rows.size)
			return r;
	} while (watching->pages.more);
	return error_note(watching->timeout == 0 ? SEMD_EAGAIN : SEMD_ETIMEDOUT);
}

int semd_watch(struct semd_client *client, uint64_t *cursor, int64_t timeout_ns,
               const struct semd_watch_rows *rows, void *arg)
{
	struct watching watching = {
		.pages = { .ask = ask_page, .take = show_row },
		.to = rows, .arg = arg, .timeout = timeout_ns, .begun = now(),
	};
	int state;
	if (!client || !cursor || !rows)
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0) {
		threads_stay(client);
		r = watch(client, &watching, cursor);
		threads_go(client);
	}
	row_buffer_free(&watching.pages.rows);
	return client_leave(state, r);
}
