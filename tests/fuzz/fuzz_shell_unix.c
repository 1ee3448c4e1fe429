/*
 * fuzz_shell_unix.c - any bytes as a script: clients of a few processes connect, send requests of
 * all kinds by the hundred, read and close, and their processes end at any moment, also between two
 * requests.
 *
 * The daemon must go on, send nothing but whole frames, and get rid of all ended clients.
 * Sanitizers and the daemon's own checks of its states find the rest.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"
#include "tests/unit/world_unix.h"

enum { CALLERS = 12, NAMES = 4, BURST = 4096, MANY_TURNS = 5000, MOST_TURNS = 200 };

/* The rest of the script. Beyond its end all bytes are 0. */
static const uint8_t *script, *script_end;

static unsigned next_byte(void)
{
	return script < script_end ? *script++ : 0;
}

static unsigned next_below(unsigned limit)
{
	return next_byte() % limit;
}

/* ---- Clients --------------------------------------------------------------------------------- */

static struct caller {
	int stream;			/* -1: none */
	unsigned process;
	uint64_t number, seen;
	size_t filled;
	uint8_t buffer[2 * WIRE_MAX_REPLY];
} callers[CALLERS];

static struct wire_head next_head(struct caller *caller, bool numbered)
{
	return (struct wire_head){
		.number = numbered ? ++caller->number : 0, .seen = caller->seen,
		.tag = caller->number,
	};
}

static struct wire_text next_name(void)
{
	static const char names[NAMES][2] = { "a", "b", "c", "d" };
	return (struct wire_text){ names[next_below(NAMES)], 1 };
}

/* The process in each slot. A running process takes the place of one that has ended. */
static unsigned slots[4], processes;

static unsigned running_process(unsigned slot)
{
	if (world_has_ended(slots[slot]) && processes < WORLD_PROCESSES)
		slots[slot] = processes++;
	return slots[slot];
}

static void call(struct caller *caller, unsigned process)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	if (caller->stream >= 0)
		close(caller->stream);
	*caller = (struct caller){ .process = process };
	caller->stream = world_connect(caller->process);
	if (caller->stream >= 0 && next_below(8) > 0)
		world_send(caller->stream, frame, world_put_hello(frame));
}

/* Reads everything that has arrived, which must be frames. */
static void hear(struct caller *caller)
{
	ssize_t size;
	while (caller->stream >= 0 &&
	       (size = read(caller->stream, caller->buffer + caller->filled,
	                    sizeof(caller->buffer) - caller->filled)) > 0) {
		size_t done = 0;
		caller->filled += (size_t)size;
		while (caller->filled - done >= WIRE_HEAD_SIZE) {
			const uint8_t *frame = caller->buffer + done;
			struct wire_head head;
			uint32_t length = wire_length(frame);
			fuzz_check(length >= WIRE_HEAD_SIZE && length <= WIRE_MAX_REPLY);
			if (length > caller->filled - done)
				break;
			wire_head_decode(&head, frame);
			if (head.number > caller->seen)
				caller->seen = head.number;
			done += length;
		}
		caller->filled -= done;
		memmove(caller->buffer, caller->buffer + done, caller->filled);
	}
}

/* ---- Requests -------------------------------------------------------------------------------- */

static size_t put_apply(struct caller *caller, uint8_t *out)
{
	struct apply_request apply = { .terms.count = 1 + next_below(2) };
	apply.head = next_head(caller, true);
	apply.timeout = (int)next_below(3) - 1;
	for (unsigned i = 0; i < apply.terms.count; i++)
		apply.terms.term[i] = (struct wire_term){
			next_below(2), 1 + next_below(6), next_below(3)
		};
	return apply_request_encode(&apply, out, WIRE_MAX_REQUEST);
}

static size_t put_bind(struct caller *caller, uint8_t *out)
{
	unsigned process = slots[next_below(4)];
	struct bind_request bind = { .pid = world_pid(process), .inode = world_inode(process) };
	bind.head = next_head(caller, false);
	return bind_request_encode(&bind, out, WIRE_MAX_REQUEST);
}

#define PUT(name, numbered, ...) \
	(name##_request_encode(&(struct name##_request){ .head = next_head(caller, numbered), \
	                                                __VA_ARGS__ }, out, WIRE_MAX_REQUEST))

#define PUT_BARE(name, numbered) \
	(name##_request_encode(&(struct name##_request){ .head = next_head(caller, numbered) }, \
	                       out, WIRE_MAX_REQUEST))

static size_t put_page(struct caller *caller, unsigned kind, uint8_t *out)
{
	switch (kind % 5) {
	case 0:
		return PUT(list, false, .cursor = 0);
	case 1:
		return PUT(show, false, .name = { "a", 1 });
	case 2:
		return PUT(deadlocks, false, .deadlock = 0);
	default:
		return PUT(clients, false, .cursor = 0);
	}
}

static size_t put_any(struct caller *caller, uint8_t *out)
{
	switch (next_below(12)) {
	case 0:
		return PUT(open, true, .handle = next_below(2), .flags = WIRE_OPEN_CREATE,
		           .initial = next_below(3), .name = next_name());
	case 1:
		return PUT(close, true, .handle = next_below(2));
	case 2:
		return PUT(query, false, .handle = next_below(2));
	case 3:
		return PUT(remove, true, .name = next_name());
	case 4:
		return PUT(kick, true, .client = next_byte());
	case 5:
		return PUT_BARE(watch, false);
	case 6:
		return PUT_BARE(detach, true);
	case 7:
		return PUT_BARE(leave, false);
	case 8:
		return put_bind(caller, out);
	case 9:
		return put_page(caller, next_byte(), out);
	default:
		return put_apply(caller, out);
	}
}

/* Sends many requests for pages at once, with other requests in between. */
static void send_burst(struct caller *caller)
{
	static uint8_t burst[BURST * 64];
	size_t size = 0, count = (size_t)next_below(64) * 64;
	unsigned kind = next_byte(), every = 1 + next_byte();
	for (size_t i = 0; i < count && sizeof(burst) - size > WIRE_MAX_REQUEST; i++)
		size += i % every == every - 1 ? put_any(caller, burst + size) :
			put_page(caller, kind, burst + size);
	if (caller->stream >= 0)
		world_send(caller->stream, burst, size);
}

static void send_few(struct caller *caller)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	for (unsigned count = 1 + next_below(4); count > 0 && caller->stream >= 0; count--) {
		size_t size = put_any(caller, frame);
		/* Some requests are cut off or damaged. */
		if (next_below(32) == 31)
			size = next_byte() % (size + 1);
		if (next_below(64) == 63)
			frame[next_byte() % WIRE_HEAD_SIZE] ^= 1;
		world_send(caller->stream, frame, size);
	}
}

/* ---- The script ------------------------------------------------------------------------------ */

static void check_connections(void)
{
	struct connection *connection;
	TAILQ_FOREACH(connection, &world_server.connections.all, all) {
		bool writes = uv_stream_get_write_queue_size((uv_stream_t *)&connection->pipe) > 0;
		bool active = uv_is_active((uv_handle_t *)&connection->pipe);
		fuzz_check(connection->state != CONNECTION_RESUMED);
		fuzz_check(writes || active == (connection->state == CONNECTION_READING));
		fuzz_check(connection_unsent(connection) <= world_server.options.max_unsent);
		fuzz_check(connection->state != CONNECTION_READING ||
		           connection->kept_size <= WIRE_MAX_REQUEST);
	}
}

/* Several connections of one process send much, and the process ends meanwhile. */
static void storm(void)
{
	unsigned slot = next_below(4), process = running_process(slot), count = 1 + next_below(4);
	for (unsigned i = 0; i < count; i++) {
		call(&callers[i], process);
		send_burst(&callers[i]);
	}
	for (unsigned turns = next_below(4); turns > 0; turns--)
		world_turn();
	world_end(process, next_below(8));
}

static void take_step(struct caller *caller)
{
	switch (next_below(11)) {
	case 0:
	case 1:
		call(caller, running_process(next_below(4)));
		break;
	case 2:
	case 3:
		send_few(caller);
		break;
	case 4:
		send_burst(caller);
		break;
	case 5:
		world_end(slots[next_below(4)], next_below(8));
		break;
	case 6:
		world_tell_ends();
		break;
	case 7:
		hear(caller);
		break;
	case 8:
		if (caller->stream >= 0)
			close(caller->stream);
		caller->stream = -1;
		break;
	case 9:
		storm();
		break;
	default:
		world_turn();
		check_connections();
	}
}

static void play(void *arg)
{
	(void)arg;
	/* Some scripts end the daemon while its clients are busy. */
	bool ends_busy = next_below(4) == 0;
	for (int turns = 0; script < script_end && turns < MOST_TURNS; turns++) {
		take_step(&callers[next_below(CALLERS)]);
		if (next_below(2) == 1)
			world_turn();
	}
	if (ends_busy)
		return;
	for (unsigned i = 0; i < processes; i++)
		world_end(i, 0);
	for (int i = 0; i < MANY_TURNS && !TAILQ_EMPTY(&world_server.connections.all); i++) {
		world_turn();
		world_tell_ends();
	}
	fuzz_check(world_is_settled() && TAILQ_EMPTY(&world_server.connections.all));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	script = data;
	script_end = data + size;
	for (unsigned i = 0; i < 4; i++)
		slots[i] = i;
	processes = 4;
	for (int i = 0; i < CALLERS; i++)
		callers[i] = (struct caller){ .stream = -1 };
	static const char *const options[] = { "--max-unsent", "131072", NULL };
	world_run(options, play, NULL);
	for (int i = 0; i < CALLERS; i++) {
		if (callers[i].stream >= 0)
			close(callers[i].stream);
	}
	return 0;
}
