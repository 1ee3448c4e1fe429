/*
 * pages_unix.c - many clients that ask for pages at once do not delay others. A socket buffers
 * enough requests for several turns while the daemon is stopped; a pipe of Windows does not.
 */
#include "config.h"

#include "tests/system/served.h"

/* The cursors of the second page, and of the last page that begins within a client. */
static void find_pages(struct raw *raw, struct clients_reply *second, struct clients_reply *last)
{
	struct clients_reply reply = { .cursor = 0 };
	second->cursor = 0;
	do {
		struct clients_request clients = { .cursor = reply.cursor, .within = reply.within };
		if (reply.within != 0)
			*last = reply;
		ck_assert_int_eq(raw_ask_clients(raw, &clients), WIRE_OK);
		ck_assert_int_eq(clients_reply_decode(&reply, raw->frame, raw->size), 0);
		if (second->cursor == 0)
			*second = reply;
	} while (reply.cursor != 0 || reply.within != 0);
}

static bool is_told_of(struct raw *raw, uint64_t number)
{
	struct client_event event;
	bool told = false;
	do {
		ck_assert(raw_receive(raw));
		if (raw->head.opcode != WIRE_CLIENT)
			continue;
		ck_assert_int_eq(client_event_decode(&event, raw->frame, raw->size), 0);
		told = told || event.client == number;
	} while (raw->head.opcode != WIRE_CLIENTS);
	return told;
}

/*
 * Kicks a client, but sends so many bytes before that the daemon reads the KICK in its third turn
 * from now.
 */
static void kick_later(struct raw *raw, uint64_t number)
{
	enum { A_TURN = 64 * 1024 };	/* bytes read from one connection */
	static uint8_t frames[2 * A_TURN];
	const struct ping_request ping = { .head.tag = 0 };
	struct kick_request kick = { .client = number };
	for (size_t at = 0; at < sizeof(frames); at += WIRE_HEAD_SIZE)
		ck_assert_uint_gt(ping_request_encode(&ping, frames + at, WIRE_HEAD_SIZE), 0);
	ck_assert(raw_send(raw, frames, sizeof(frames)));
	raw_send_kick(raw, &kick);
}

/*
 * Many clients ask for one page each, half of them at one end of a long list and half at the other,
 * so that each page has a long way to go. They are answered a few in a turn, so a client kicked
 * soon after is missing in most pages.
 */
START_TEST(pages_of_many_keep_nobody_waiting)
{
	enum { ASKING = 100, HOLDS = 4000 };
	struct raw asking[ASKING], kicked, kicking;
	struct clients_reply where[2];
	unsigned told = 0;
	struct semd_client *client = new_client();
	for (int i = 0; i < HOLDS; i++) {
		char name[16];
		snprintf(name, sizeof(name), "%d", i);
		ck_assert_int_eq(semd_acquire(sem_new(client, name, 1), 1), 0);
	}
	raw_connect(&kicked, served.socket);
	raw_connect(&kicking, served.socket);
	for (int i = 0; i < ASKING; i++)
		raw_connect(&asking[i], served.socket);
	find_pages(&asking[0], &where[0], &where[1]);
	process_pause(&served.process);
	for (int i = 0; i < ASKING; i++) {
		struct clients_request clients = {
			.cursor = where[i % 2].cursor, .within = where[i % 2].within,
		};
		raw_send_clients(&asking[i], &clients);
	}
	kick_later(&kicking, kicked.client);
	process_resume(&served.process);
	ck_assert_int_eq(raw_answer(&kicking, kicking.tag), WIRE_OK);
	for (int i = 0; i < ASKING; i++)
		told += is_told_of(&asking[i], kicked.client);
	ck_assert_uint_lt(told, ASKING / 4);
	raw_close(&kicking);
	raw_close(&kicked);
	for (int i = 0; i < ASKING; i++)
		raw_close(&asking[i]);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pages of many");
	TCase *pages = served_case(suite, "pages");
	tcase_add_test(pages, pages_of_many_keep_nobody_waiting);
	return suite_run(suite);
}
