/*
 * ring.c - the row "The circular buffer, under crashes": thousands of items go through the ring of
 * client/examples while its writers and readers are killed at random and replaced.
 *
 * Both sides kill themselves at the worst points, and are killed from outside at any instant.
 * SEMD_TEST_SEED sets the seed and SEMD_RING_ITEMS the number of items; some millions run for
 * hours.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/examples/ring.h"
#include "client/examples/ring_memory.h"
#include "tests/support/amount.h"
#include "tests/unit/random.h"

enum { MOST_A_SIDE = 2 };

#if defined(SEMD_FEW)
enum { USUAL = 200, LONGER = 200 };
#elif defined(SEMD_SANITIZED)
enum { USUAL = 1000, LONGER = 4000 };
#else
enum { USUAL = 3000, LONGER = 10000 };
#endif

/*
 * The items that the readers saw, in order. Only one reads at a time. An item whose reader is
 * killed before the item counts as taken is seen again by the next reader.
 */
struct seen {
	size_t count, room;
	uint64_t item[];
};

static struct seen *seen;
static size_t seen_size;
static char seen_name[64], ring_name[64];
static struct random luck;

/* ---- Both sides ------------------------------------------------------------------------------ */

static struct random own_luck;	/* of a child */

static void perhaps_die(const char *point, uint64_t position)
{
	(void)point;
	(void)position;
	if (random_below(&own_luck, 100) == 0)
		process_die();
}

static void seen_open(void)
{
	void *memory;
	if (ring_memory_open(seen_name, seen_size, &memory) != 0)
		support_die("cannot open %s", seen_name);
	seen = memory;
}

static void side_open(struct ring *ring, support_descriptor link)
{
	seen_open();
	if (ring_open(ring, NULL, ring_name) != 0)
		support_die("ring_open: %s", semd_explain());
	ring->at_point = perhaps_die;
	link_tell(link, 'r');
}

/* An item fills its slot, so that a half-written item would be noticed. */
static void item_text(char text[RING_ITEM], uint64_t item)
{
	snprintf(text, RING_ITEM, "%020" PRIu64 " %020" PRIu64 " %020" PRIu64, item, item, item);
}

static int write_items(void *arg, support_descriptor link)
{
	struct ring ring;
	struct ring_item *slot;
	(void)arg;
	side_open(&ring, link);
	while (ring_begin_put(&ring, &slot) == 0) {
		item_text(slot->text, ring.position);
		if (ring_end_put(&ring) != 0)
			break;
	}
	return 1;
}

static int read_items(void *arg, support_descriptor link)
{
	struct ring ring;
	const struct ring_item *slot;
	char wanted[RING_ITEM];
	(void)arg;
	side_open(&ring, link);
	while (ring_begin_take(&ring, &slot) == 0) {
		uint64_t item = strtoull(slot->text, NULL, 10);
		item_text(wanted, item);
		if (memcmp(wanted, slot->text, RING_ITEM) != 0 || seen->count == seen->room)
			break;
		seen->item[seen->count] = item;
		seen->count++;
		if (ring_end_take(&ring) != 0)
			break;
	}
	return 1;
}

/* ---- Killing them ---------------------------------------------------------------------------- */

struct worker {
	process_body *body;
	struct process process;
};

static struct worker worker[2 * MOST_A_SIDE];
static unsigned kills, reader_kills, failures;

static void worker_begin(struct worker *self)
{
	own_luck.state = random_next(&luck);
	process_fork(&self->process, self->body, NULL, 0);
}

/* A worker must end by a kill, its own or ours; any other end is a fault of the ring. */
static void worker_end(struct worker *self)
{
	process_kill(&self->process);
	failures += process_await(&self->process) != PROCESS_KILLED;
	process_end(&self->process);
	kills++;
	reader_kills += self->body == read_items;
}

static bool worker_dead(const struct worker *self)
{
	return descriptor_wait(self->process.handle, 0);
}

/* Kills a worker, mostly some time after it has begun to work, and replaces all that have ended. */
static void kill_one(size_t workers)
{
	struct worker *victim = &worker[random_below(&luck, workers)];
	if (random_below(&luck, 8) > 0)
		link_hear(victim->process.link);
	descriptor_wait(victim->process.handle, (int)random_below(&luck, 8));
	worker_end(victim);
	worker_begin(victim);
	for (size_t i = 0; i < workers; i++) {
		if (worker_dead(&worker[i])) {
			worker_end(&worker[i]);
			worker_begin(&worker[i]);
		}
	}
}

static struct semd_info look(struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	if (semd_query(sem, &info) != 0)
		support_die("query: %s", semd_explain());
	return info;
}

/* Kills workers until that many items have been taken; false if the ring is stuck. */
static bool kill_many(struct ring *ring, size_t workers, uint64_t items)
{
	enum { PATIENCE = 5000 };	/* kills without an item taken */
	uint64_t taken = 0;
	unsigned since = kills;
	while (taken < items && failures == 0 && kills - since < PATIENCE) {
		kill_one(workers);
		uint64_t before = taken;
		taken = look(ring->used).used_up;
		if (taken != before)
			since = kills;
	}
	return taken >= items;
}

/* ---- What came out --------------------------------------------------------------------------- */

/* Whether the items came in order; an item may be repeated if a reader was killed. */
static bool in_order(uint64_t taken)
{
	uint64_t next = 0;
	unsigned again = 0;
	for (size_t i = 0; i < seen->count; i++) {
		if (seen->item[i] == next)
			next++;
		else if (seen->item[i] + 1 == next)
			again++;
		else
			return false;
	}
	printf("# %" PRIu64 " items, %u kills, %u items done again\n", taken, kills, again);
	return (next == taken || next == taken + 1) && again <= reader_kills;
}

static void seen_make(uint64_t items)
{
	size_t room = 2 * items + 100000;
	seen_size = sizeof(*seen) + room * sizeof(*seen->item);
	seen_open();
	seen->room = room;
}

static void seen_free(void)
{
	ring_memory_close(seen, seen_size);
	ring_memory_remove(seen_name);
}

static void survive(size_t a_side, uint64_t items, const char *words)
{
	struct ring ring;
	size_t workers = 2 * a_side;
	kills = reader_kills = failures = 0;
	seen_make(items);
	if (ring_open(&ring, NULL, ring_name) != 0)
		support_die("ring_open: %s", semd_explain());
	for (size_t i = 0; i < workers; i++) {
		worker[i].body = i % 2 == 0 ? write_items : read_items;
		worker_begin(&worker[i]);
	}
	bool moving = kill_many(&ring, workers, items);
	for (size_t i = 0; i < workers; i++)
		worker_end(&worker[i]);

	claim(moving && failures == 0, words);
	/* This is refused, so all ends have been dealt with. */
	semd_try_acquire(ring.free, RING_SLOTS + 1);
	struct semd_info used = look(ring.used), free = look(ring.free);
	claim(in_order(used.used_up), "no item lost, doubled or out of order");
	claim(used.available + free.available == RING_SLOTS && used.held + free.held == 0,
	      "and as many slots as at the start");
	ring_remove(&ring, ring_name);
	ring_close(&ring);
	seen_free();
}

void row(void)
{
	uint64_t count = amount("SEMD_RING_ITEMS", USUAL, LONGER);
	luck.state = amount_from("SEMD_TEST_SEED", (uint64_t)getpid());
	printf("# SEMD_TEST_SEED=%" PRIu64 " SEMD_RING_ITEMS=%" PRIu64 "\n", luck.state, count);
	snprintf(ring_name, sizeof(ring_name), "semd-test-ring-%d", (int)getpid());
	snprintf(seen_name, sizeof(seen_name), "semd-test-seen-%d", (int)getpid());
	process_carry(ring_name, sizeof(ring_name));
	process_carry(seen_name, sizeof(seen_name));
	process_carry(&seen_size, sizeof(seen_size));
	process_carry(&own_luck, sizeof(own_luck));
	survive(1, count,
	        "one writer and one reader, killed anywhere, and the ring is never stuck");
	survive(2, count, "two of each");
}
