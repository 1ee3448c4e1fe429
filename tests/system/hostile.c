/*
 * hostile.c - bytes that no library would send. Their sender gets END with a reason and is closed;
 * another client notices nothing.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdlib.h>
#include <string.h>

/* The other client: it holds the permit of "one" and a request of its own waits for it. */
static struct raw bystander;

static void bystander_begin(void)
{
	raw_user(&bystander, "one", 1);
	ck_assert_int_eq(raw_term(&bystander, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	raw_begin(&bystander, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&bystander));
}

static void bystander_noticed_nothing(void)
{
	ck_assert(raw_waits(&bystander));
	ck_assert_int_eq(raw_term(&bystander, 0, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
	raw_leave(&bystander);
}

/* The raw client must have got END with EPROTO and a reason, and be closed. */
static void is_ended(struct raw *raw, const char *what)
{
	struct end_event end = { .reason.size = 0 };
	bool told = false;
	while (raw_receive(raw)) {
		ck_assert_msg(!told, "%s: END was not the end", what);
		if (raw->head.opcode != WIRE_END)
			continue;
		told = true;
		ck_assert_int_eq(end_event_decode(&end, raw->frame, raw->size), 0);
		ck_assert_msg(end.head.status == WIRE_EPROTO, "%s: END says %s", what,
		              wire_status_name(end.head.status));
		ck_assert_msg(end.reason.size > 0, "%s: END gives no reason", what);
	}
	ck_assert_msg(told, "%s: closed without END", what);
	raw_close(raw);
}

/* ---- Malformed frames ------------------------------------------------------------------------ */

static void put(uint8_t *at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

enum { AT_LENGTH = 0, AT_OPCODE = 4, AT_STATUS = 6, AT_TAG = 8, AT_NUMBER = 16, AT_SEEN = 24 };

struct wrong_frame {
	const char *what;
	size_t at;
	size_t size;
	uint64_t value;
};

/*
 * Each is a change to a good OPEN with number 1: 32 bytes of head, 24 of numbers, 2 + 12 of name.
 */
static const struct wrong_frame wrong_frames[] = {
	{ "length 0", AT_LENGTH, 4, 0 },
	{ "length shorter than a head", AT_LENGTH, 4, WIRE_HEAD_SIZE - 1 },
	{ "length of a head alone", AT_LENGTH, 4, WIRE_HEAD_SIZE },
	{ "length one short", AT_LENGTH, 4, 69 },
	{ "length just over the limit", AT_LENGTH, 4, WIRE_MAX_REQUEST + 1 },
	{ "length enormous", AT_LENGTH, 4, UINT32_MAX },
	{ "opcode 0", AT_OPCODE, 2, 0 },
	{ "opcode of no request", AT_OPCODE, 2, WIRE_END - 1 },
	{ "opcode of an event", AT_OPCODE, 2, WIRE_END },
	{ "opcode 65535", AT_OPCODE, 2, UINT16_MAX },
	{ "opcode of another request", AT_OPCODE, 2, WIRE_QUERY },
	{ "flag that there is not", AT_STATUS, 2, WIRE_SHARED << 1 },
	{ "flag that there is not, beside one", AT_STATUS, 2, WIRE_SHARED | 0x8000 },
	{ "no number where one is due", AT_NUMBER, 8, 0 },
	{ "reply seen that was not sent", AT_SEEN, 8, 1000 },
	{ "name longer than the frame", WIRE_HEAD_SIZE + 24, 2, 200 },
	{ "name shorter than the frame", WIRE_HEAD_SIZE + 24, 2, 3 },
	{ "name over its limit", WIRE_HEAD_SIZE + 24, 2, UINT16_MAX },
};

START_TEST(wrong_in_itself)
{
	const struct wrong_frame *wrong = &wrong_frames[_i];
	uint8_t frame[WIRE_MAX_REQUEST];
	struct raw raw;
	struct open_request open = {
		.head.number = 1, .flags = WIRE_OPEN_CREATE, .name = raw_text("twelve bytes"),
	};
	bystander_begin();
	size_t size = open_request_encode(&open, frame, sizeof(frame));
	ck_assert_uint_eq(size, 70);
	put(frame + wrong->at, wrong->value, wrong->size);
	raw_connect(&raw, served.socket);
	raw_send(&raw, frame, size);
	is_ended(&raw, wrong->what);
	bystander_noticed_nothing();
}
END_TEST

/* ---- Frames that are malformed in their place ------------------------------------------------ */

static void say_ping_first(struct raw *raw)
{
	struct ping_request ping = { .head.tag = 0 };
	raw_open(raw, served.socket);
	raw_send_ping(raw, &ping);
}

static void say_hello_twice(struct raw *raw)
{
	struct hello_request hello = { .min_version = 1, .max_version = 1 };
	raw_connect(raw, served.socket);
	raw_send_hello(raw, &hello);
}

static void number_not_ascending(struct raw *raw)
{
	struct close_request close = { .handle = 0 };
	raw_user(raw, "own", 1);
	raw->number--;
	raw_send_close(raw, &close);
}

static void number_where_none_is_due(struct raw *raw)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct ping_request ping = { .head.number = 7 };
	raw_connect(raw, served.socket);
	raw_send(raw, frame, ping_request_encode(&ping, frame, sizeof(frame)));
}

static void number_on_the_last_word(struct raw *raw)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct leave_request leave = { .head.number = 7 };
	raw_connect(raw, served.socket);
	raw_send(raw, frame, leave_request_encode(&leave, frame, sizeof(frame)));
}

static void open_twice(struct raw *raw)
{
	struct open_request open = { .handle = 0, .name = raw_text("own") };
	raw_user(raw, "own", 1);
	raw_send_open(raw, &open);
}

static void skip_a_handle(struct raw *raw)
{
	struct open_request open = { .handle = 2, .name = raw_text("own") };
	raw_user(raw, "own", 1);
	raw_send_open(raw, &open);
}

static void name_an_unknown_handle(struct raw *raw)
{
	struct query_request query = { .handle = 1 };
	raw_user(raw, "own", 1);
	raw_send_query(raw, &query);
}

static void apply_to_an_unknown_handle(struct raw *raw)
{
	struct apply_request apply = { .terms = { 2, {
		{ 0, WIRE_TERM_ACQUIRE, 1 }, { 1, WIRE_TERM_ACQUIRE, 1 },
	} } };
	raw_user(raw, "own", 1);
	raw_send_apply(raw, &apply);
}

static void see_no_answers(struct raw *raw)
{
	raw_user(raw, "own", 1);
	raw->seen = 0;
	for (int i = 0; i <= WIRE_MAX_UNSEEN; i++)
		raw_begin(raw, WIRE_TERM_POST, 1, 0);
}

static const struct {
	const char *what;
	void (*say)(struct raw *raw);
} wrong_places[] = {
	{ "PING before HELLO", say_ping_first },
	{ "HELLO twice", say_hello_twice },
	{ "number that does not ascend", number_not_ascending },
	{ "number where none is due", number_where_none_is_due },
	{ "LEAVE with a number", number_on_the_last_word },
	{ "OPEN on an open handle", open_twice },
	{ "handle that leaves a gap", skip_a_handle },
	{ "QUERY on a handle never opened", name_an_unknown_handle },
	{ "APPLY to a handle never opened", apply_to_an_unknown_handle },
	{ "one answer too many unseen", see_no_answers },
};

START_TEST(wrong_where_it_stands)
{
	struct raw raw;
	bystander_begin();
	wrong_places[_i].say(&raw);
	is_ended(&raw, wrong_places[_i].what);
	bystander_noticed_nothing();
}
END_TEST

START_TEST(version_that_nobody_speaks)
{
	struct raw raw;
	struct hello_request hello = { .min_version = 1000, .max_version = 1001 };
	bystander_begin();
	raw_open(&raw, served.socket);
	raw_send_hello(&raw, &hello);
	is_ended(&raw, "version 1000");
	bystander_noticed_nothing();
}
END_TEST

/* ---- Streams that end or are split anywhere -------------------------------------------------- */

START_TEST(cut_anywhere)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct hello_request hello = {
		.min_version = 1, .max_version = 1, .command = raw_text("cut"),
	};
	size_t size = hello_request_encode(&hello, frame, sizeof(frame));
	bystander_begin();
	uint64_t hellos = raw_count_opcode(WIRE_HELLO);
	for (size_t sent = 0; sent < size; sent++) {
		struct raw raw;
		raw_open(&raw, served.socket);
		ck_assert(raw_send(&raw, frame, sent));
		raw_hear_out(&raw);
		ck_assert_msg(raw_count_opcode(WIRE_HELLO) == hellos,
		              "%zu of %zu bytes were a HELLO", sent, size);
		raw_close(&raw);
	}
	bystander_noticed_nothing();
}
END_TEST

START_TEST(one_byte_at_a_time)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	struct raw raw;
	struct ping_request ping = { .head.tag = 77 };
	size_t size = ping_request_encode(&ping, frame, sizeof(frame));
	raw_connect(&raw, served.socket);
	for (size_t i = 0; i < size; i++)
		ck_assert(raw_send(&raw, frame + i, 1));
	ck_assert_int_eq(raw_answer(&raw, 77), WIRE_OK);
	raw_leave(&raw);
}
END_TEST

/* ---- Random streams -------------------------------------------------------------------------- */

static uint64_t state;

static uint64_t any(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

static void seed(void)
{
	const char *given = getenv("SEMD_TEST_SEED");
	if (given)
		state = strtoull(given, NULL, 0);
	else
		support_random(&state, sizeof(state));
	fprintf(stderr, "SEMD_TEST_SEED=%llu\n", (unsigned long long)state);
	state |= 1;
}

START_TEST(random_bytes)
{
	enum { ROUNDS = 300 };
	bystander_begin();
	seed();
	for (int round = 0; round < ROUNDS; round++) {
		uint8_t bytes[256];
		struct raw raw;
		size_t size = (size_t)(1 + any(sizeof(bytes)));
		for (size_t i = 0; i < size; i++)
			bytes[i] = (uint8_t)any(256);
		if (any(2) == 0)
			raw_connect(&raw, served.socket);
		else
			raw_open(&raw, served.socket);
		raw_send(&raw, bytes, size);
		int status = raw_hear_out(&raw);
		ck_assert(status == -1 || status == WIRE_EPROTO);
		raw_close(&raw);
	}
	bystander_noticed_nothing();
}
END_TEST

/* A stream of good frames: opens, takes, waits, gives, lists and leaves. */
static size_t good_stream(uint8_t *out, size_t room)
{
	struct hello_request hello = { .min_version = 1, .max_version = 1 };
	struct open_request open = {
		.head.number = 1, .flags = WIRE_OPEN_CREATE, .initial = 3,
		.name = raw_text("spoiled"),
	};
	struct apply_request take = {
		.head.number = 2, .timeout = 1, .terms = { 2, {
			{ 0, WIRE_TERM_ACQUIRE, 1 }, { 0, WIRE_TERM_SETTLE, 1 },
		} },
	};
	struct query_request query = { .handle = 0 };
	struct show_request show = { .name = raw_text("spoiled") };
	struct set_request set = { .head.number = 3, .handle = 0, .total = 2 };
	struct leave_request leave = { .head.number = 0 };
	size_t size = hello_request_encode(&hello, out, room);
	size += open_request_encode(&open, out + size, room - size);
	size += apply_request_encode(&take, out + size, room - size);
	size += query_request_encode(&query, out + size, room - size);
	size += show_request_encode(&show, out + size, room - size);
	size += set_request_encode(&set, out + size, room - size);
	size += leave_request_encode(&leave, out + size, room - size);
	return size;
}

START_TEST(good_bytes_spoiled)
{
	enum { ROUNDS = 2000 };
	bystander_begin();
	seed();
	for (int round = 0; round < ROUNDS; round++) {
		uint8_t bytes[4096];
		struct raw raw;
		size_t size = good_stream(bytes, sizeof(bytes));
		for (uint64_t spoiled = any(4); spoiled > 0; spoiled--)
			bytes[any(size)] = (uint8_t)any(256);
		raw_open(&raw, served.socket);
		raw_send(&raw, bytes, size);
		raw_hear_out(&raw);
		raw_close(&raw);
	}
	bystander_noticed_nothing();
}
END_TEST

/* ---- Many requests on several connections, and an end of their process among them ------------ */

enum { STREAMS = 3, STREAM_ROOM = 160 * 1024 };

/* As many requests for pages of all kinds as fit. */
static size_t pages(uint8_t *out, size_t room)
{
	const struct list_request list = { .cursor = 0 };
	const struct show_request show = { .name = raw_text("one") };
	const struct clients_request clients = { .cursor = 0 };
	size_t size = 0;
	while (room - size >= 3 * WIRE_MAX_REQUEST) {
		size += list_request_encode(&list, out + size, room - size);
		size += show_request_encode(&show, out + size, room - size);
		size += clients_request_encode(&clients, out + size, room - size);
	}
	return size;
}

/* The daemon sends one page of each connection in a turn, and looks for ends before each. */
static int ask_much_and_die(void *arg, support_descriptor link)
{
	static uint8_t bytes[STREAM_ROOM];
	struct raw raw[STREAMS];
	const size_t *room = arg;
	size_t size = pages(bytes, *room);
	(void)link;
	for (int i = 0; i < STREAMS; i++)
		raw_connect(&raw[i], served.socket);
	for (int i = 0; i < STREAMS; i++)
		raw_send(&raw[i], bytes, size);
	process_die();
}

START_TEST(ends_while_its_requests_are_served)
{
	enum { ROUNDS = 40 };
	bystander_begin();
	for (int round = 0; round < ROUNDS; round++) {
		struct process hostile;
		/* From a few requests to more than one read and more than one turn. */
		size_t room = 16 * 1024 + (size_t)round * (STREAM_ROOM - 16 * 1024) / ROUNDS;
		process_fork(&hostile, ask_much_and_die, &room, sizeof(room));
		ck_assert_int_eq(process_await(&hostile), PROCESS_KILLED);
		process_end(&hostile);
	}
	bystander_noticed_nothing();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hostile");
	TCase *wrong = served_case(suite, "wrong");
	tcase_add_loop_test(wrong, wrong_in_itself, 0,
	                    sizeof(wrong_frames) / sizeof(wrong_frames[0]));
	tcase_add_loop_test(wrong, wrong_where_it_stands, 0,
	                    sizeof(wrong_places) / sizeof(wrong_places[0]));
	tcase_add_test(wrong, version_that_nobody_speaks);
	TCase *streams = served_case(suite, "streams");
	tcase_add_test(streams, cut_anywhere);
	tcase_add_test(streams, one_byte_at_a_time);
	tcase_add_test(streams, random_bytes);
	tcase_add_test(streams, good_bytes_spoiled);
	TCase *ends = served_case(suite, "ends");
	tcase_add_test(ends, ends_while_its_requests_are_served);
	return suite_run(suite);
}
