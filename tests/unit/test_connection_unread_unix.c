/*
 * test_connection_unread_unix.c - a client that does not read is not served until it does. What waits
 * to be sent to it has a cap.
 */
#include "config.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/connection_scene_unix.h"

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

int main(void)
{
	Suite *suite = suite_create("connections_unread");
	TCase *unread = connection_scene_case(suite, "unread");
	tcase_add_test(unread, is_not_served);
	tcase_add_test(unread, is_served_when_it_reads);
	tcase_add_test(unread, ends_over_the_cap);
	return suite_run(suite);
}
