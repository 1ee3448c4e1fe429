/*
 * test_connection_unix.c - a process ends while its connections are in each of their states, with
 * any amount of its requests read, kept and queued. All requests that it had sent whole are carried
 * out and no others, and only a bounded amount in one turn. A client that does not read is not
 * served until it does.
 */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/world_unix.h"

enum { DYING, ASKING, BUSY };			/* processes */
enum { STREAM_ROOM = 256 * 1024, MOST = 3, DRAIN_A_TURN = 64 * 1024, MANY_TURNS = 20000 };

static struct stream {
	size_t size;
	uint8_t bytes[STREAM_ROOM];
} lists, posts, waits, grants;

/* HELLO and OPEN, then posts, with `pages` requests for a page before each. */
static void fill(struct stream *stream, unsigned pages)
{
	struct open_request open = {
		.head = { .number = 1, .seen = 1 }, .flags = WIRE_OPEN_CREATE,
		.name = { "posted", 6 },
	};
	struct apply_request post = { .terms = { 1, { { 0, WIRE_TERM_POST, 1 } } } };
	struct list_request list = { .cursor = 0 };
	uint8_t *out = stream->bytes;
	uint64_t seen = 2;
	out += world_put_hello(out);
	out += open_request_encode(&open, out, WIRE_MAX_REQUEST);
	while (stream->bytes + STREAM_ROOM - out > 2 * WIRE_MAX_REQUEST) {
		for (unsigned i = 0; i < pages; i++) {
			list.head.seen = seen++;
			out += list_request_encode(&list, out, WIRE_MAX_REQUEST);
		}
		post.head.number = post.head.seen = seen++;
		out += apply_request_encode(&post, out, WIRE_MAX_REQUEST);
	}
	stream->size = (size_t)(out - stream->bytes);
}

/* More requests that wait than answers of that many bytes may be kept. */
enum { LEAST_UNSENT = 128 * 1024, WAITS = LEAST_UNSENT / WIRE_HEAD_SIZE + 1 };
static const char *const least_unsent[] = { "--max-unsent", "131072", NULL };

static uint8_t *put_open(uint8_t *out)
{
	struct open_request open = {
		.head = { .number = 1 }, .flags = WIRE_OPEN_CREATE, .name = { "awaited", 7 },
	};
	out += world_put_hello(out);
	return out + open_request_encode(&open, out, WIRE_MAX_REQUEST);
}

static void fill_waits(struct stream *stream)
{
	struct apply_request wait = { .timeout = -1, .terms = { 1, { { 0, WIRE_TERM_ACQUIRE, 1 } } } };
	uint8_t *out = put_open(stream->bytes);
	for (unsigned i = 0; i < WAITS; i++) {
		wait.head.number = i + 2;
		out += apply_request_encode(&wait, out, WIRE_MAX_REQUEST);
	}
	stream->size = (size_t)(out - stream->bytes);
}

/* All of them are granted in one step. Before it and after it are requests for which ends are looked for. */
static void fill_grants(struct stream *stream)
{
	struct apply_request post = {
		.head.number = 2, .terms = { 1, { { 0, WIRE_TERM_POST, WAITS } } },
	};
	struct query_request query = { .handle = 0 };
	uint8_t *out = put_open(stream->bytes);
	out += apply_request_encode(&post, out, WIRE_MAX_REQUEST);
	for (int i = 0; i < 4; i++)
		out += query_request_encode(&query, out, WIRE_MAX_REQUEST);
	stream->size = (size_t)(out - stream->bytes);
}

static void play_nothing(void *arg)
{
	(void)arg;
}

/* The first loop of a process opens descriptors that stay. */
static void begin(void)
{
	fill(&lists, 1);
	fill(&posts, 0);
	fill_waits(&waits);
	fill_grants(&grants);
	world_run(NULL, play_nothing, NULL);
}

static uint64_t count_whole(const struct stream *stream, size_t size)
{
	uint64_t count = 0;
	for (size_t at = 0; at + 4 <= size && at + wire_length(stream->bytes + at) <= size;
	     at += wire_length(stream->bytes + at))
		count++;
	return count;
}

/* ---- Playing a scene ------------------------------------------------------------------------- */

static int clients[MOST + 1];
static size_t client_count;
static uint64_t expected;	/* requests sent whole */

/* Connects and sends as much of `size` bytes as fits. */
static void speak(unsigned process, struct stream *stream, size_t size)
{
	int client = world_connect(process);
	world_put_hello(stream->bytes);
	clients[client_count++] = client;
	expected += count_whole(stream, world_send(client, stream->bytes, size));
}

static struct connection *in_state(enum connection_state state)
{
	struct connection *connection;
	TAILQ_FOREACH(connection, &world_server.connections.all, all) {
		if (connection->state == state)
			return connection;
	}
	return NULL;
}

/* HELLO, OPEN, and then requests that wait. */
static void speak_waits(unsigned process)
{
	int client = world_connect(process);
	clients[client_count++] = client;
	for (size_t sent = 0; sent < waits.size; world_turn())
		sent += world_send(client, waits.bytes + sent, waits.size - sent);
	for (int i = 0; i < MANY_TURNS && world_server.requests < WAITS + 2; i++)
		world_turn();
	ck_assert_uint_eq(world_server.requests, WAITS + 2);
}

static unsigned count_connections(void)
{
	unsigned count = 0;
	struct connection *connection;
	TAILQ_FOREACH(connection, &world_server.connections.all, all)
		count++;
	return count;
}

static void turn_until(enum connection_state state)
{
	for (int i = 0; i < MANY_TURNS && !in_state(state); i++)
		world_turn();
	ck_assert_msg(in_state(state), "no connection came into state %d", (int)state);
}

static void turn_until_all_are_gone(void)
{
	for (int i = 0; i < MANY_TURNS && !TAILQ_EMPTY(&world_server.connections.all); i++) {
		world_turn();
		world_tell_ends();
	}
	ck_assert(TAILQ_EMPTY(&world_server.connections.all));
	ck_assert_uint_eq(world_server.requests, expected);
}

static void play_all(const char *const *options, void (*play)(void *arg), void *arg)
{
	client_count = 0;
	expected = 0;
	world_run(options, play, arg);
	while (client_count > 0) {
		if (clients[--client_count] >= 0)
			close(clients[client_count]);
	}
}

/* From 0 to more than one read takes in, and more than one turn carries out. */
static const size_t sizes[] = {
	0, 1, 31, 90, 200, 4095, 4096, 4097, 5000, 8192, 65535, 65536, 65537, 69631, 69632, 69633,
	100000, 131072, 200000, 240000,
};
enum { SIZES = sizeof(sizes) / sizeof(sizes[0]) };

/* ---- Ends ------------------------------------------------------------------------------------ */

struct end {
	size_t size, connections;
	unsigned looks;		/* 0: the end is told between two turns */
};

static void end_while_reading(void *arg)
{
	const struct end *end = arg;
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &posts, end->size);
	world_turn();
	world_end(DYING, 0);
	turn_until_all_are_gone();
}

static void end_while_resting(void *arg)
{
	const struct end *end = arg;
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &lists, end->size);
	turn_until(CONNECTION_RESTING);
	world_end(DYING, end->looks);
	turn_until_all_are_gone();
}

/* Another process has ended, with more requests than one turn may carry out. */
static void end_while_parked(void *arg)
{
	const struct end *end = arg;
	speak(BUSY, &posts, STREAM_ROOM);
	world_turn();
	world_end(BUSY, 0);
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &lists, end->size);
	turn_until(CONNECTION_PARKED);
	world_end(DYING, end->looks);
	turn_until_all_are_gone();
}

static void end_while_full(void *arg)
{
	const struct end *end = arg;
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &lists, end->size);
	turn_until(CONNECTION_FULL);
	world_end(DYING, end->looks);
	turn_until_all_are_gone();
}

/* More connections of the process are accepted while its requests are carried out. */
static void end_while_frozen(void *arg)
{
	const struct end *end = arg;
	speak(DYING, &posts, STREAM_ROOM);
	world_turn();
	world_end(DYING, 0);
	world_tell_ends();
	turn_until(CONNECTION_FROZEN);
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &lists, end->size);
	turn_until_all_are_gone();
}

/*
 * Granted at once, the requests of a connection have more answers than may be kept. It fails in the
 * midst of a turn in which more ends are looked for.
 */
static void end_while_failed(void *arg)
{
	const unsigned *looks = arg;
	speak_waits(DYING);
	clients[client_count++] = world_connect(ASKING);
	world_send(clients[1], grants.bytes, grants.size);
	world_end(DYING, *looks);
	world_turn();
	world_turn();
	ck_assert(world_has_ended(DYING) || count_connections() == 1);
	close(clients[1]);
	clients[1] = -1;
	for (int i = 0; i < MANY_TURNS && !TAILQ_EMPTY(&world_server.connections.all); i++)
		world_turn();
	ck_assert(world_is_settled());
	ck_assert(TAILQ_EMPTY(&world_server.connections.all));
}

/* A parked connection goes on, finds another end, and parks again. */
static void end_found_by_parked(void *arg)
{
	(void)arg;
	speak(DYING, &posts, 1000);
	speak(BUSY, &posts, STREAM_ROOM);
	world_turn();
	world_end(BUSY, 0);
	speak(ASKING, &lists, 1000);
	turn_until(CONNECTION_PARKED);
	world_end(DYING, 0);
	for (int i = 0; i < MANY_TURNS && world_server.requests < expected; i++)
		world_turn();
	ck_assert_uint_eq(world_server.requests, expected);
	ck_assert(world_is_settled());
	close(clients[client_count - 1]);
	clients[client_count - 1] = -1;
	turn_until_all_are_gone();
}

static void try_all(const char *const *options, void (*play)(void *arg), size_t least)
{
	for (size_t i = 0; i < SIZES; i++) {
		if (sizes[i] < least)
			continue;
		for (size_t connections = 1; connections <= MOST; connections++) {
			for (unsigned looks = 0; looks <= 4; looks++) {
				struct end end = { sizes[i], connections, looks };
				play_all(options, play, &end);
			}
		}
	}
}

START_TEST(while_reading)
{
	try_all(NULL, end_while_reading, 0);
}
END_TEST

START_TEST(while_resting)
{
	try_all(NULL, end_while_resting, 4095);
}
END_TEST

START_TEST(while_full)
{
	try_all(least_unsent, end_while_full, 65535);
}
END_TEST

START_TEST(while_parked)
{
	try_all(NULL, end_while_parked, 200);
}
END_TEST

START_TEST(while_frozen)
{
	try_all(NULL, end_while_frozen, 0);
}
END_TEST

START_TEST(while_failed)
{
	for (unsigned looks = 0; looks <= 8; looks++)
		play_all(least_unsent, end_while_failed, &looks);
}
END_TEST

START_TEST(found_by_parked)
{
	play_all(NULL, end_found_by_parked, NULL);
}
END_TEST

/* ---- Other ends, and the bound of a turn ----------------------------------------------------- */

/* The daemon ends while connections are in every state. */
static void stop_in(void *arg)
{
	const enum connection_state *state = arg;
	speak(BUSY, &posts, STREAM_ROOM);
	world_turn();
	if (*state != CONNECTION_RESTING && *state != CONNECTION_FULL) {
		world_end(BUSY, 0);
		world_tell_ends();
	}
	speak(ASKING, &lists, 50000);
	turn_until(*state);
}

START_TEST(daemon_ends)
{
	static enum connection_state states[] = {
		CONNECTION_READING, CONNECTION_PARKED, CONNECTION_RESTING, CONNECTION_FULL,
		CONNECTION_FROZEN,
	};
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		play_all(states[i] == CONNECTION_FULL ? least_unsent : NULL, stop_in, &states[i]);
}
END_TEST

/* Several resting connections have much kept, so what is kept must count against the bound, too. */
static void drain_in_portions(void *arg)
{
	(void)arg;
	for (int i = 0; i < MOST; i++)
		speak(DYING, &lists, STREAM_ROOM);
	turn_until(CONNECTION_RESTING);
	world_end(DYING, 0);
	world_tell_ends();
	while (!world_is_settled()) {
		uint64_t before = world_server.requests;
		world_turn();
		/* The shortest request is a LIST, of 40 bytes. */
		ck_assert_uint_le((world_server.requests - before) * 40, DRAIN_A_TURN);
	}
}

START_TEST(what_is_kept_counts)
{
	play_all(NULL, drain_in_portions, NULL);
}
END_TEST

/* ---- Clients that do not read ------------------------------------------------------------------------ */

/* Reads what there is, and counts the replies in it. Rows are not counted. */
static struct reader {
	size_t filled;
	uint64_t replies;
	struct wire_head last;	/* of the last frame */
	uint8_t bytes[2 * WIRE_MAX_REPLY];
} reader;

static void hear_frames(void)
{
	size_t at = 0;
	for (; reader.filled - at >= WIRE_HEAD_SIZE; at += wire_length(reader.bytes + at)) {
		uint32_t length = wire_length(reader.bytes + at);
		ck_assert_uint_le(length, WIRE_MAX_REPLY);
		if (length > reader.filled - at)
			break;
		wire_head_decode(&reader.last, reader.bytes + at);
		reader.replies += reader.last.opcode < WIRE_END;
	}
	reader.filled -= at;
	memmove(reader.bytes, reader.bytes + at, reader.filled);
}

static void hear(int client)
{
	ssize_t size;
	while ((size = read(client, reader.bytes + reader.filled,
	                    sizeof(reader.bytes) - reader.filled)) > 0) {
		reader.filled += (size_t)size;
		hear_frames();
	}
}

/* What is kept for it stays well below the cap, and the daemon sleeps. */
static void check_full(const struct connection *connection)
{
	ck_assert_ptr_nonnull(connection);
	ck_assert_uint_le(connection_unsent(connection), LEAST_UNSENT);
	ck_assert_uint_le(connection->kept_size, READ_BUFFER_SIZE);
	ck_assert(!uv_is_active((uv_handle_t *)&world_server.turn.more));
}

static void stay_unread(size_t size)
{
	speak(ASKING, &lists, size);
	turn_until(CONNECTION_FULL);
	for (int i = 0; i < 3; i++)
		world_turn();
	uint64_t before = world_server.requests;
	ck_assert_uint_lt(before, expected);
	for (int i = 0; i < 100; i++) {
		world_turn();
		check_full(in_state(CONNECTION_FULL));
	}
	ck_assert_uint_eq(world_server.requests, before);
}

static void end_asking(void)
{
	close(clients[0]);
	clients[0] = -1;
	turn_until_all_are_gone();
}

/* Others are served meanwhile, and the connection closes without having been read. */
static void never_read(void *arg)
{
	const size_t *size = arg;
	stay_unread(*size);
	uint64_t before = world_server.requests;
	speak(BUSY, &posts, 1000);
	uint64_t of_busy = count_whole(&posts, 1000);
	for (int i = 0; i < 10; i++)
		world_turn();
	ck_assert_uint_eq(world_server.requests, before + of_busy);
	close(clients[1]);
	clients[1] = -1;
	end_asking();
}

static void read_at_last(void *arg)
{
	const size_t *size = arg;
	reader = (struct reader){ .filled = 0 };
	stay_unread(*size);
	for (int i = 0; i < MANY_TURNS && reader.replies < expected; i++) {
		hear(clients[0]);
		world_turn();
		ck_assert_uint_le(connection_unsent(TAILQ_FIRST(&world_server.connections.all)),
		                  LEAST_UNSENT);
	}
	ck_assert_uint_eq(reader.replies, expected);
	ck_assert_ptr_nonnull(in_state(CONNECTION_READING));
	end_asking();
}

/* It says that it sends no more, and then reads. */
static void read_after_the_last(void *arg)
{
	const size_t *size = arg;
	reader = (struct reader){ .filled = 0 };
	stay_unread(*size);
	ck_assert_int_eq(shutdown(clients[0], SHUT_WR), 0);
	for (int i = 0; i < MANY_TURNS && count_connections() > 0; i++) {
		hear(clients[0]);
		world_turn();
	}
	ck_assert_uint_eq(count_connections(), 0);
	ck_assert_uint_eq(world_server.requests, expected);
}

/* Answers to requests that waited are sent all the same, up to the cap. */
static void unread_answers(void *arg)
{
	(void)arg;
	reader = (struct reader){ .filled = 0 };
	speak_waits(ASKING);
	speak(BUSY, &grants, grants.size);
	world_turn();
	world_turn();
	ck_assert_uint_eq(count_connections(), 1);
	hear(clients[0]);
	ck_assert_uint_eq(reader.last.opcode, WIRE_END);
	ck_assert_uint_eq(reader.last.status, WIRE_EQUOTA);
}

static void try_unread(void (*play)(void *arg))
{
	for (size_t i = 0; i < SIZES; i++) {
		size_t size = sizes[i];
		if (size >= 65535)
			play_all(least_unsent, play, &size);
	}
}

START_TEST(is_not_served)
{
	try_unread(never_read);
}
END_TEST

START_TEST(is_served_when_it_reads)
{
	try_unread(read_at_last);
	try_unread(read_after_the_last);
}
END_TEST

START_TEST(ends_over_the_cap)
{
	play_all(least_unsent, unread_answers, NULL);
}
END_TEST

/* ---- The buffer -------------------------------------------------------------------------------------- */

START_TEST(room_ends_with_the_buffer)
{
	struct read_buffer buffer;
	ck_assert_int_eq(read_buffer_init(&buffer), 0);
	for (size_t kept = 0; kept <= READ_BUFFER_SIZE + 1; kept++) {
		uv_buf_t room = read_buffer_room(&buffer, kept);
		ck_assert(room.len == 0 ? kept > WIRE_MAX_REQUEST :
		          (uint8_t *)room.base + room.len <= buffer.bytes + READ_BUFFER_SIZE);
	}
	read_buffer_deinit(&buffer);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("connections");
	TCase *ends = suite_case(suite, "ends");
	tcase_add_unchecked_fixture(ends, begin, NULL);
	tcase_add_test(ends, while_reading);
	tcase_add_test(ends, while_resting);
	tcase_add_test(ends, while_full);
	tcase_add_test(ends, while_parked);
	tcase_add_test(ends, while_frozen);
	tcase_add_test(ends, while_failed);
	tcase_add_test(ends, found_by_parked);
	tcase_add_test(ends, daemon_ends);
	tcase_add_test(ends, what_is_kept_counts);
	TCase *unread = suite_case(suite, "unread");
	tcase_add_unchecked_fixture(unread, begin, NULL);
	tcase_add_test(unread, is_not_served);
	tcase_add_test(unread, is_served_when_it_reads);
	tcase_add_test(unread, ends_over_the_cap);
	TCase *buffers = suite_case(suite, "buffers");
	tcase_add_test(buffers, room_ends_with_the_buffer);
	return suite_run(suite);
}
