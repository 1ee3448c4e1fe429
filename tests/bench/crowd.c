/*
 * crowd.c - the cost of a request that is granted at once while others wait in other lines.
 *
 * Those lines are expensive for clause (c): a permit is left, and the waiters hold permits that
 * others wait for. So the only reason to skip them is that they are other lines.
 */
#include "config.h"

#include "tests/bench/bench.h"
#include "tests/support/raw.h"
#include "tests/support/support.h"

/* The crowd holds `chair` and waits for both permits of `table`, of which the keeper has one. */
enum { CHAIR, TABLE };

static struct raw keeper, crowd;

static void must(int status, const char *what)
{
	if (status != WIRE_OK)
		support_die("the daemon refuses %s: %d", what, status);
}

static void crowd_waits(size_t waiters)
{
	struct apply_request wait = {
		.timeout = -1, .terms = { 1, { { TABLE, WIRE_TERM_ACQUIRE, 2 } } },
	};
	for (size_t i = 0; i < waiters; i++)
		raw_send_apply(&crowd, &wait);
	must(raw_ask_ping(&crowd, &(struct ping_request){ 0 }), "so many waiters");
}

static void crowd_comes(const char *socket, size_t waiters)
{
	raw_connect(&keeper, socket);
	must(raw_create(&keeper, 0, "table", 2), "a semaphore");
	must(raw_term(&keeper, 0, WIRE_TERM_ACQUIRE, 1, 0), "a permit");
	raw_connect(&crowd, socket);
	must(raw_create(&crowd, CHAIR, "chair", 1), "a semaphore");
	must(raw_create(&crowd, TABLE, "table", 2), "a semaphore");
	must(raw_term(&crowd, CHAIR, WIRE_TERM_ACQUIRE, 1, 0), "a permit");
	crowd_waits(waiters);
}

static double beside(struct bench *bench, size_t waiters)
{
	crowd_comes(bench->daemon_socket, waiters);
	double taken = bench_library_round_trip(bench);
	raw_leave(&crowd);
	raw_leave(&keeper);
	return taken;
}

double bench_beside_one(void *bench)
{
	return beside(bench, 1);
}

double bench_beside_many(void *arg)
{
	struct bench *bench = arg;
	return beside(bench, bench->settings->waiters);
}
