/*
 * served.c - see served.h.
 */
#include "config.h"

#include "tests/system/served.h"

#include <sched.h>

struct daemon served;

static void served_start(void)
{
	daemon_start(&served, NULL);
	process_carry(&served, sizeof(served));
}

static void served_stop(void)
{
	daemon_stop(&served);
}

TCase *served_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, served_start, served_stop);
	return tcase;
}

struct process served_log;

static void log_start(const char *level)
{
	char program[SUPPORT_PATH];
	struct ready ready;
	folder_make(served.folder, NULL);
	daemon_address(served.socket, served.folder);
	ready_open(&ready);
	process_start(&served_log, &(struct start){
		.argv = OPTIONS(path_program(program, "semd"), "--socket", served.socket, "--ready",
		                ready.option, "--log", level),
		.in = STREAM_NULL, .out = STREAM_PIPE, .err = STREAM_PIPE, .pass = ready.pass,
	});
	ck_assert(ready_wait(&ready, &served_log));
	process_carry(&served, sizeof(served));
	/* process_line reads `out`, and these tests are about standard error. */
	support_descriptor out = served_log.out;
	served_log.out = served_log.err;
	served_log.err = out;
}

static void info_start(void)
{
	log_start("info");
}

static void debug_start(void)
{
	log_start("debug");
}

static void log_stop(void)
{
	process_end(&served_log);
	folder_remove(served.folder);
}

TCase *served_log_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, info_start, log_stop);
	return tcase;
}

TCase *served_debug_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, debug_start, log_stop);
	return tcase;
}

/* For checks in children too, where Check's asserts do not work. */
#define must(condition, ...) do { if (!(condition)) support_die(__VA_ARGS__); } while (0)

struct semd_client *new_client(void)
{
	struct semd_client *client;
	int error = semd_connect(served.socket, SEMD_NO_START, &client);
	must(error == 0, "connect: %s", semd_explain());
	return client;
}

struct semd_sem *sem_existing(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int error = semd_open(client, name, NULL, &sem);
	must(error == 0, "open %s: %s", name, semd_explain());
	return sem;
}

struct semd_sem *sem_new_with(struct semd_client *client, const char *name, uint32_t initial,
                              uint32_t max, unsigned flags)
{
	struct semd_sem *sem;
	const struct semd_options options = {
		.size = sizeof(options),
		.flags = SEMD_CREATE | flags,
		.initial = initial,
		.max = max,
	};
	int error = semd_open(client, name, &options, &sem);
	must(error == 0, "open %s: %s", name, semd_explain());
	return sem;
}

struct semd_sem *sem_new(struct semd_client *client, const char *name, uint32_t initial)
{
	return sem_new_with(client, name, initial, 0, 0);
}

struct semd_info sem_info(struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	int error = semd_query(sem, &info);
	must(error == 0, "query: %s", semd_explain());
	return info;
}

int64_t sem_available(struct semd_sem *sem)
{
	return sem_info(sem).available;
}

void sem_await_waiting(struct semd_sem *sem, uint64_t count)
{
	while (sem_info(sem).waiting != count)
		sched_yield();
}

static void *acquire_one(void *arg)
{
	struct acquiring *acquiring = arg;
	acquiring->error = semd_acquire(acquiring->sem, 1);
	return NULL;
}

void acquiring_begin(struct acquiring *acquiring, struct semd_sem *sem)
{
	acquiring->sem = sem;
	must(pthread_create(&acquiring->thread, NULL, acquire_one, acquiring) == 0, "no thread");
}

int acquiring_end(struct acquiring *acquiring)
{
	pthread_join(acquiring->thread, NULL);
	return acquiring->error;
}

void raw_user(struct raw *raw, const char *name, uint32_t initial)
{
	raw_connect(raw, served.socket);
	must(raw_create(raw, 0, name, initial) == WIRE_OK, "create %s", name);
}

uint64_t raw_begin(struct raw *raw, enum wire_term_kind kind, uint32_t n, int64_t timeout)
{
	struct apply_request apply = { .timeout = timeout, .terms.count = 1 };
	apply.terms.term[0] = (struct wire_term){ .handle = 0, .kind = kind, .n = n };
	raw_send_apply(raw, &apply);
	return apply.head.tag;
}

bool raw_waits(struct raw *raw)
{
	struct ping_request ping = { .head.tag = 0 };
	raw_send_ping(raw, &ping);
	return raw_receive(raw) && raw->head.tag == ping.head.tag;
}

int raw_take(struct raw *raw, uint64_t tag)
{
	ck_assert_msg(raw_receive(raw), "the connection ended");
	ck_assert_uint_eq(raw->head.tag, tag);
	return raw->head.status;
}

int raw_bind_to(struct raw *raw, pid_t pid, process_handle handle)
{
	struct bind_request bind = {
		.pid = (uint32_t)pid,
		.inode = process_inode(handle),
		.start = process_started_at(pid),
		.command = raw_text("bound"),
	};
	return raw_ask_bind(raw, &bind);
}

int raw_bound(struct raw *raw, pid_t pid, process_handle handle)
{
	raw_connect(raw, served.socket);
	return raw_bind_to(raw, pid, handle);
}

void raw_go_ahead(struct raw *raw)
{
	struct ping_request ping = { .head.tag = 0 };
	raw_send_ping(raw, &ping);
}

static int make_noise(void *arg, support_descriptor link)
{
	enum { IN_FLIGHT = 1000 };
	static uint8_t frames[IN_FLIGHT * WIRE_HEAD_SIZE];
	const struct ping_request ping = { .head.tag = 1 };
	struct raw raw;
	(void)arg;
	for (size_t i = 0; i < IN_FLIGHT; i++) {
		if (ping_request_encode(&ping, frames + i * WIRE_HEAD_SIZE, WIRE_HEAD_SIZE) == 0)
			return 1;
	}
	raw_connect(&raw, served.socket);
	link_tell(link, 'n');
	while (!descriptor_wait(link, 0)) {
		raw_send(&raw, frames, sizeof(frames));
		for (size_t i = 0; i < IN_FLIGHT; i++) {
			if (!raw_receive(&raw))
				return 1;
		}
	}
	raw_leave(&raw);
	return 0;
}

void noise_begin(struct process *noise)
{
	process_fork(noise, make_noise, NULL, 0);
	ck_assert_int_eq(link_hear(noise->link), 'n');
}

void noise_end(struct process *noise)
{
	link_tell(noise->link, 'e');
	ck_assert_int_eq(process_await(noise), 0);
	process_end(noise);
}
