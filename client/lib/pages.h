/*
 * pages.h - lists that come in pages. The rows of a page are kept until all have come, and only
 * then shown, so that the connection is free while the program's functions run.
 */
#ifndef SEMD_CLIENT_LIB_PAGES_H
#define SEMD_CLIENT_LIB_PAGES_H

#include "client/lib/call.h"
#include "client/lib/row_buffer.h"

struct pages;

/* Asks for the next page with `call`, which is initialized. Notes where the page after it begins
 * and whether there is one. */
typedef int pages_ask_fn(struct semd_client *client, struct call *call, struct pages *pages);
/* Shows a row. */
typedef int pages_take_fn(struct pages *pages, const uint8_t *frame, size_t size);

/* The first member of a structure that says what is listed. */
struct pages {
	pages_ask_fn *ask;
	pages_take_fn *take;
	bool more;
	struct row_buffer rows;	/* of the last page */
};

int pages_get(struct semd_client *client, struct pages *pages) __attribute__((warn_unused_result));
int pages_take(struct pages *pages) __attribute__((warn_unused_result));

/* Gets and shows all pages, between client_enter and client_leave. Frees the rows. */
int pages_show(struct semd_client *client, struct pages *pages) __attribute__((warn_unused_result));

#endif
