/*
 * coverage.c - every request with its reply, every event and every status must be produced by the
 * running daemon and seen on the wire. EINTR comes only from the library and is seen as its result.
 *
 * A producer fails if it does not produce its message.
 */
#include "config.h"

#include "tests/system/coverage.h"

static const struct {
	unsigned opcode;
	int (*produce)(struct raw *raw);
} requests[] = {
#define REQUEST(NAME, name, number, ...) { WIRE_##NAME, request_##name },
	WIRE_MESSAGES(REQUEST)
#undef REQUEST
};

START_TEST(request_has_its_reply)
{
	struct raw raw;
	uint64_t before = raw_count_opcode(requests[_i].opcode);
	ck_assert_int_eq(requests[_i].produce(&raw), WIRE_OK);
	ck_assert_uint_gt(raw_count_opcode(requests[_i].opcode), before);
	raw_leave(&raw);
}
END_TEST

static const struct {
	unsigned opcode;
	void (*produce)(struct raw *raw);
} events[] = {
#define EVENT(NAME, name, number) { WIRE_##NAME, event_##name },
	WIRE_EVENTS(EVENT)
#undef EVENT
};

START_TEST(event_is_seen)
{
	struct raw raw;
	uint64_t before = raw_count_opcode(events[_i].opcode);
	events[_i].produce(&raw);
	ck_assert_uint_gt(raw_count_opcode(events[_i].opcode), before);
	raw_leave(&raw);
}
END_TEST

static const struct {
	int status;
	int (*produce)(void);
} statuses[] = {
#define STATUS(NAME, number, text) { number, status_##NAME },
	WIRE_STATUSES(STATUS)
#undef STATUS
};

START_TEST(status_is_seen)
{
	int wanted = statuses[_i].status;
	uint64_t before = raw_count_status((unsigned)wanted);
	int result = statuses[_i].produce();
	ck_assert_msg(raw_count_status((unsigned)wanted) > before ||
	              (wanted != 0 && result == -wanted),
	              "%s was not produced", wire_status_name((unsigned)wanted));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("coverage");
	TCase *messages = served_case(suite, "messages");
	tcase_add_loop_test(messages, request_has_its_reply, 0,
	                    sizeof(requests) / sizeof(requests[0]));
	tcase_add_loop_test(messages, event_is_seen, 0, sizeof(events) / sizeof(events[0]));
	TCase *results = served_case(suite, "statuses");
	tcase_add_loop_test(results, status_is_seen, 0, sizeof(statuses) / sizeof(statuses[0]));
	return suite_run(suite);
}
