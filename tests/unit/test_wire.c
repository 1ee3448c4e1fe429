/*
 * test_wire.c - the codec by itself: decoding returns what was encoded, and anything but exactly
 * one message within the limits is refused.
 */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/suite.h"
#include "tests/unit/message.h"

enum { ROUNDS = 500, CUT_ROUNDS = 20 };

static uint64_t seed;

/* A copy of exactly the frame's size, so that sanitizers and valgrind see a read beyond it. */
static uint8_t *copy_frame(const uint8_t *frame, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);
	ck_assert_ptr_nonnull(copy);
	memcpy(copy, frame, size);
	return copy;
}

/* The tests that are the same for each struct of the schema. */
#define DEFINE(type, WIRE_OPCODE, is_lenient) \
	static int decode_copy_##type(const uint8_t *frame, size_t size) \
	{ \
		struct type got; \
		uint8_t *copy = copy_frame(frame, size); \
		int result = type##_decode(&got, copy, size); \
		free(copy); \
		return result; \
	} \
	static size_t random_frame_##type(struct random *random, struct type *message, \
	                                  uint8_t *frame) \
	{ \
		type##_random(random, message); \
		size_t size = type##_encode(message, frame, WIRE_MAX_REPLY); \
		ck_assert_uint_ge(size, WIRE_HEAD_SIZE); \
		return size; \
	} \
	static void round_trip_##type(struct random *random) \
	{ \
		struct type message, got; \
		uint8_t frame[WIRE_MAX_REPLY]; \
		size_t size = random_frame_##type(random, &message, frame); \
		ck_assert_int_eq(type##_decode(&got, frame, size), 0); \
		ck_assert_msg(type##_same(&message, &got), #type); \
		ck_assert_uint_eq(got.head.opcode, WIRE_OPCODE); \
		ck_assert_uint_eq(got.head.length, size); \
		ck_assert_uint_eq(wire_length(frame), size); \
		ck_assert_uint_eq(type##_encode(&message, frame, size), size); \
		ck_assert_uint_eq(type##_encode(&message, frame, size - 1), 0); \
	} \
	static void cut_##type(struct random *random) \
	{ \
		struct type message; \
		uint8_t frame[WIRE_MAX_REPLY]; \
		size_t size = random_frame_##type(random, &message, frame); \
		for (size_t cut = 0; cut < size; cut++) { \
			wire_set_length(frame, (uint32_t)size); \
			ck_assert_msg(decode_copy_##type(frame, cut) < 0, #type " cut to %zu", \
			              cut); \
			wire_set_length(frame, (uint32_t)cut); \
			ck_assert_msg(decode_copy_##type(frame, cut) < 0, #type " cut to %zu", \
			              cut); \
		} \
		wire_set_length(frame, (uint32_t)size + 1); \
		ck_assert_msg(decode_copy_##type(frame, size) < 0, #type " said to be longer"); \
		frame[size] = 0; \
		ck_assert_msg((decode_copy_##type(frame, size + 1) == 0) == is_lenient, \
		              #type " with more after it"); \
	} \
	static void other_opcode_##type(struct random *random) \
	{ \
		struct type message; \
		uint8_t frame[WIRE_MAX_REPLY]; \
		size_t size = random_frame_##type(random, &message, frame); \
		frame[4] ^= 0x80; \
		ck_assert_msg(decode_copy_##type(frame, size) < 0, #type " of another opcode"); \
		frame[4] ^= 0x80; \
		frame[5] ^= 1; \
		ck_assert_msg(decode_copy_##type(frame, size) < 0, #type " of another opcode"); \
	}
#define DEFINE_BOTH(NAME, name, value, ...) \
	DEFINE(name##_request, WIRE_##NAME, false) DEFINE(name##_reply, WIRE_##NAME, true)
#define DEFINE_EVENT(NAME, name, value) DEFINE(name##_event, WIRE_##NAME, true)
WIRE_MESSAGES(DEFINE_BOTH)
WIRE_EVENTS(DEFINE_EVENT)

START_TEST(what_goes_in_comes_out)
{
	struct random random = { seed };
	for (int i = 0; i < ROUNDS; i++) {
#define BOTH(NAME, name, value, ...) \
		round_trip_##name##_request(&random); \
		round_trip_##name##_reply(&random);
#define EVENT(NAME, name, value) round_trip_##name##_event(&random);
		WIRE_MESSAGES(BOTH)
		WIRE_EVENTS(EVENT)
#undef BOTH
#undef EVENT
	}
}
END_TEST

START_TEST(a_frame_of_another_length_is_refused)
{
	struct random random = { seed };
	for (int i = 0; i < CUT_ROUNDS; i++) {
#define BOTH(NAME, name, value, ...) cut_##name##_request(&random); cut_##name##_reply(&random);
#define EVENT(NAME, name, value) cut_##name##_event(&random);
		WIRE_MESSAGES(BOTH)
		WIRE_EVENTS(EVENT)
#undef BOTH
#undef EVENT
	}
}
END_TEST

START_TEST(a_frame_of_another_opcode_is_refused)
{
	struct random random = { seed };
#define BOTH(NAME, name, value, ...) \
	other_opcode_##name##_request(&random); \
	other_opcode_##name##_reply(&random);
#define EVENT(NAME, name, value) other_opcode_##name##_event(&random);
	WIRE_MESSAGES(BOTH)
	WIRE_EVENTS(EVENT)
#undef BOTH
#undef EVENT
}
END_TEST

START_TEST(a_request_has_only_known_flags)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	struct ping_request ping = { .head = { .tag = 1 } }, got;
	ck_assert_uint_eq(ping_request_encode(&ping, frame, sizeof(frame)), sizeof(frame));
	ck_assert_int_eq(ping_request_decode(&got, frame, sizeof(frame)), 0);
	for (int bit = 0; bit < 16; bit++) {
		uint16_t flag = (uint16_t)(1u << bit);
		frame[6] = (uint8_t)flag;
		frame[7] = (uint8_t)(flag >> 8);
		ck_assert_int_eq(ping_request_decode(&got, frame, sizeof(frame)),
		                 flag == WIRE_SHARED ? 0 : -1);
		ck_assert_uint_eq(got.head.status, flag);
	}
}
END_TEST

START_TEST(a_head_is_stamped_with_all_but_its_length_and_opcode)
{
	uint8_t frame[WIRE_HEAD_SIZE];
	struct ping_request ping = { .head = { .tag = 1 } }, got;
	ck_assert_uint_eq(ping_request_encode(&ping, frame, sizeof(frame)), sizeof(frame));
	wire_head_stamp(frame, WIRE_SHARED, 2, 3, 4);
	ck_assert_int_eq(ping_request_decode(&got, frame, sizeof(frame)), 0);
	ck_assert_uint_eq(got.head.status, WIRE_SHARED);
	ck_assert_uint_eq(got.head.tag, 2);
	ck_assert_uint_eq(got.head.number, 3);
	ck_assert_uint_eq(got.head.seen, 4);
}
END_TEST

START_TEST(a_refusal_is_a_head_alone)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct query_reply reply = {
		.head = { .status = WIRE_EREMOVED, .tag = 7, .number = 8, .request = 9 },
		.id = 1,
		.name = { "gpu", 3 }
	};
	struct query_reply got = { .id = 5, .name = { "x", 1 } };
	ck_assert_uint_eq(query_reply_encode(&reply, frame, sizeof(frame)), WIRE_HEAD_SIZE);
	ck_assert_int_eq(query_reply_decode(&got, frame, WIRE_HEAD_SIZE), 0);
	ck_assert_uint_eq(got.head.status, WIRE_EREMOVED);
	ck_assert_uint_eq(got.head.tag, 7);
	ck_assert_uint_eq(got.head.number, 8);
	ck_assert_uint_eq(got.head.request, 9);
	ck_assert_uint_eq(got.id, 0);
	ck_assert_uint_eq(got.name.size, 0);
	struct wire_head head = got.head;
	uint8_t same[WIRE_HEAD_SIZE];
	ck_assert_uint_eq(wire_head_encode(&head, same, sizeof(same)), sizeof(same));
	ck_assert_mem_eq(frame, same, sizeof(same));
	ck_assert_uint_eq(wire_head_encode(&head, same, sizeof(same) - 1), 0);
	wire_set_length(frame, WIRE_HEAD_SIZE + 1);
	ck_assert_int_eq(query_reply_decode(&got, frame, WIRE_HEAD_SIZE + 1), 0);
}
END_TEST

START_TEST(a_refused_end_has_its_reason)
{
	uint8_t frame[WIRE_MAX_REPLY];
	struct end_event end = { .head = { .status = WIRE_EQUOTA }, .reason = { "full", 4 } }, got;
	size_t size = end_event_encode(&end, frame, sizeof(frame));
	ck_assert_uint_eq(size, WIRE_HEAD_SIZE + 4 + 4 + 2 + 4);
	ck_assert_int_eq(end_event_decode(&got, frame, size), 0);
	ck_assert(end_event_same(&end, &got));
}
END_TEST

START_TEST(a_text_has_its_limit)
{
	char text[WIRE_MAX_TEXT + 1];
	uint8_t frame[WIRE_MAX_REPLY];
	memset(text, 'x', sizeof(text));
	struct label_request label = { .command = { text, WIRE_MAX_TEXT } }, got;
	size_t size = label_request_encode(&label, frame, sizeof(frame));
	ck_assert_uint_eq(size, WIRE_HEAD_SIZE + 2 + WIRE_MAX_TEXT);
	ck_assert_int_eq(label_request_decode(&got, frame, size), 0);
	ck_assert(label_request_same(&label, &got));
	label.command.size++;
	ck_assert_uint_eq(label_request_encode(&label, frame, sizeof(frame)), 0);
	wire_set_length(frame, (uint32_t)size + 1);
	frame[WIRE_HEAD_SIZE] = 0;
	frame[WIRE_HEAD_SIZE + 1] = 1;
	frame[size] = 'x';
	ck_assert_int_eq(label_request_decode(&got, frame, size + 1), -1);
}
END_TEST

START_TEST(a_vector_has_its_limit)
{
	uint8_t frame[WIRE_MAX_REPLY] = { 0 };
	struct apply_request apply = { .timeout = -1, .terms = { .count = WIRE_MAX_TERMS } }, got;
	for (uint32_t i = 0; i < WIRE_MAX_TERMS; i++)
		apply.terms.term[i] = (struct wire_term){ i, i + 100, i + 200 };
	size_t size = apply_request_encode(&apply, frame, sizeof(frame));
	ck_assert_uint_eq(size, WIRE_HEAD_SIZE + 8 + 4 + WIRE_MAX_TERMS * 12);
	ck_assert_int_eq(apply_request_decode(&got, frame, size), 0);
	ck_assert(apply_request_same(&apply, &got));
	apply.terms.count++;
	ck_assert_uint_eq(apply_request_encode(&apply, frame, sizeof(frame)), 0);
	wire_set_length(frame, (uint32_t)size + 12);
	frame[WIRE_HEAD_SIZE + 8] = WIRE_MAX_TERMS + 1;
	ck_assert_int_eq(apply_request_decode(&got, frame, size + 12), -1);
}
END_TEST

/* A count that would wrap around when multiplied by the size of a term. */
START_TEST(a_huge_count_is_refused)
{
	uint8_t frame[WIRE_HEAD_SIZE + 12] = { 0 };
	struct apply_request apply = { .timeout = 0 }, got;
	ck_assert_uint_eq(apply_request_encode(&apply, frame, sizeof(frame)), sizeof(frame));
	memcpy(frame + WIRE_HEAD_SIZE + 8, "\x00\x00\x00\x40", 4);
	ck_assert_int_eq(apply_request_decode(&got, frame, sizeof(frame)), -1);
	memcpy(frame + WIRE_HEAD_SIZE + 8, "\xff\xff\xff\xff", 4);
	ck_assert_int_eq(apply_request_decode(&got, frame, sizeof(frame)), -1);
}
END_TEST

START_TEST(every_number_has_its_name)
{
#define STATUS(NAME, value, text) \
	ck_assert_str_eq(wire_status_name(value), #NAME); \
	ck_assert_str_eq(wire_status_text(value), text);
#define MESSAGE(NAME, name, value, ...) ck_assert_str_eq(wire_opcode_name(value), #NAME);
#define EVENT(NAME, name, value) ck_assert_str_eq(wire_opcode_name(value), #NAME);
	WIRE_STATUSES(STATUS)
	WIRE_MESSAGES(MESSAGE)
	WIRE_EVENTS(EVENT)
#undef STATUS
#undef MESSAGE
#undef EVENT
	ck_assert_ptr_null(wire_status_name(WIRE_STATUS_COUNT));
	ck_assert_ptr_null(wire_status_text(WIRE_STATUS_COUNT));
	ck_assert_ptr_null(wire_opcode_name(0));
	ck_assert_ptr_null(wire_opcode_name(UINT16_MAX));
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("wire");
	TCase *trips = suite_case(s, "round trips");
	tcase_add_test(trips, what_goes_in_comes_out);
	tcase_add_test(trips, a_refusal_is_a_head_alone);
	tcase_add_test(trips, a_refused_end_has_its_reason);
	tcase_add_test(trips, every_number_has_its_name);
	TCase *refused = suite_case(s, "refused");
	tcase_add_test(refused, a_frame_of_another_length_is_refused);
	tcase_add_test(refused, a_frame_of_another_opcode_is_refused);
	tcase_add_test(refused, a_request_has_only_known_flags);
	tcase_add_test(refused, a_head_is_stamped_with_all_but_its_length_and_opcode);
	tcase_add_test(refused, a_text_has_its_limit);
	tcase_add_test(refused, a_vector_has_its_limit);
	tcase_add_test(refused, a_huge_count_is_refused);
	return s;
}

int main(void)
{
	const char *given = getenv("SEMD_TEST_SEED");
	seed = (uint64_t)time(NULL);
	if (given)
		seed = strtoull(given, NULL, 0);
	fprintf(stderr, "SEMD_TEST_SEED=%" PRIu64 "\n", seed);
	return suite_run(suite());
}
