/*
 * coverage_statuses.c - produces each status in the simplest way. Statuses that need a feature of
 * the platform are in coverage_unix.c and coverage_windows.c.
 */
#include "config.h"

#include "tests/system/coverage.h"

static int seen_on_the_wire(struct raw *raw)
{
	raw_leave(raw);
	return 0;
}

int status_OK(void)
{
	struct raw raw;
	raw_connect(&raw, served.socket);
	return seen_on_the_wire(&raw);
}

static int open_with(uint32_t flags, uint32_t initial)
{
	struct raw raw;
	struct open_request open = {
		.handle = 1, .flags = flags, .initial = initial, .max = 1, .name = raw_text("sem"),
	};
	raw_user(&raw, flags == 0 ? "other" : "sem", 1);
	raw_ask_open(&raw, &open);
	return seen_on_the_wire(&raw);
}

int status_ENOENT(void)
{
	return open_with(0, 0);
}

int status_EEXIST(void)
{
	return open_with(WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE, 0);
}

int status_EINVAL(void)
{
	return open_with(WIRE_OPEN_CREATE, 2);
}

static int term(uint32_t permits, enum wire_term_kind kind, uint32_t n, int64_t timeout)
{
	struct raw raw;
	raw_connect(&raw, served.socket);
	struct open_request open = {
		.flags = WIRE_OPEN_CREATE, .initial = permits, .max = 1, .name = raw_text("sem"),
	};
	ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_OK);
	raw_term(&raw, 0, kind, n, timeout);
	return seen_on_the_wire(&raw);
}

int status_EAGAIN(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 0);
}

int status_ETIMEDOUT(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 1);
}

int status_EOVERFLOW(void)
{
	return term(1, WIRE_TERM_POST, 1, 0);
}

int status_ENOTHELD(void)
{
	return term(1, WIRE_TERM_RELEASE, 1, 0);
}

int status_EIMPOSSIBLE(void)
{
	return term(1, WIRE_TERM_ACQUIRE, 2, -1);
}

int status_EREMOVED(void)
{
	struct raw raw;
	ck_assert_int_eq(request_remove(&raw), WIRE_OK);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

int status_ERESET(void)
{
	struct raw raw, other;
	raw_user(&other, "sem", 1);
	ck_assert_int_eq(request_reset(&raw), WIRE_OK);
	raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_leave(&other);
	return seen_on_the_wire(&raw);
}

static int end_when_told(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

int status_ELOST(void)
{
	struct raw raw;
	struct process process;
	process_fork(&process, end_when_told, NULL, 0);
	ck_assert_int_eq(raw_bound(&raw, process.pid, process.handle), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 0, "sem", 0), WIRE_OK);
	process_end(&process);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

int status_EQUOTA(void)
{
	struct daemon capped;
	struct raw raw;
	daemon_start(&capped, OPTIONS("--max-semaphores", "1"));
	raw_connect(&raw, capped.socket);
	raw_create(&raw, 0, "sem", 1);
	raw_create(&raw, 1, "another", 1);
	raw_leave(&raw);
	daemon_stop(&capped);
	return 0;
}

int status_ECANCELED(void)
{
	struct raw raw;
	request_cancel(&raw);
	return seen_on_the_wire(&raw);
}

int status_ECONN(void)
{
	struct daemon ending;
	struct raw raw;
	daemon_start(&ending, NULL);
	raw_connect(&raw, ending.socket);
	daemon_ask_end(&ending.process);
	raw_ended(&raw);
	raw_close(&raw);
	ck_assert_int_eq(process_await(&ending.process), 0);
	daemon_end(&ending);
	return 0;
}

int status_EPROTO(void)
{
	struct raw raw;
	event_end(&raw);
	return seen_on_the_wire(&raw);
}
