/*
 * measure.c - round trips and pipelined requests, to the echo server and to the daemon.
 *
 * The same client code sends the same bytes to both: frames of an acquire and a release in turn.
 * The library's round trips are calls of semd_acquire and semd_release.
 */
#include "config.h"

#include <string.h>
#include <time.h>

#include "client/semd.h"
#include "protocol/wire.h"
#include "tests/bench/bench.h"
#include "tests/support/raw.h"
#include "tests/support/stream.h"

/* Offsets of the head's fields that change with each request. */
enum { AT_NUMBER = 16, AT_SEEN = 24, FRAME_ROOM = 128, MOST_IN_FLIGHT = WIRE_MAX_UNSEEN };

static uint8_t frames[2][FRAME_ROOM];	/* an acquire, a release */
static size_t frame_size;
static uint8_t batch[MOST_IN_FLIGHT * FRAME_ROOM];

uint64_t bench_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void frames_make(void)
{
	static const enum wire_term_kind kinds[2] = { WIRE_TERM_ACQUIRE, WIRE_TERM_RELEASE };
	for (int i = 0; i < 2; i++) {
		struct apply_request apply = { .terms = { 1, { { 0, kinds[i], 1 } } } };
		frame_size = apply_request_encode(&apply, frames[i], FRAME_ROOM);
	}
}

static support_descriptor connected(struct raw *raw)
{
	support_descriptor stream = raw->stream;
	raw->stream = NO_DESCRIPTOR;
	return stream;
}

void bench_begin(struct bench *bench, const struct settings *settings, const char *daemon_socket,
                 const char *echo_socket)
{
	static struct raw raw;
	*bench = (struct bench){ .settings = settings, .daemon_socket = daemon_socket };
	frames_make();
	raw_open(&raw, echo_socket);
	bench->echo = connected(&raw);
	raw_connect(&raw, daemon_socket);
	if (raw_create(&raw, 0, "bench", 4) != WIRE_OK)
		support_die("the daemon refuses to open a semaphore");
	bench->number = raw.number;
	bench->seen = raw.seen;
	bench->wire = connected(&raw);
	if (semd_connect(daemon_socket, SEMD_NO_START, &bench->client) != 0 ||
	    semd_open(bench->client, "bench", NULL, &bench->sem) != 0)
		support_die("libsemd: %s", semd_explain());
}

void bench_end(struct bench *bench)
{
	descriptor_close(&bench->echo);
	descriptor_close(&bench->wire);
	semd_disconnect(bench->client);
}

static void receive_all(support_descriptor stream, uint8_t *bytes, size_t size)
{
	while (size > 0) {
		size_t count = descriptor_read(stream, bytes, size);
		if (count == 0)
			support_die("the connection ended");
		bytes += count;
		size -= count;
	}
}

static void put_u64(uint8_t *at, uint64_t value)
{
	for (int i = 0; i < 8; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}

/* Writes request `i` of a run with the number that the daemon expects. */
static void request_put(struct bench *bench, uint8_t *at, size_t i)
{
	memcpy(at, frames[i % 2], frame_size);
	put_u64(at + AT_NUMBER, ++bench->number);
	put_u64(at + AT_SEEN, bench->seen);
}

/* Sends the requests in one write, then reads a reply of `reply_size` bytes for each. */
static void exchange(support_descriptor stream, size_t requests, size_t reply_size)
{
	static uint8_t replies[MOST_IN_FLIGHT * FRAME_ROOM];
	if (!stream_send(stream, batch, requests * frame_size))
		support_die("the connection ended");
	receive_all(stream, replies, requests * reply_size);
	for (size_t i = 0; i < requests && reply_size == WIRE_HEAD_SIZE; i++) {
		struct wire_head head;
		wire_head_decode(&head, replies + i * reply_size);
		if (head.status != WIRE_OK || head.opcode != WIRE_APPLY)
			support_die("the daemon answered with %s %s", wire_opcode_name(head.opcode),
			            wire_status_name(head.status));
	}
}

/* Nanoseconds for `count` requests, sent in groups. */
static uint64_t run(struct bench *bench, support_descriptor stream, size_t reply_size, size_t count,
                    size_t at_a_time)
{
	uint64_t began = bench_clock();
	for (size_t i = 0; i < count; i += at_a_time) {
		for (size_t j = 0; j < at_a_time; j++)
			request_put(bench, batch + j * frame_size, i + j);
		exchange(stream, at_a_time, reply_size);
		if (stream == bench->wire)
			bench->seen += at_a_time;
	}
	return bench_clock() - began;
}

double bench_echo_round_trip(void *arg)
{
	struct bench *bench = arg;
	size_t count = bench->settings->count;
	return (double)run(bench, bench->echo, frame_size, count, 1) / (double)count;
}

double bench_wire_round_trip(void *arg)
{
	struct bench *bench = arg;
	size_t count = bench->settings->count;
	return (double)run(bench, bench->wire, WIRE_HEAD_SIZE, count, 1) / (double)count;
}

double bench_library_round_trip(void *arg)
{
	struct bench *bench = arg;
	size_t count = bench->settings->count;
	uint64_t began = bench_clock();
	for (size_t i = 0; i < count; i += 2) {
		if (semd_acquire(bench->sem, 1) != 0 || semd_release(bench->sem, 1) != 0)
			support_die("libsemd: %s", semd_explain());
	}
	return (double)(bench_clock() - began) / (double)count;
}

/* Pipelined requests cost less, so more of them make a round of about the same time. */
static double pipelined(struct bench *bench, support_descriptor stream, size_t reply_size)
{
	size_t at_a_time = bench->settings->in_flight;
	size_t count = bench->settings->count * 8 / at_a_time * at_a_time + at_a_time;
	return (double)count * 1e9 / (double)run(bench, stream, reply_size, count, at_a_time);
}

double bench_echo_pipelined(void *arg)
{
	struct bench *bench = arg;
	return pipelined(bench, bench->echo, frame_size);
}

double bench_wire_pipelined(void *arg)
{
	struct bench *bench = arg;
	return pipelined(bench, bench->wire, WIRE_HEAD_SIZE);
}
