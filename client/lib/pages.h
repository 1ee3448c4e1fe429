/*
 * pages.h - lists that come in pages. A page is kept and then shown, so that the connection is free
 * while the caller's functions run.
 */
#ifndef SEMD_CLIENT_LIB_PAGES_H
#define SEMD_CLIENT_LIB_PAGES_H

#include "client/lib/call.h"
#include "client/lib/row_buffer.h"

struct pages;

/* Asks for the page that comes next, with a call that is ready for it; notes where the one after begins
 * and whether there is one. */
typedef int pages_ask_fn(struct semd_client *client, struct call *call, struct pages *pages);
/* Shows a row. */
typedef int pages_take_fn(struct pages *pages, const uint8_t *frame, size_t size);

/* The first member of what is shown. */
struct pages {
	pages_ask_fn *ask;
	pages_take_fn *take;
	bool more;
	struct row_buffer rows;	/* of the page got last */
};

int pages_get(struct semd_client *client, struct pages *pages) __attribute__((warn_unused_result));
int pages_take(struct pages *pages) __attribute__((warn_unused_result));

/* All of them, as a public function does it: enters the client, and leaves it. Frees the rows. */
int pages_show(struct semd_client *client, struct pages *pages) __attribute__((warn_unused_result));

#endif
