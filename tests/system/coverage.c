/*
 * coverage.c - every request with its reply, every event and every status is produced by the running
 * daemon and seen on the wire; EINTR, which only the library makes, is seen as its result.
 *
 * The tables are made from the schema: a message or status without a producer does not compile, and
 * one whose producer does not bring it about fails.
 */
#include "config.h"

#include "tests/system/served.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <unistd.h>

/* ---- Requests: each returns the status of the reply, which must be OK ----------------------------- */

static int request_hello(struct raw *raw)
{
	raw_connect(raw, served.socket);
	return raw->head.status;
}

static int request_ping(struct raw *raw)
{
	struct ping_request ping = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_ping(raw, &ping);
}

static int request_label(struct raw *raw)
{
	struct label_request label = { .command = raw_text("coverage") };
	raw_connect(raw, served.socket);
	return raw_ask_label(raw, &label);
}

static int request_bind(struct raw *raw)
{
	int self = pidfd_open(getpid(), 0);
	int status = raw_bound(raw, getpid(), self);
	close(self);
	return status;
}

static int request_detach(struct raw *raw)
{
	struct detach_request detach = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_detach(raw, &detach);
}

static int request_open(struct raw *raw)
{
	raw_user(raw, "sem", 1);
	return raw->head.status;
}

static int request_close(struct raw *raw)
{
	struct close_request close_handle = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_close(raw, &close_handle);
}

static int request_apply(struct raw *raw)
{
	raw_user(raw, "sem", 1);
	return raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
}

static int request_cancel(struct raw *raw)
{
	struct cancel_request cancel;
	raw_user(raw, "sem", 0);
	raw_begin(raw, WIRE_TERM_ACQUIRE, 1, -1);
	cancel.request = raw->number;
	return raw_ask_cancel(raw, &cancel);
}

static int request_query(struct raw *raw)
{
	struct query_request query = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_query(raw, &query);
}

static int request_set(struct raw *raw)
{
	struct set_request set = { .handle = 0, .total = 2 };
	raw_user(raw, "sem", 1);
	return raw_ask_set(raw, &set);
}

static int request_change(struct raw *raw)
{
	struct change_request change = { .handle = 0, .mask = WIRE_CHANGE_MODE, .mode = 0640 };
	raw_user(raw, "sem", 1);
	return raw_ask_change(raw, &change);
}

static int request_reset(struct raw *raw)
{
	struct reset_request reset = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_reset(raw, &reset);
}

static int request_remove(struct raw *raw)
{
	struct remove_request remove_name = { .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_remove(raw, &remove_name);
}

static int request_unlink(struct raw *raw)
{
	struct unlink_request unlink_name = { .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_unlink(raw, &unlink_name);
}

static int request_list(struct raw *raw)
{
	struct list_request list = { .cursor = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_list(raw, &list);
}

static int request_show(struct raw *raw)
{
	struct show_request show = { .cursor = 0, .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_show(raw, &show);
}

static const struct {
	unsigned opcode;
	int (*produce)(struct raw *raw);
} requests[] = {
#define REQUEST(NAME, name, number, numbered) { WIRE_##NAME, request_##name },
	WIRE_MESSAGES(REQUEST)
#undef REQUEST
};

START_TEST(request_has_its_reply)
{
	struct raw raw;
	uint64_t before = raw_count_opcode(requests[_i].opcode);
	ck_assert_int_eq(requests[_i].produce(&raw), WIRE_OK);
	ck_assert_uint_gt(raw_count_opcode(requests[_i].opcode), before);
	raw_leave(&raw);
}
END_TEST

/* ---- Events --------------------------------------------------------------------------------------- */

static void event_end(struct raw *raw)
{
	static const uint8_t zeros[WIRE_HEAD_SIZE];
	raw_connect(raw, served.socket);
	raw_send(raw, zeros, sizeof(zeros));
	raw_ended(raw);
}

static void event_sem(struct raw *raw)
{
	request_list(raw);
}

/* One holds "sem" and waits for two more of it: all that `show` can say, in its pages. */
static void event_holder(struct raw *raw)
{
	struct show_request show = { .cursor = 0, .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_begin(raw, WIRE_TERM_ACQUIRE, 2, -1);
	do {
		struct show_reply reply;
		ck_assert_int_eq(raw_ask_show(raw, &show), WIRE_OK);
		ck_assert_int_eq(show_reply_decode(&reply, raw->frame, raw->size), 0);
		show.cursor = reply.next;
	} while (show.cursor != 0);
}

static void event_waiter(struct raw *raw)
{
	event_holder(raw);
}

static void event_lack(struct raw *raw)
{
	event_holder(raw);
}

static void event_blocker(struct raw *raw)
{
	event_holder(raw);
}

static const struct {
	unsigned opcode;
	void (*produce)(struct raw *raw);
} events[] = {
#define EVENT(NAME, name, number) { WIRE_##NAME, event_##name },
	WIRE_EVENTS(EVENT)
#undef EVENT
};

START_TEST(event_is_seen)
{
	struct raw raw;
	uint64_t before = raw_count_opcode(events[_i].opcode);
	events[_i].produce(&raw);
	ck_assert_uint_gt(raw_count_opcode(events[_i].opcode), before);
	raw_leave(&raw);
}
END_TEST

/* ---- Statuses: seen on the wire, or returned as the library's result ------------------------------- */

static int seen_on_the_wire(struct raw *raw)
{
	raw_leave(raw);
	return 0;
}

static int status_OK(void)
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

static int status_ENOENT(void)
{
	return open_with(0, 0);
}

static int status_EEXIST(void)
{
	return open_with(WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE, 0);
}

static int status_EINVAL(void)
{
	return open_with(WIRE_OPEN_CREATE, 2);
}

/* To be bound to another user's process: root's own, for one who is not root. */
static int bind_to_roots(void *arg, int link)
{
	struct raw raw;
	pid_t *process = arg;
	(void)link;
	if (getuid() == 0 && setuid(12345) != 0)
		return 255;
	int pidfd = pidfd_open(*process, 0);
	if (pidfd < 0)
		return 255;
	raw_bound(&raw, *process, pidfd);
	return (int)raw_count_status(WIRE_EACCES) == 1 ? 0 : 1;
}

static int status_EACCES(void)
{
	struct process child;
	pid_t roots = getuid() == 0 ? getpid() : 1;
	served_open_to_all();
	process_fork(&child, bind_to_roots, &roots);
	int status = process_await(&child);
	process_end(&child);
	return status == 0 ? SEMD_EACCES : 0;
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

static int status_EAGAIN(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 0);
}

static int status_ETIMEDOUT(void)
{
	return term(0, WIRE_TERM_ACQUIRE, 1, 1);
}

static int status_EOVERFLOW(void)
{
	return term(1, WIRE_TERM_POST, 1, 0);
}

static int status_ENOTHELD(void)
{
	return term(1, WIRE_TERM_RELEASE, 1, 0);
}

static int status_EIMPOSSIBLE(void)
{
	return term(1, WIRE_TERM_ACQUIRE, 2, -1);
}

static int status_EREMOVED(void)
{
	struct raw raw;
	ck_assert_int_eq(request_remove(&raw), WIRE_OK);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

static int status_ERESET(void)
{
	struct raw raw, other;
	raw_user(&other, "sem", 1);
	ck_assert_int_eq(request_reset(&raw), WIRE_OK);
	raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_leave(&other);
	return seen_on_the_wire(&raw);
}

static int end_when_told(void *arg, int link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

static int status_ELOST(void)
{
	struct raw raw;
	struct process process;
	process_fork(&process, end_when_told, NULL);
	ck_assert_int_eq(raw_bound(&raw, process.pid, process.pidfd), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 0, "sem", 0), WIRE_OK);
	process_end(&process);
	raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	return seen_on_the_wire(&raw);
}

static int status_EQUOTA(void)
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

static int status_ECANCELED(void)
{
	struct raw raw;
	request_cancel(&raw);
	return seen_on_the_wire(&raw);
}

static void nothing(int signal)
{
	(void)signal;
}

struct interrupted {
	struct semd_sem *sem;
	int result;
};

static void *acquire_interrupted(void *arg)
{
	struct interrupted *interrupted = arg;
	interrupted->result = semd_acquire(interrupted->sem, 1);
	return NULL;
}

/* Only the library can be interrupted; the daemon sees a cancel. */
static int status_EINTR(void)
{
	pthread_t thread;
	const struct sigaction action = { .sa_handler = nothing };
	struct semd_client *client, *other = client_new();
	ck_assert_int_eq(semd_connect(served.socket, SEMD_INTERRUPTIBLE, &client), 0);
	ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
	struct interrupted interrupted = { .sem = sem_new(client, "sem", 0) };
	ck_assert_int_eq(pthread_create(&thread, NULL, acquire_interrupted, &interrupted), 0);
	struct semd_sem *sem = sem_existing(other, "sem");
	sem_await_waiting(sem, 1);
	while (sem_info(sem).waiting == 1)
		pthread_kill(thread, SIGUSR1);
	pthread_join(thread, NULL);
	semd_disconnect(client);
	semd_disconnect(other);
	return interrupted.result;
}

static int status_ECONN(void)
{
	struct daemon ending;
	struct raw raw;
	daemon_start(&ending, NULL);
	raw_connect(&raw, ending.socket);
	process_kill(&ending.process, SIGTERM);
	raw_ended(&raw);
	raw_close(&raw);
	ck_assert_int_eq(process_await(&ending.process), 0);
	daemon_end(&ending);
	return 0;
}

static int status_EPROTO(void)
{
	struct raw raw;
	event_end(&raw);
	return seen_on_the_wire(&raw);
}

#ifdef SEMD_SANITIZED
static int status_ENOMEM(void)
{
	fprintf(stderr, "ENOMEM: not with sanitizers, whose allocator ends the program instead\n");
	return SEMD_ENOMEM;
}
#else
/* Lets the daemon have no more memory than it has, and returns what the limit was before. */
static rlim_t memory_limit(const struct daemon *daemon, rlim_t most)
{
	struct rlimit limit, before;
	if (prlimit(daemon->process.pid, RLIMIT_AS, NULL, &before) != 0)
		support_die("prlimit: %m");
	limit = before;
	limit.rlim_cur = most;
	if (prlimit(daemon->process.pid, RLIMIT_AS, &limit, NULL) != 0)
		support_die("prlimit: %m");
	return before.rlim_cur;
}

/* Names are created until the daemon, which may grow no more, says that it cannot. */
static int status_ENOMEM(void)
{
	const char *const most = "1000000";
	struct daemon small;
	struct raw raw;
	daemon_start(&small, OPTIONS("--max-semaphores", most, "--max-handles", most));
	raw_connect(&raw, small.socket);
	rlim_t before = memory_limit(&small, 1);
	for (uint32_t i = 0; raw_count_status(WIRE_ENOMEM) == 0; i++) {
		char name[32];
		snprintf(name, sizeof(name), "sem%u", i);
		if (raw_create(&raw, i, name, 1) == -1)
			break;
	}
	memory_limit(&small, before);
	raw_leave(&raw);
	daemon_stop(&small);
	return 0;
}
#endif

static const struct {
	int status;
	int (*produce)(void);
} statuses[] = {
#define STATUS(NAME, number, text) { number, status_##NAME },
	WIRE_STATUSES(STATUS)
#undef STATUS
};

START_TEST(status_is_seen)
{
	int wanted = statuses[_i].status;
	uint64_t before = raw_count_status((unsigned)wanted);
	int result = statuses[_i].produce();
	ck_assert_msg(raw_count_status((unsigned)wanted) > before ||
	              (wanted != 0 && result == -wanted),
	              "%s was not produced", wire_status_name((unsigned)wanted));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("coverage");
	TCase *messages = served_case(suite, "messages");
	tcase_add_loop_test(messages, request_has_its_reply, 0,
	                    sizeof(requests) / sizeof(requests[0]));
	tcase_add_loop_test(messages, event_is_seen, 0, sizeof(events) / sizeof(events[0]));
	TCase *results = served_case(suite, "statuses");
	tcase_add_loop_test(results, status_is_seen, 0, sizeof(statuses) / sizeof(statuses[0]));
	return suite_run(suite);
}
