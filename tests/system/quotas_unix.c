/*
 * quotas_unix.c - a user at every cap does not affect another, which can reach every cap too; when
 * the first has ended, all of its caps are free again. What counts for which cap is in caps.c.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/served_unix.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define CAPS OPTIONS("--max-clients", "4", "--max-semaphores", "3", "--max-handles", "6", \
	"--max-waiters", "2", "--max-unsent", "131072")
enum { CLIENTS = 4, SEMAPHORES = 3, HANDLES = 6, WAITERS = 2 };

static const struct user greedy = { 12345, 12345, 0 }, modest = { 12346, 12346, 0 };

/*
 * A user that has as much of everything as it may. `first` waits, `speaker` is bound to the process
 * (which counts as a second client), `glutton` does not read.
 */
struct full {
	struct raw first, speaker, glutton;
	uint64_t tag;		/* of the first waiting request */
	uint64_t unread;	/* replies that `glutton` has not read */
};

/* Each user has names of its own. */
static struct wire_text name(unsigned number)
{
	static char text[SEMAPHORES + 1][24];
	snprintf(text[number], sizeof(text[number]), "%u-%u", (unsigned)getuid(), number);
	return raw_text(text[number]);
}

static int open_numbered(struct raw *raw, uint32_t handle, unsigned number)
{
	struct open_request open = {
		.handle = handle, .flags = WIRE_OPEN_CREATE, .initial = 1, .name = name(number),
	};
	return raw_ask_open(raw, &open);
}

static bool ask_for(struct raw *raw, uint64_t count)
{
	uint8_t frame[WIRE_MAX_REQUEST];
	const struct query_request query = { .handle = 0, .head.tag = 1 };
	size_t size = query_request_encode(&query, frame, sizeof(frame));
	bool sent = true;
	while (sent && count-- > 0)
		sent = raw_send(raw, frame, size);
	return sent;
}

/*
 * When these are answered, so are all earlier requests, and the replies are sent as far as there
 * was room.
 */
static bool wait_for_answers(struct full *full)
{
	enum { TURNS = 2 };
	int status = WIRE_OK;
	for (int turn = 0; status == WIRE_OK && turn < TURNS; turn++) {
		struct ping_request ping = { .head.tag = 0 };
		status = raw_ask_ping(&full->first, &ping);
	}
	return status == WIRE_OK;
}

/* Sends requests until the socket takes no more, so that the daemon keeps replies. */
static int eat(struct full *full)
{
	enum { BATCH = 64 };
	struct raw *glutton = &full->glutton;
	int sent = 0, before;
	raw_connect(glutton, served.socket);
	CHECK(open_numbered(glutton, 0, 0) == WIRE_OK);
	CHECK(ask_for(glutton, 1) && raw_receive(glutton));
	do {
		before = sent;
		CHECK(ask_for(glutton, BATCH) && wait_for_answers(full));
		full->unread += BATCH;
		CHECK(ioctl(glutton->stream, FIONREAD, &sent) == 0);
	} while (sent > before);
	return 0;
}

static bool one_more_is_refused(void)
{
	struct semd_client *client;
	return semd_connect(served.socket, SEMD_NO_START, &client) == SEMD_EQUOTA;
}

static int have_all_clients(struct full *full)
{
	process_handle self = process_handle_of(getpid());
	raw_connect(&full->first, served.socket);
	int failed = eat(full);
	if (failed != 0)
		return failed;
	CHECK(raw_bound(&full->speaker, getpid(), self) == WIRE_OK);
	descriptor_close(&self);
	CHECK(one_more_is_refused());
	return 0;
}

static int have_all_semaphores(struct full *full)
{
	for (uint32_t i = 0; i < SEMAPHORES; i++)
		CHECK(open_numbered(&full->first, i, i) == WIRE_OK);
	struct unlink_request unlink = { .name = name(2) };
	CHECK(raw_ask_unlink(&full->first, &unlink) == WIRE_OK);
	CHECK(open_numbered(&full->first, SEMAPHORES, SEMAPHORES) == WIRE_EQUOTA);
	return 0;
}

/*
 * Three handles of `first`, one of which becomes a hold without a handle, one of each other client,
 * and one more.
 */
static int have_all_handles(struct full *full)
{
	struct close_request close = { .handle = 1 };
	CHECK(raw_term(&full->first, 1, WIRE_TERM_ACQUIRE, 1, 0) == WIRE_OK);
	CHECK(raw_ask_close(&full->first, &close) == WIRE_OK);
	CHECK(open_numbered(&full->speaker, 0, 0) == WIRE_OK);
	CHECK(open_numbered(&full->first, SEMAPHORES, 0) == WIRE_OK);
	CHECK(open_numbered(&full->first, SEMAPHORES + 1, 0) == WIRE_EQUOTA);
	CHECK(open_numbered(&full->speaker, 1, 0) == WIRE_EQUOTA);
	return 0;
}

static int have_all_waiters(struct full *full)
{
	CHECK(raw_term(&full->speaker, 0, WIRE_TERM_ACQUIRE, 1, 0) == WIRE_OK);
	full->tag = raw_begin(&full->first, WIRE_TERM_ACQUIRE, 1, -1);
	raw_begin(&full->first, WIRE_TERM_CONSUME, 1, -1);
	CHECK(raw_waits(&full->first));
	CHECK(raw_term(&full->first, 0, WIRE_TERM_ACQUIRE, 1, -1) == WIRE_EQUOTA);
	return 0;
}

static int have_all(struct full *full)
{
	static int (*const have[])(struct full *full) = {
		have_all_clients, have_all_semaphores, have_all_handles, have_all_waiters,
	};
	int failed = 0;
	for (size_t i = 0; failed == 0 && i < sizeof(have) / sizeof(have[0]); i++)
		failed = have[i](full);
	return failed;
}

/* All of it still works: the waiter is served, and all unread replies arrive. */
static int use_all(struct full *full)
{
	CHECK(raw_term(&full->speaker, 0, WIRE_TERM_RELEASE, 1, 0) == WIRE_OK);
	CHECK(raw_take(&full->first, full->tag) == WIRE_OK && raw_waits(&full->first));
	for (uint64_t i = 0; i < full->unread; i++)
		CHECK(raw_receive(&full->glutton) && full->glutton.head.opcode == WIRE_QUERY);
	raw_leave(&full->glutton);
	raw_leave(&full->speaker);
	raw_leave(&full->first);
	return 0;
}

static int have_and_use_all(void *arg, support_descriptor link)
{
	static struct full full;
	(void)arg;
	(void)link;
	int failed = have_all(&full);
	return failed != 0 ? failed : use_all(&full);
}

static int have_all_and_die(void *arg, support_descriptor link)
{
	static struct full full;
	(void)arg;
	int failed = have_all(&full);
	link_tell(link, failed == 0 ? 'f' : 'x');
	if (failed == 0)
		pause();
	return failed;
}

/* Uses the library: connects, opens, creates, holds, waits, binds. */
static int work(void *arg, support_descriptor link)
{
	struct semd_client *client = new_client(), *second = new_client(), *bound;
	struct semd_sem *sem = sem_new(client, "work", 1);
	struct acquiring acquiring;
	process_handle self = process_handle_of(getpid());
	(void)arg;
	(void)link;
	CHECK(semd_acquire(sem, 1) == 0);
	acquiring_begin(&acquiring, sem_existing(second, "work"));
	sem_await_waiting(sem, 1);
	CHECK(semd_release(sem, 1) == 0);
	CHECK(acquiring_end(&acquiring) == 0);
	CHECK(semd_release(acquiring.sem, 1) == 0);
	semd_disconnect(second);
	CHECK(semd_connect_for(served.socket, SEMD_NO_START, self, &bound) == 0);
	descriptor_close(&self);
	CHECK(semd_acquire(sem_existing(bound, "work"), 1) == 0);
	semd_disconnect(bound);
	CHECK(semd_try_acquire(sem, 1) == SEMD_EAGAIN);
	CHECK(semd_remove(client, "work") == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(one_user_at_every_cap_leaves_others_unharmed)
{
	struct process process;
	daemon_start(&served, CAPS);
	served_open_to_all();
	user_fork(&process, &greedy, have_all_and_die, NULL);
	ck_assert_int_eq(link_hear(process.link), 'f');
	user_run(&modest, work, NULL);
	user_run(&modest, have_and_use_all, NULL);
	/* After its kill there is room again; two of its semaphores still exist. */
	process_kill(&process);
	ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
	process_end(&process);
	user_run(&greedy, have_and_use_all, NULL);
	daemon_stop(&served);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("quotas");
	TCase *quotas = suite_case(suite, "quotas");
	tcase_add_test(quotas, one_user_at_every_cap_leaves_others_unharmed);
	return users_run(suite);
}
