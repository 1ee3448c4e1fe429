/* pages.c - see pages.h. */
#include "config.h"

#include "client/lib/pages.h"

#include "client/lib/client.h"
#include "client/lib/error.h"

int pages_get(struct semd_client *client, struct pages *pages)
{
	struct call call;
	call_init(&call);
	call.request.rows = &pages->rows;
	row_buffer_clear(&pages->rows);
	int r = pages->ask(client, &call, pages);
	return r == 0 && pages->rows.failed ? error_note(SEMD_ENOMEM) : r;
}

int pages_take(struct pages *pages)
{
	const uint8_t *frame;
	size_t at = 0, size;
	int r = 0;
	while (r == 0 && (frame = row_buffer_next(&pages->rows, &at, &size)))
		r = pages->take(pages, frame, size);
	return r;
}

static int show_all(struct semd_client *client, struct pages *pages)
{
	int r;
	threads_stay(client);
	do {
		r = pages_get(client, pages);
		if (r == 0)
			r = pages_take(pages);
	} while (r == 0 && pages->more);
	threads_go(client);
	return r;
}

int pages_show(struct semd_client *client, struct pages *pages)
{
	int state, r = client_enter(client, &state);
	if (r == 0)
		r = show_all(client, pages);
	row_buffer_free(&pages->rows);
	return client_leave(state, r);
}
