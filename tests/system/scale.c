/*
 * scale.c - many semaphores, many clients, and the memory of an idle client.
 */
#include "config.h"

#include "tests/system/scale.h"

#include <stdlib.h>

enum { MOST_PER_CLIENT = 4096 };

static struct raw *clients;

static void many_begin(void)
{
	scale_make_room();
	clients = calloc(SCALE_CLIENTS, sizeof(*clients));
	ck_assert_ptr_nonnull(clients);
	daemon_start(&served, OPTIONS("--max-clients", "2000", "--max-semaphores", "20000",
	                              "--max-handles", "20000"));
}

static void many_end(void)
{
	daemon_stop(&served);
	free(clients);
}

/* A client that has opened a semaphore, taken and given back a permit, and is now idle. */
static void idle_client(struct raw *raw)
{
	raw_user(raw, "one", 1);
	ck_assert_int_eq(raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_term(raw, 0, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
}

START_TEST(many_clients)
{
	struct raw first;
	idle_client(&first);
	int64_t before = scale_private_bytes();
	for (int i = 0; i < SCALE_CLIENTS; i++)
		idle_client(&clients[i]);
	int64_t each = (scale_private_bytes() - before) / SCALE_CLIENTS;
	fprintf(stderr, "an idle client costs %ld bytes\n", (long)each);
#ifndef SEMD_SANITIZED
	ck_assert_int_le(each, MOST_PER_CLIENT);
#endif

	/* All stand in one line at the same time, and are served in order. */
	ck_assert_int_eq(raw_term(&first, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	for (int i = 0; i < SCALE_CLIENTS; i++)
		raw_begin(&clients[i], WIRE_TERM_ACQUIRE, 1, -1);
	for (int i = 0; i < SCALE_CLIENTS; i++)
		ck_assert(raw_waits(&clients[i]));
	raw_leave(&first);
	for (int i = 0; i < SCALE_CLIENTS; i++) {
		ck_assert(raw_receive(&clients[i]));
		ck_assert_int_eq(clients[i].head.status, WIRE_OK);
		raw_leave(&clients[i]);
	}
}
END_TEST

static void name_of(char name[32], uint32_t i)
{
	snprintf(name, 32, "semaphore-%u", i);
}

START_TEST(many_semaphores)
{
	char name[32];
	struct raw raw;
	raw_connect(&raw, served.socket);
	for (uint32_t i = 0; i < SCALE_SEMAPHORES; i++) {
		name_of(name, i);
		ck_assert_int_eq(raw_create(&raw, i, name, 1), WIRE_OK);
	}
	for (uint32_t i = 0; i < SCALE_SEMAPHORES; i++)
		ck_assert_int_eq(raw_term(&raw, i, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);

	/* LIST shows each once. */
	struct list_request list = { .cursor = 0 };
	uint64_t rows = raw_count_opcode(WIRE_SEM);
	do {
		struct list_reply reply;
		ck_assert_int_eq(raw_ask_list(&raw, &list), WIRE_OK);
		ck_assert_int_eq(list_reply_decode(&reply, raw.frame, raw.size), 0);
		list.cursor = reply.next;
	} while (list.cursor != 0);
	ck_assert_uint_eq(raw_count_opcode(WIRE_SEM) - rows, SCALE_SEMAPHORES);

	/* All holds of a client are released together. */
	struct raw other;
	raw_connect(&other, served.socket);
	raw_leave(&raw);
	for (uint32_t i = 0; i < SCALE_SEMAPHORES; i++) {
		name_of(name, i);
		ck_assert_int_eq(raw_create(&other, i, name, 9), WIRE_OK);
		ck_assert_int_eq(raw_term(&other, i, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
		ck_assert_int_eq(raw_term(&other, i, WIRE_TERM_ACQUIRE, 1, 0), WIRE_EAGAIN);
	}
	raw_leave(&other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scale");
	TCase *many = suite_case(suite, "many");
	tcase_add_checked_fixture(many, many_begin, many_end);
	tcase_add_test(many, many_clients);
	tcase_add_test(many, many_semaphores);
	return suite_run(suite);
}
