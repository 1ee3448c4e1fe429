/*
 * ring_story.c - the demo's second half: a file goes through a ring buffer in pieces. Producers and
 * consumers are killed at the worst moments and replaced; the output must equal the input.
 */
#include "config.h"

#include "tests/demo/demo.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "client/examples/point.h"
#include "client/examples/ring.h"
#include "tests/demo/squeeze.h"
#include "tests/demo/trace.h"

static const char input[] = "client/semd.h";

static size_t pieces_of(const struct bytes *bytes)
{
	return (bytes->size + RING_ITEM - 1) / RING_ITEM;
}

/* ---- The workers ----------------------------------------------------------------------------- */

static void worker_open(struct ring *ring, char **words)
{
	demand_ok(ring_open(ring, words[0], words[1]), "ring_open");
	ring->at_point = kill_at_point;
}

/* produce SOCKET RING FILE: puts the pieces that have not been put yet. */
int ring_produce(char **words)
{
	struct ring ring;
	struct ring_item *slot;
	struct bytes bytes = bytes_read(words[2]);
	worker_open(&ring, words);
	for (;;) {
		demand_ok(ring_begin_put(&ring, &slot), "ring_begin_put");
		size_t at = (size_t)ring.position * RING_ITEM;
		if (at >= bytes.size)
			break;
		size_t left = bytes.size - at;
		*slot = (struct ring_item){ "" };
		memcpy(slot->text, bytes.data + at, left < RING_ITEM ? left : RING_ITEM);
		demand_ok(ring_end_put(&ring), "ring_end_put");
	}
	ring_close(&ring);
	free(bytes.data);
	return 0;
}

/*
 * consume SOCKET RING FILE TRACE PIECES: writes each piece to its position in the output and adds a
 * record to TRACE.
 */
int ring_consume(char **words)
{
	struct ring ring;
	const struct ring_item *slot;
	uint64_t pieces = strtoull(words[4], NULL, 10);
	support_descriptor trace = trace_open(words[3]);
	FILE *file = fopen(words[2], "r+b");
	if (!file)
		support_die("cannot open %s", words[2]);
	worker_open(&ring, words);
	do {
		demand_ok(ring_begin_take(&ring, &slot), "ring_begin_take");
		if (fseek(file, (long)ring.position * RING_ITEM, SEEK_SET) != 0 ||
		    fwrite(slot->text, RING_ITEM, 1, file) != 1 || fflush(file) != 0)
			support_die("cannot write %s", words[2]);
		trace_add(trace, 1);
		demand_ok(ring_end_take(&ring), "ring_end_take");
	} while (ring.position + 1 < pieces);
	ring_close(&ring);
	fclose(file);
	return 0;
}

/* ---- The story ------------------------------------------------------------------------------- */

struct passage {
	struct demo *demo;
	struct ring ring;	/* our own, to observe */
	struct bytes bytes;
	char name[32];
	char from[SUPPORT_PATH], to[SUPPORT_PATH], trace[SUPPORT_PATH];
	char pieces[24];
	struct process producer, consumer;
	unsigned twice;		/* pieces read again after a consumer was killed */
};

static struct passage the_passage;	/* for ring_clean_up, which has no argument */

void ring_clean_up(void)
{
	struct passage *self = &the_passage;
	if (self->ring.slots)
		ring_remove(&self->ring, self->name);
	ring_close(&self->ring);
	free(self->bytes.data);
	self->bytes.data = NULL;
}

static void passage_open(struct passage *self, struct demo *demo)
{
	struct bytes nothing = { NULL, 0, 0 };
	self->demo = demo;
	snprintf(self->name, sizeof(self->name), "semd-demo-%d", (int)demo->daemon.process.pid);
	path_join(self->from, demo->source, input);
	path_join(self->to, demo->folder, "came-out");
	path_join(self->trace, demo->folder, "taken");
	self->bytes = bytes_read(self->from);
	snprintf(self->pieces, sizeof(self->pieces), "%zu", pieces_of(&self->bytes));
	bytes_write(self->to, &nothing);
	demand_ok(ring_open(&self->ring, demo->daemon.socket, self->name), "ring_open");
}

/* `death` is "RING_KILL=POINT:POSITION", or NULL. */
static void producer_start(struct passage *self, const char *death)
{
	demo_start(self->demo, &self->producer, OPTIONS("produce", self->demo->daemon.socket,
		self->name, self->from), OPTIONS(death));
}

static void consumer_start(struct passage *self, const char *death)
{
	demo_start(self->demo, &self->consumer, OPTIONS("consume", self->demo->daemon.socket,
		self->name, self->to, self->trace, self->pieces), OPTIONS(death));
}

static void killed(struct process *process, const char *who, const char *when)
{
	int pid = (int)process->pid;
	demand(process_await(process) == PROCESS_KILLED, "the %s is killed %s", who, when);
	process_end(process);
	printf("    kill -9 %-8d the %s, %s\n", pid, who, when);
}

static void ended(struct process *process, const char *who)
{
	demand(process_await(process) == 0, "the last %s exits with 0", who);
	process_end(process);
}

static void kill_waiting(struct process *process, const char *who, struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	do {
		demand_ok(semd_query(sem, &info), "semd_query");
		demand(!descriptor_wait(process->handle, 0), "the %s waits", who);
	} while (info.waiting == 0);
	process_kill(process);
	killed(process, who, "while it waits");
}

static const char between_writing[] = "between writing and the step that counts it";
static const char between_reading[] = "between reading and the step that counts it";
static const char after_step[] = "just after the step";

/* One side at a time: the producer until the ring is full, then the consumer until it is empty. */
static void die_alone(struct passage *self)
{
	producer_start(self, "RING_KILL=written:3");
	killed(&self->producer, "producer", between_writing);
	producer_start(self, "RING_KILL=put:5");
	killed(&self->producer, "producer", after_step);
	producer_start(self, NULL);
	kill_waiting(&self->producer, "producer", self->ring.free);

	consumer_start(self, "RING_KILL=read:2");
	killed(&self->consumer, "consumer", between_reading);
	self->twice++;
	consumer_start(self, "RING_KILL=taken:4");
	killed(&self->consumer, "consumer", after_step);
	consumer_start(self, NULL);
	kill_waiting(&self->consumer, "consumer", self->ring.used);
}

/* Both sides at once; each is killed while the other runs. */
static void die_together(struct passage *self)
{
	producer_start(self, "RING_KILL=written:60");
	consumer_start(self, "RING_KILL=read:70");
	killed(&self->producer, "producer", between_writing);
	producer_start(self, "RING_KILL=put:90");
	killed(&self->consumer, "consumer", between_reading);
	self->twice++;
	consumer_start(self, "RING_KILL=taken:100");
	killed(&self->producer, "producer", after_step);
	producer_start(self, NULL);
	killed(&self->consumer, "consumer", after_step);
	consumer_start(self, NULL);
	ended(&self->producer, "producer");
	ended(&self->consumer, "consumer");
}

static void passage_check(const struct passage *self)
{
	size_t pieces = pieces_of(&self->bytes);
	struct semd_info info = { .size = sizeof(info) };
	struct bytes out = bytes_read(self->to);
	struct trace_sum taken = trace_sum(self->trace);
	demand(out.size == pieces * RING_ITEM &&
	       memcmp(out.data, self->bytes.data, self->bytes.size) == 0,
	       "the output is the input");
	free(out.data);
	demand_ok(semd_query(self->ring.used, &info), "semd_query");
	demand(info.posted == pieces && info.used_up == pieces, "%zu pieces were put and taken",
	       pieces);
	demand(taken.records == pieces + self->twice, "no piece was taken again without need");
	printf("  The output equals the input: %zu pieces, each once. %u were read by a consumer\n"
	       "  that was killed before the step that counts them, and read again by the next.\n",
	       pieces, self->twice);
}

void ring_story(struct demo *demo)
{
	struct passage *self = &the_passage;
	passage_open(self, demo);
	printf("\n%s goes through a ring of %d slots, in pieces of %d bytes.\n", input, RING_SLOTS,
	       RING_ITEM);
	die_alone(self);
	die_together(self);
	passage_check(self);
	ring_clean_up();
}
