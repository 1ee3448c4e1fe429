/*
 * ring_as_qt.c - the row "The circular buffer": a producer and a consumer with two semaphores as
 * they are written for QSystemSemaphore, and the changes they need so that an end or a crash breaks
 * nothing. The ring whose sides may be killed anywhere is client/examples/ring.c; ring.c here tests
 * it.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <stdio.h>
#include <unistd.h>

#include "client/examples/ring_memory.h"

enum { SLOTS = 4, ITEMS = 12 };

struct buffer {
	struct semd_client *client;
	struct semd_sem *free, *used;
};

static int *slots;	/* in shared memory */
static char slots_name[64];

static void slots_open(void)
{
	void *memory;
	if (ring_memory_open(slots_name, SLOTS * sizeof(*slots), &memory) != 0)
		support_die("cannot open %s", slots_name);
	slots = memory;
}

static struct buffer buffer_open(const char *free, const char *used)
{
	struct semd_client *client = row_client();
	unsigned flags = SEMD_CREATE | SEMD_RELEASE_POSTS;
	return (struct buffer){
		client, row_sem(client, free, flags, SLOTS), row_sem(client, used, flags, 0) };
}

/* ---- As with Qt ------------------------------------------------------------------------------ */

static int produce_as_qt(void *arg, support_descriptor link)
{
	struct buffer buffer = buffer_open("qt.free", "qt.used");
	(void)arg;
	slots_open();
	link_tell(link, 'r');
	for (int i = 0; i < ITEMS; i++) {
		semd_acquire(buffer.free, 1);
		slots[i % SLOTS] = i;
		semd_release(buffer.used, 1);
	}
	link_hear(link);
	return 0;
}

static void as_with_qt(void)
{
	struct buffer buffer = buffer_open("qt.free", "qt.used");
	struct process producer;
	bool good = true;
	row_begin(&producer, produce_as_qt);
	for (int i = 0; i < ITEMS; i++) {
		semd_acquire(buffer.used, 1);
		good &= slots[i % SLOTS] == i;
		semd_release(buffer.free, 1);
	}
	claim(good, "acquire and release: correct while both sides live");
	link_tell(producer.link, 'e');
	claim(row_ended(&producer) &&
	      semd_try_acquire(buffer.free, SLOTS + ITEMS + 1) == SEMD_EAGAIN &&
	      row_available(buffer.free) == SLOTS + ITEMS,
	      "but a producer that ends gives back each slot that it ever acquired");
	semd_disconnect(buffer.client);
	buffer = buffer_open("qt.free", "qt.used");
	claim(row_available(buffer.used) == ITEMS, "and a consumer each item");
	semd_disconnect(buffer.client);
}

/* ---- Signals --------------------------------------------------------------------------------- */

static int produce_by_signals(void *arg, support_descriptor link)
{
	struct buffer buffer = buffer_open("signals.free", "signals.used");
	(void)arg;
	slots_open();
	for (int i = 0; i < SLOTS; i++) {
		semd_consume(buffer.free, 1, SEMD_FOREVER);
		slots[i % SLOTS] = i;
		semd_post(buffer.used, 1);
	}
	return row_stay(link);
}

static int consume_half(void *arg, support_descriptor link)
{
	struct buffer buffer = buffer_open("signals.free", "signals.used");
	(void)arg;
	return semd_consume(buffer.used, 1, SEMD_FOREVER) == 0 ? row_stay(link) : 1;
}

static void by_signals(void)
{
	struct buffer buffer = buffer_open("signals.free", "signals.used");
	struct process process;
	row_begin(&process, produce_by_signals);
	row_kill(&process);
	claim(row_available(buffer.free) == 0 && row_available(buffer.used) == SLOTS,
	      "consume and post: correct if either side ends between two items");
	row_begin(&process, consume_half);
	row_kill(&process);
	claim(row_available(buffer.free) + row_available(buffer.used) == SLOTS - 1,
	      "but a consumer killed during an item loses the item and its slot");
	semd_disconnect(buffer.client);
}

/* ---- In one step ----------------------------------------------------------------------------- */

static int produce_in_one_step(void *arg, support_descriptor link)
{
	struct buffer buffer = buffer_open("step.free", "step.used");
	(void)arg;
	slots_open();
	for (int i = 0; i < SLOTS; i++) {
		const struct semd_op put[] = {
			{ buffer.free, SEMD_SETTLE, 1 }, { buffer.used, SEMD_POST, 1 } };
		semd_acquire(buffer.free, 1);
		slots[i % SLOTS] = i;
		semd_apply(buffer.client, put, 2, 0);
	}
	return row_stay(link);
}

static int take_without_end(void *arg, support_descriptor link)
{
	struct buffer buffer = buffer_open("step.free", "step.used");
	(void)arg;
	return semd_acquire(buffer.used, 1) == 0 ? row_stay(link) : 1;
}

static void in_one_step(void)
{
	struct buffer buffer = buffer_open("step.free", "step.used");
	struct process process;
	row_begin(&process, produce_in_one_step);
	row_kill(&process);
	row_begin(&process, take_without_end);
	claim(row_available(buffer.used) == SLOTS - 1, "acquire, then settle and post in one step");
	row_kill(&process);
	claim(semd_try_acquire(buffer.used, SLOTS) == 0,
	      "the item of a killed consumer comes back");
	semd_disconnect(buffer.client);
}

void row(void)
{
	snprintf(slots_name, sizeof(slots_name), "semd-test-slots-%d", (int)getpid());
	process_carry(slots_name, sizeof(slots_name));
	slots_open();
	as_with_qt();
	by_signals();
	in_one_step();
	ring_memory_close(slots, SLOTS * sizeof(*slots));
	ring_memory_remove(slots_name);
}
