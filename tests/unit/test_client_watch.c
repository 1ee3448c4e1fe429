/*
 * test_client_watch.c - semd_watch with a peer that answers as a daemon rarely does.
 */
#include "config.h"

#include <string.h>

#include "client/semd.h"
#include "tests/support/suite.h"
#include "tests/unit/peer.h"

static struct peer peer;
static struct semd_client *client;
static uint64_t cursor;
static int sems;

static int see_sem(void *arg, const struct semd_info *info)
{
	(void)arg;
	ck_assert_str_eq(info->name, "sem");
	sems++;
	return 0;
}

static const struct semd_watch_rows rows = { .sem = see_sem };

/* Returns the result of semd_watch with that peer. */
static int watch(int64_t timeout, void (*script)(struct peer *peer))
{
	peer_start(&peer, script);
	ck_assert(semd_connect(peer.path, 0, &client) == 0);
	cursor = 3;
	sems = 0;
	int result = semd_watch(client, &cursor, timeout, &rows, NULL);
	semd_disconnect(client);
	peer_stop(&peer);
	return result;
}

/* ---- What the peer says ---------------------------------------------------------------------- */

static struct watch_request expect_watch(struct peer *self, uint64_t from)
{
	struct watch_request request;
	peer_expect(self, WIRE_WATCH);
	if (watch_request_decode(&request, self->frame, self->size) != 0 || request.cursor != from)
		support_die("the WATCH has another cursor than %llu", (unsigned long long)from);
	return request;
}

static void say_sem(struct peer *self, const struct watch_request *to)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct sem_event row = { .head.tag = to->head.tag, .name = { "sem", 3 } };
	peer_send(self, frame, sem_event_encode(&row, frame, sizeof(frame)));
}

static void say_end(struct peer *self, const struct watch_request *to, uint64_t next, uint32_t more)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct watch_reply reply = {
		.head = { .tag = to->head.tag, .number = ++self->replies },
		.next = next, .more = more,
	};
	peer_send(self, frame, watch_reply_encode(&reply, frame, sizeof(frame)));
}

/* ---- Pages ----------------------------------------------------------------------------------- */

static void say_a_page_later(struct peer *self)
{
	struct watch_request request = expect_watch(self, 3);
	say_end(self, &request, 5, 1);
	request = expect_watch(self, 5);
	if (request.timeout != -1)
		support_die("the time-out has changed");
	say_sem(self, &request);
	say_end(self, &request, 9, 0);
	peer_drain(self);
}

START_TEST(pages_of_nothing_are_passed_over)
{
	ck_assert_int_eq(watch(SEMD_FOREVER, say_a_page_later), 0);
	ck_assert_int_eq(sems, 1);
	ck_assert_uint_eq(cursor, 9);
}
END_TEST

static void say_nothing_twice(struct peer *self)
{
	struct watch_request request = expect_watch(self, 3);
	int64_t timeout = request.timeout;
	say_end(self, &request, 5, 1);
	request = expect_watch(self, 5);
	if (request.timeout < 0 || request.timeout >= timeout)
		support_die("the time-out has not become shorter");
	say_end(self, &request, 7, 0);
	peer_drain(self);
}

START_TEST(time_is_counted_over_all_pages)
{
	ck_assert_int_eq(watch(INT64_C(1000000000000), say_nothing_twice), SEMD_ETIMEDOUT);
	ck_assert_uint_eq(cursor, 7);
}
END_TEST

/* ---- What the peer should not say ------------------------------------------------------------ */

static void refuse(struct peer *self)
{
	const struct watch_request request = expect_watch(self, 3);
	peer_answer(self, &request.head, WIRE_EQUOTA);
	peer_drain(self);
}

START_TEST(refused)
{
	ck_assert_int_eq(watch(SEMD_FOREVER, refuse), SEMD_EQUOTA);
	ck_assert_uint_eq(cursor, 3);
}
END_TEST

static void say_an_unknown_row(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct watch_request request = expect_watch(self, 3);
	const struct wire_head row = { .opcode = WIRE_END + 100, .tag = request.head.tag };
	peer_send(self, frame, wire_head_encode(&row, frame, sizeof(frame)));
	say_sem(self, &request);
	say_end(self, &request, 9, 0);
	peer_drain(self);
}

START_TEST(rows_of_later_releases)
{
	ck_assert_int_eq(watch(SEMD_FOREVER, say_an_unknown_row), 0);
	ck_assert_int_eq(sems, 1);
	ck_assert_uint_eq(cursor, 9);
}
END_TEST

static unsigned broken;		/* the opcode of the row sent without fields */

static void say_a_broken_row(struct peer *self)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	const struct watch_request request = expect_watch(self, 3);
	const struct wire_head row = { .opcode = (uint16_t)broken, .tag = request.head.tag };
	peer_send(self, frame, wire_head_encode(&row, frame, sizeof(frame)));
	say_end(self, &request, 9, 0);
	peer_drain(self);
}

START_TEST(rows_that_are_none)
{
	broken = WIRE_SEM;
	ck_assert_int_eq(watch(SEMD_FOREVER, say_a_broken_row), SEMD_EPROTO);
	broken = WIRE_GONE;
	ck_assert_int_eq(watch(SEMD_FOREVER, say_a_broken_row), SEMD_EPROTO);
	ck_assert_uint_eq(cursor, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_watch");
	TCase *pages = suite_case(suite, "pages");
	tcase_add_test(pages, pages_of_nothing_are_passed_over);
	tcase_add_test(pages, time_is_counted_over_all_pages);
	TCase *faults = suite_case(suite, "faults");
	tcase_add_test(faults, refused);
	tcase_add_test(faults, rows_of_later_releases);
	tcase_add_test(faults, rows_that_are_none);
	return suite_run(suite);
}
