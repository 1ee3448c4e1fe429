/*
 * test_connection_unix.c - a process ends while its connections are in each of their states, with
 * any amount of its requests read, kept and queued. All requests that it had sent whole are carried
 * out and no others, and only a bounded amount in one turn.
 */
#include "config.h"

#include <unistd.h>

#include "tests/unit/connection_scene_unix.h"

enum { DRAIN_A_TURN = 64 * 1024 };

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

static void end_in(enum connection_state state, const struct end *end)
{
	for (size_t i = 0; i < end->connections; i++)
		speak(DYING, &lists, end->size);
	turn_until(state);
	world_end(DYING, end->looks);
	turn_until_all_are_gone();
}

static void end_while_resting(void *arg)
{
	end_in(CONNECTION_RESTING, arg);
}

static void end_while_full(void *arg)
{
	end_in(CONNECTION_FULL, arg);
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
	TCase *ends = connection_scene_case(suite, "ends");
	tcase_add_test(ends, while_reading);
	tcase_add_test(ends, while_resting);
	tcase_add_test(ends, while_full);
	tcase_add_test(ends, while_parked);
	tcase_add_test(ends, while_frozen);
	tcase_add_test(ends, while_failed);
	tcase_add_test(ends, found_by_parked);
	tcase_add_test(ends, daemon_ends);
	tcase_add_test(ends, what_is_kept_counts);
	TCase *buffers = suite_case(suite, "buffers");
	tcase_add_test(buffers, room_ends_with_the_buffer);
	return suite_run(suite);
}
