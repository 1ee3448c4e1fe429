/* scenes.c - see scenes.h. */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "tests/model/scenes.h"

enum { SEMS = 3, THREADS = 4 };

static void play(struct drive *drive, struct step step)
{
	drive_step(drive, &step);
}

/* Connects a session and opens "a", "b" and "c", created with that many permits. */
static void enter(struct drive *drive, int session, bool bound, uint32_t permits)
{
	play(drive, (struct step){ .kind = STEP_CONNECT, .session = session });
	if (bound)
		play(drive, (struct step){ .kind = STEP_BIND, .session = session });
	for (uint32_t i = 0; i < SEMS; i++)
		play(drive, (struct step){
			.kind = STEP_OPEN, .session = session, .name = (char)('a' + i),
			.open = { .handle = i, .flags = WIRE_OPEN_CREATE, .initial = permits,
			          .mode = 0666 }
		});
}

static void apply(struct drive *drive, int session, enum wire_term_kind kind,
                  const uint32_t permits[SEMS])
{
	struct step step = { .kind = STEP_APPLY, .session = session, .ns = ENGINE_FOREVER };
	for (uint32_t i = 0; i < SEMS; i++)
		if (permits[i] > 0)
			step.terms.term[step.terms.count++] = (struct wire_term){
				.handle = i, .kind = kind, .n = permits[i]
			};
	drive_step(drive, &step);
}

#define TAKE(drive, session, ...) \
	apply(drive, session, WIRE_TERM_ACQUIRE, (const uint32_t[SEMS]){ __VA_ARGS__ })
#define GIVE(drive, session, ...) \
	apply(drive, session, WIRE_TERM_RELEASE, (const uint32_t[SEMS]){ __VA_ARGS__ })

/* Whether the session's last request waits. */
static bool waits(const struct drive *drive, int session)
{
	for (int i = 0; i < drive->model.waiters; i++)
		if (drive->model.waiter[i].session == session &&
		    drive->model.waiter[i].number == drive->number[session])
			return true;
	return false;
}

static void expect(struct drive *drive, int session, bool waiting)
{
	if (waits(drive, session) != waiting)
		drive_fail(drive, "session %d %s", session, waiting ? "does not wait" : "waits");
}

static void play_holder_of_what_is_waited_for(struct drive *drive)
{
	enter(drive, 1, false, 2);
	enter(drive, 2, false, 2);
	TAKE(drive, 1, 1);
	TAKE(drive, 2, 2);
	expect(drive, 2, true);
	TAKE(drive, 1, 1);
	expect(drive, 1, false);
}

/*
 * The example of the design: sessions 1, 2 and 3 are its C0, C4 and C2; a, b and c are x, y and z.
 */
static void play_behind_one_that_waits(struct drive *drive)
{
	for (int i = 1; i <= 3; i++)
		enter(drive, i, false, 1);
	TAKE(drive, 1, 0, 0, 1);
	TAKE(drive, 2, 1, 0, 1);
	expect(drive, 2, true);
	TAKE(drive, 3, 1);
	expect(drive, 3, true);
	TAKE(drive, 1, 1, 1);
	expect(drive, 1, false);
}

/*
 * The first waiter is not stuck at first. It becomes stuck when the client that it waits for starts
 * to wait behind it.
 */
static void play_stuck_by_a_later_one(struct drive *drive)
{
	for (int i = 1; i <= 3; i++)
		enter(drive, i, false, 1);
	TAKE(drive, 1, 0, 1);			/* 1 holds b */
	TAKE(drive, 2, 0, 0, 1);		/* 2 holds c */
	TAKE(drive, 3, 1, 0, 1);		/* 3 waits for c, ahead in a */
	TAKE(drive, 1, 1);			/* 1 waits for its turn in a */
	expect(drive, 1, true);
	TAKE(drive, 2, 0, 1);			/* 2 waits for 1, so 3 does too */
	expect(drive, 2, true);
	expect(drive, 1, false);
	GIVE(drive, 1, 1, 1);
	expect(drive, 2, false);
}

struct thread {
	uint64_t number;	/* of its last request */
	int session;
	bool waits;
};

/* How many waiting threads were answered in the last step. */
static unsigned wake(const struct drive *drive, struct thread *threads)
{
	unsigned woken = 0;
	for (int i = 0; i < drive->answers; i++)
		for (int k = 0; k < THREADS; k++)
			if (drive->answer[i].session == threads[k].session &&
			    drive->answer[i].number == threads[k].number) {
				threads[k].waits = false;
				woken++;
			}
	return woken;
}

/* Gives one permit and takes one. Returns how many grants that gave to the threads. */
static unsigned take_turn(struct drive *drive, struct thread *threads, struct thread *thread)
{
	GIVE(drive, thread->session, 1);
	unsigned granted = wake(drive, threads);
	if (!waits(drive, 1))
		return granted;
	TAKE(drive, thread->session, 1);
	thread->number = drive->number[thread->session];
	thread->waits = waits(drive, thread->session);
	return granted + !thread->waits;
}

/*
 * Threads of one client together always hold all permits but one, and session 1 wants all: it lets
 * as many grants pass as the limit says, and no more.
 */
static void keep_busy(struct drive *drive, struct thread *threads)
{
	unsigned granted = 0;
	int idle = 0;
	for (int i = 0; i < THREADS - 1; i++)
		TAKE(drive, threads[i].session, 1);
	TAKE(drive, 1, THREADS);
	TAKE(drive, threads[THREADS - 1].session, 1);
	granted++;
	for (int i = 0; waits(drive, 1) && idle < THREADS && drive->failure[0] == '\0'; i++) {
		struct thread *thread = &threads[i % THREADS];
		idle = thread->waits ? idle + 1 : 0;
		if (!thread->waits)
			granted += take_turn(drive, threads, thread);
	}
	expect(drive, 1, false);
	if (granted != MODEL_STUCK_PASSES)
		drive_fail(drive, "%u grants went before the one that wants all", granted);
}

static void play_busy_sessions(struct drive *drive)
{
	struct thread threads[THREADS];
	enter(drive, 1, false, THREADS);
	for (int i = 0; i < THREADS; i++) {
		enter(drive, 2 + i, true, THREADS);
		threads[i] = (struct thread){ .session = 2 + i };
	}
	keep_busy(drive, threads);
}

static void play_busy_session(struct drive *drive)
{
	struct thread threads[THREADS];
	enter(drive, 1, false, THREADS);
	enter(drive, 2, false, THREADS);
	for (int i = 0; i < THREADS; i++)
		threads[i] = (struct thread){ .session = 2 };
	keep_busy(drive, threads);
}

const struct scene scenes[] = {
	{ "a client that holds what a waiter lacks passes it", play_holder_of_what_is_waited_for },
	{ "and passes a waiter behind such a waiter", play_behind_one_that_waits },
	{ "a waiter passes others that become stuck behind it", play_stuck_by_a_later_one },
	{ "a waiter for all permits is served after 64 grants to busy threads",
	  play_busy_sessions },
	{ "the same for one session with many requests under way", play_busy_session }
};
const int scene_count = sizeof(scenes) / sizeof(scenes[0]);
