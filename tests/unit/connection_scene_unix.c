/*
 * connection_scene_unix.c - see connection_scene_unix.h.
 */
#include "config.h"

#include "tests/unit/connection_scene_unix.h"

#include <unistd.h>

struct stream lists, posts, waits, grants;

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

const char *const least_unsent[] = { "--max-unsent", "131072", NULL };

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

static void begin(void)
{
	fill(&lists, 1);
	fill(&posts, 0);
	fill_waits(&waits);
	fill_grants(&grants);
	world_run(NULL, play_nothing, NULL);
}

uint64_t count_whole(const struct stream *stream, size_t size)
{
	uint64_t count = 0;
	for (size_t at = 0; at + 4 <= size && at + wire_length(stream->bytes + at) <= size;
	     at += wire_length(stream->bytes + at))
		count++;
	return count;
}

/* ---- Playing a scene ------------------------------------------------------------------------- */

int clients[MOST + 1];
uint64_t expected;
size_t client_count;

void speak(unsigned process, struct stream *stream, size_t size)
{
	int client = world_connect(process);
	world_put_hello(stream->bytes);
	clients[client_count++] = client;
	expected += count_whole(stream, world_send(client, stream->bytes, size));
}

struct connection *in_state(enum connection_state state)
{
	struct connection *connection;
	TAILQ_FOREACH(connection, &world_server.connections.all, all) {
		if (connection->state == state)
			return connection;
	}
	return NULL;
}

void speak_waits(unsigned process)
{
	int client = world_connect(process);
	clients[client_count++] = client;
	for (size_t sent = 0; sent < waits.size; world_turn())
		sent += world_send(client, waits.bytes + sent, waits.size - sent);
	for (int i = 0; i < MANY_TURNS && world_server.requests < WAITS + 2; i++)
		world_turn();
	ck_assert_uint_eq(world_server.requests, WAITS + 2);
}

unsigned count_connections(void)
{
	unsigned count = 0;
	struct connection *connection;
	TAILQ_FOREACH(connection, &world_server.connections.all, all)
		count++;
	return count;
}

void turn_until(enum connection_state state)
{
	for (int i = 0; i < MANY_TURNS && !in_state(state); i++)
		world_turn();
	ck_assert_msg(in_state(state), "no connection came into state %d", (int)state);
}

void turn_until_all_are_gone(void)
{
	for (int i = 0; i < MANY_TURNS && !TAILQ_EMPTY(&world_server.connections.all); i++) {
		world_turn();
		world_tell_ends();
	}
	ck_assert(TAILQ_EMPTY(&world_server.connections.all));
	ck_assert_uint_eq(world_server.requests, expected);
}

void play_all(const char *const *options, void (*play)(void *arg), void *arg)
{
	client_count = 0;
	expected = 0;
	world_run(options, play, arg);
	while (client_count > 0) {
		if (clients[--client_count] >= 0)
			close(clients[client_count]);
	}
}

const size_t sizes[SIZES] = {
	0, 1, 31, 90, 200, 4095, 4096, 4097, 5000, 8192, 65535, 65536, 65537, 69631, 69632, 69633,
	100000, 131072, 200000, 240000,
};

TCase *connection_scene_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_unchecked_fixture(tcase, begin, NULL);
	return tcase;
}
