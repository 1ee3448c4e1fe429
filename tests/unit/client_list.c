/* client_list.c - see client_list.h. */
#include "config.h"

#include "tests/unit/client_list.h"

#include <stdio.h>
#include <string.h>

struct listed listed;

static void on_client(void *arg, const struct client_event *row)
{
	(void)arg;
	ck_assert_uint_lt(listed.clients, LISTED_CLIENTS);
	listed.client[listed.clients++] = *row;
}

static void add_claim(bool wait, uint32_t permits, uint32_t flags, struct wire_text name)
{
	struct claim *claim = &listed.claim[listed.holds + listed.waits];
	ck_assert_uint_lt(listed.holds + listed.waits, LISTED_CLAIMS);
	ck_assert_uint_gt(listed.clients, 0);
	*claim = (struct claim){ .client = listed.client[listed.clients - 1].client,
	                         .permits = permits, .flags = flags, .wait = wait };
	snprintf(claim->name, sizeof(claim->name), "%.*s", (int)name.size, name.data);
	if (wait)
		listed.waits++;
	else
		listed.holds++;
}

static void on_hold(void *arg, const struct hold_event *row)
{
	(void)arg;
	add_claim(false, row->permits, row->flags, row->name);
}

static void on_wait(void *arg, const struct wait_event *row)
{
	(void)arg;
	add_claim(true, row->permits, row->flags, row->name);
}

static const struct engine_sink sink = { .client = on_client, .hold = on_hold, .wait = on_wait };

bool list_page(struct session *session)
{
	if (listed.pages && !listed.cursor && !listed.within)
		return false;
	engine_clients(stage_engine(), session, &listed.cursor, &listed.within, &sink);
	listed.pages++;
	return true;
}

void list_begin(void)
{
	memset(&listed, 0, sizeof(listed));
}

void list_all(struct session *session)
{
	list_begin();
	while (list_page(session))
		;
}

const struct client_event *listed_client(const struct session *session)
{
	unsigned i = 0;
	while (i < listed.clients && listed.client[i].client != session_client_id(session))
		i++;
	ck_assert_msg(i < listed.clients, "the client is not in the list");
	return &listed.client[i];
}
