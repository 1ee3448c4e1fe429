/*
 * list.c - lists all semaphores.
 */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/info.h"
#include "client/lib/pages.h"

struct listing {
	struct pages pages;
	semd_list_fn *row;
	void *arg;
	uint64_t cursor;
};

static int ask_semaphores(struct semd_client *client, struct call *call, struct pages *pages)
{
	struct listing *listing = (struct listing *)pages;
	const struct list_request request = { .cursor = listing->cursor };
	struct list_reply reply = { .next = 0 };
	int r = call_list(client, call, &request, &reply);
	listing->cursor = reply.next;
	pages->more = reply.next != 0;
	return r;
}

static int take_semaphore(struct pages *pages, const uint8_t *frame, size_t size)
{
	const struct listing *listing = (struct listing *)pages;
	return wire_opcode(frame) == WIRE_SEM ? info_show_row(frame, size, listing->row, listing->arg) : 0;
}

int semd_list(struct semd_client *client, semd_list_fn *row, void *arg)
{
	struct listing listing = {
		.pages = { .ask = ask_semaphores, .take = take_semaphore }, .row = row, .arg = arg,
	};
	if (!client || !row)
		return error_note(SEMD_EINVAL);
	return pages_show(client, &listing.pages);
}
