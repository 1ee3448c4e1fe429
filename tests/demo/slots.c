/*
 * slots.c - the demo's first half: eight processes compress the files of the tree, three at a time.
 * One is killed while it holds a permit, and the permit comes back.
 */
#include "config.h"

#include "tests/demo/demo.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/demo/files.h"
#include "tests/demo/squeeze.h"
#include "tests/demo/trace.h"

enum {
	WORKERS = 8,
	PERMITS = 3,
	VICTIM = 0,		/* number of the worker to kill */
	VICTIM_FILES = 3	/* it is killed after this many files */
};

static const int64_t LIMIT_NS = (int64_t)SUPPORT_LIMIT * 1000000;

/* Paths in the demo's folder that workers and story share. */
struct place {
	char list[SUPPORT_PATH];
	char trace[SUPPORT_PATH];
};

static void place_find(struct place *place, const char *folder)
{
	path_join(place->list, folder, "list");
	path_join(place->trace, folder, "trace");
}

static char *place_output(char path[SUPPORT_PATH], const char *folder, size_t number)
{
	char name[32];
	snprintf(name, sizeof(name), "%zu.squeezed", number);
	return path_join(path, folder, name);
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* ---- The workers ----------------------------------------------------------------------------- */

static void squeeze_file(const char *from, const char *to)
{
	char unfinished[SUPPORT_PATH + 8];
	struct bytes plain = bytes_read(from);
	struct bytes squeezed = squeeze(&plain);
	snprintf(unfinished, sizeof(unfinished), "%s.new", to);
	bytes_write(unfinished, &squeezed);
	if (rename(unfinished, to) != 0)
		support_die("cannot rename %s", unfinished);
	free(plain.data);
	free(squeezed.data);
}

/*
 * Waits until the story closes its end of the pipe, so that it can look at workers that stand
 * still.
 */
static void await_go(void)
{
	while (getchar() != EOF)
		;
}

/* Works on one file for ever: the worker holds its permit, prints "in" and waits to be killed. */
static _Noreturn void squeeze_until_killed(const char *from)
{
	struct bytes plain = bytes_read(from);
	puts("in");
	for (;;)
		free(squeeze(&plain).data);
}

struct squeezer {
	struct semd_client *client;
	struct semd_sem *slots;
	const char *source, *folder;
	unsigned number;
	bool victim;
	support_descriptor trace;
};

static void squeezer_do(const struct squeezer *self, const char *name, const char *to, size_t done)
{
	char label[SUPPORT_PATH + 32], from[SUPPORT_PATH];
	snprintf(label, sizeof(label), "worker %u: %s", self->number, name);
	demand_ok(semd_label(self->client, label), "semd_label");
	path_join(from, self->source, name);

	demand_ok(semd_acquire(self->slots, 1), "semd_acquire");
	trace_add(self->trace, 1);
	if (done == 0)
		await_go();
	if (self->victim && done == VICTIM_FILES)
		squeeze_until_killed(from);
	squeeze_file(from, to);
	trace_add(self->trace, -1);
	demand_ok(semd_release(self->slots, 1), "semd_release");
}

/*
 * squeeze SOCKET SOURCE FOLDER NUMBER VICTIM: compresses every eighth file, if that has not been
 * done.
 */
int slots_squeeze(char **words)
{
	struct place place;
	struct files files;
	place_find(&place, words[2]);
	files_read(&files, place.list);
	struct squeezer self = {
		.client = demo_connect(words[0], "worker"),
		.source = words[1],
		.folder = words[2],
		.number = (unsigned)strtoul(words[3], NULL, 10),
		.victim = strcmp(words[4], "victim") == 0,
		.trace = trace_open(place.trace),
	};
	self.slots = demo_open(self.client, "slots", PERMITS, PERMITS);
	size_t done = 0;
	for (size_t i = self.number; i < files.count; i += WORKERS) {
		char to[SUPPORT_PATH];
		if (!exists(place_output(to, self.folder, i)))
			squeezer_do(&self, files.name[i], to, done++);
	}
	semd_disconnect(self.client);
	files_free(&files);
	return 0;
}

/* take SOCKET FOLDER: acquires all permits at once, then prints a line. */
int slots_take(char **words)
{
	struct place place;
	place_find(&place, words[1]);
	support_descriptor trace = trace_open(place.trace);
	struct semd_client *client = demo_connect(words[0], "wants all three");
	struct semd_sem *slots = demo_open(client, "slots", PERMITS, PERMITS);
	demand_ok(semd_timed_acquire(slots, PERMITS, LIMIT_NS), "semd_timed_acquire");
	trace_add(trace, PERMITS);
	puts("got them");
	trace_add(trace, -PERMITS);
	semd_disconnect(client);
	return 0;
}

/* ---- What semd says -------------------------------------------------------------------------- */

static int show_sem(void *arg, const struct semd_info *info)
{
	(void)arg;
	printf("    %s: %" PRIu64 " permits, %" PRId64 " available\n", info->name, info->total,
	       info->available);
	return 0;
}

static int show_party(const char *verb, const struct semd_party *party)
{
	printf("      %-8s %" PRIu32 "  process %-8" PRIu32 "%s\n", verb, party->permits,
	       party->pid, party->command);
	return 0;
}

static int show_holder(void *arg, const struct semd_party *holder)
{
	*(uint32_t *)arg += holder->permits;
	return show_party("holds", holder);
}

static int show_waiter(void *arg, const struct semd_party *waiter)
{
	(void)arg;
	return show_party("awaits", waiter);
}

/* Prints holders and waiters; returns the number of permits held. */
static uint32_t slots_show(const struct demo *demo)
{
	static const struct semd_show_rows rows = { show_sem, show_holder, show_waiter };
	uint32_t held = 0;
	demand_ok(semd_show(demo->client, "slots", &rows, &held), "semd_show");
	return held;
}

/* ---- The story ------------------------------------------------------------------------------- */

struct slots {
	struct demo *demo;
	struct place place;
	struct semd_sem *sem;
	struct process worker[WORKERS];
	struct process taker;
};

static void worker_start(struct slots *self, unsigned number, bool victim)
{
	const struct demo *demo = self->demo;
	char digits[12];
	snprintf(digits, sizeof(digits), "%u", number);
	demo_start(demo, &self->worker[number],
	           OPTIONS("squeeze", demo->daemon.socket, demo->source,
		demo->folder, digits, victim ? "victim" : "worker"), NULL);
}

struct awaited {
	uint64_t waiting;
	bool seen;
};

static int note_waiting(void *arg, const struct semd_info *info)
{
	struct awaited *awaited = arg;
	awaited->seen |= strcmp(info->name, "slots") == 0 && info->waiting == awaited->waiting;
	return 0;
}

static void await_waiting(const struct slots *self, uint64_t waiting)
{
	static const struct semd_watch_rows rows = { .sem = note_waiting };
	struct awaited awaited = { .waiting = waiting };
	uint64_t cursor = 0;
	while (!awaited.seen)
		demand_ok(semd_watch(self->demo->client, &cursor, LIMIT_NS, &rows, &awaited),
		          "semd_watch");
}

/* Shows the semaphore while all permits are held. No worker goes on before that. */
static void workers_show(struct slots *self)
{
	await_waiting(self, WORKERS - PERMITS);
	puts("  All workers run. At one instant semd reports:");
	demand(slots_show(self->demo) == PERMITS, "%d permits are held", PERMITS);
	for (unsigned i = 0; i < WORKERS; i++)
		descriptor_close(&self->worker[i].in);
}

/*
 * All workers wait before the first is served. The victim is first in line, so it holds a permit as
 * long as it lives.
 */
static void workers_start(struct slots *self)
{
	demand_ok(semd_acquire(self->sem, PERMITS), "semd_acquire");
	worker_start(self, VICTIM, true);
	await_waiting(self, 1);
	for (unsigned i = 0; i < WORKERS; i++)
		if (i != VICTIM)
			worker_start(self, i, false);
	await_waiting(self, WORKERS);
	demand_ok(semd_release(self->sem, PERMITS), "semd_release");
	workers_show(self);
	const char *line = process_line(&self->worker[VICTIM]);
	demand(line && strcmp(line, "in") == 0, "worker %d holds a permit", VICTIM);
}

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct seen {
	uint32_t held;
	bool taker;
};

static int note_holder(void *arg, const struct semd_party *holder)
{
	((struct seen *)arg)->held += holder->permits;
	return 0;
}

static int note_waiter(void *arg, const struct semd_party *waiter)
{
	((struct seen *)arg)->taker |= waiter->permits == PERMITS;
	return 0;
}

/* Whether the newcomer waits and only the victim still holds a permit. */
static bool others_wait(const struct slots *self)
{
	static const struct semd_show_rows rows = { NULL, note_holder, note_waiter };
	struct seen seen = { .held = 0 };
	demand_ok(semd_show(self->demo->client, "slots", &rows, &seen), "semd_show");
	return seen.taker && seen.held == 1;
}

/*
 * A newcomer asks for all three permits. No waiter passes it, so the others finish their files and
 * then wait too. Only the victim's permit can end that.
 */
static void taker_start(struct slots *self)
{
	demo_start(self->demo, &self->taker,
		OPTIONS("take", self->demo->daemon.socket, self->demo->folder), NULL);
	int64_t limit = now_us() + LIMIT_NS / 1000;
	while (!others_wait(self))
		demand(now_us() < limit, "the others finish their files and wait");
	puts("  A newcomer wants all three, so the others wait behind it. One worker still holds:");
	demand(slots_show(self->demo) == 1, "only the victim holds a permit");
}

static void victim_kill(struct slots *self)
{
	struct process *victim = &self->worker[VICTIM];
	int pid = (int)victim->pid;
	/*
	 * The victim cannot write its own record. It is written before the kill, since after the
	 * kill the newcomer's record could come first.
	 */
	support_descriptor trace = trace_open(self->place.trace);
	trace_add(trace, -1);
	descriptor_close(&trace);
	int64_t began = now_us();
	process_kill(victim);
	const char *line = process_line(&self->taker);
	int64_t ended = now_us();
	demand(line && strcmp(line, "got them") == 0, "the newcomer gets all three");
	demand(process_await(victim) == PROCESS_KILLED, "the victim was killed");
	process_end(victim);
	printf("  kill -9 %d: its permit came back, the newcomer had all three %" PRId64
	       " us later.\n", pid, ended - began);
}

static void workers_finish(struct slots *self)
{
	worker_start(self, VICTIM, false);
	descriptor_close(&self->worker[VICTIM].in);
	for (unsigned i = 0; i < WORKERS; i++) {
		demand(process_await(&self->worker[i]) == 0, "worker %u exits with 0", i);
		process_end(&self->worker[i]);
	}
	demand(process_await(&self->taker) == 0, "the newcomer exits with 0");
	process_end(&self->taker);
}

static void outputs_check(const struct slots *self)
{
	const struct demo *demo = self->demo;
	struct files files;
	size_t before = 0, after = 0;
	files_read(&files, self->place.list);
	for (size_t i = 0; i < files.count; i++) {
		char from[SUPPORT_PATH], to[SUPPORT_PATH];
		struct bytes plain = bytes_read(path_join(from, demo->source, files.name[i]));
		struct bytes squeezed = bytes_read(place_output(to, demo->folder, i));
		struct bytes again = expand(&squeezed);
		demand(again.size == plain.size && memcmp(again.data, plain.data, plain.size) == 0,
		       "%s is expanded to what it was", files.name[i]);
		before += plain.size;
		after += squeezed.size;
		free(plain.data);
		free(squeezed.data);
		free(again.data);
	}
	printf("  Another worker did its files: all %zu are done. %zu bytes became %zu and expand\n"
	       "  to what they were.\n", files.count, before, after);
	files_free(&files);
}

static void trace_check(const struct slots *self)
{
	struct trace_sum sum = trace_sum(self->place.trace);
	demand(sum.most == PERMITS, "at most %d permits were in use at once, not %d", PERMITS,
	       sum.most);
	demand(sum.left == 0, "no permit is in use at the end");
	printf("  Never more than %d permits were in use, by %zu records that the kernel kept in\n"
	       "  order.\n", sum.most, sum.records);
}

void slots_story(struct demo *demo)
{
	struct slots self = { .demo = demo };
	place_find(&self.place, demo->folder);
	if (files_list(demo->source, self.place.list) < (VICTIM_FILES + 1) * WORKERS)
		support_die("too few files in %s: set SEMD_TEST_SOURCE to the source tree",
		            demo->source);
	self.sem = demo_open(demo->client, "slots", PERMITS, PERMITS);
	printf("\n%d processes compress the files of this tree, %d at a time.\n", WORKERS, PERMITS);
	workers_start(&self);
	taker_start(&self);
	victim_kill(&self);
	workers_finish(&self);
	outputs_check(&self);
	trace_check(&self);
	demand_ok(semd_remove(demo->client, "slots"), "semd_remove");
	demand_ok(semd_close(self.sem), "semd_close");
}
