/*
 * caps.c - all that a client can make the daemon keep has a cap for each user, with a status. At
 * the cap all clients of the user are refused, and whatever goes makes room. Many clients at once
 * are in crowd_unix.c.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether one more connection is refused, with the status for the limit. */
static bool connection_is_refused(void)
{
	struct raw raw;
	struct hello_request hello = {
		.min_version = 1, .max_version = 1, .command = raw_text("one more"),
	};
	raw_open(&raw, served.socket);
	int status = raw_ask_hello(&raw, &hello);
	bool refused = status == -1 && raw.head.opcode == WIRE_END &&
		raw.head.status == WIRE_EQUOTA;
	raw_close(&raw);
	return refused;
}

START_TEST(clients)
{
	enum { MOST = 3 };
	struct raw raw[MOST];
	struct semd_client *client;
	daemon_start(&served, OPTIONS("--max-clients", "3"));
	for (int i = 0; i < MOST; i++)
		raw_connect(&raw[i], served.socket);
	ck_assert(connection_is_refused());
	ck_assert_int_eq(semd_connect(served.socket, 0, &client), SEMD_EQUOTA);
	raw_leave(&raw[0]);
	ck_assert_int_eq(semd_connect(served.socket, 0, &client), 0);
	semd_disconnect(client);
	for (int i = 1; i < MOST; i++)
		raw_leave(&raw[i]);
	daemon_stop(&served);
}
END_TEST

static int idle(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

/* A bound client counts as any other, until its process ends. */
START_TEST(bound_clients)
{
	struct process process;
	struct raw speaker, other;
	daemon_start(&served, OPTIONS("--max-clients", "3"));
	process_fork(&process, idle, NULL, 0);
	ck_assert_int_eq(raw_bound(&speaker, process.pid, process.handle), WIRE_OK);
	ck_assert_int_eq(raw_create(&speaker, 0, "one", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&speaker, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	raw_leave(&speaker);

	raw_connect(&speaker, served.socket);
	raw_connect(&other, served.socket);
	ck_assert(connection_is_refused());
	process_handle self = process_handle_of(getpid());
	ck_assert_int_eq(raw_bind_to(&other, getpid(), self), WIRE_EQUOTA);
	descriptor_close(&self);
	link_tell(process.link, 'e');
	ck_assert_int_eq(process_await(&process), 0);
	ck_assert_int_eq(raw_create(&other, 0, "one", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	struct raw third;
	raw_connect(&third, served.socket);
	raw_leave(&third);
	raw_leave(&other);
	raw_leave(&speaker);
	process_end(&process);
	daemon_stop(&served);
}
END_TEST

START_TEST(semaphores)
{
	struct raw raw;
	daemon_start(&served, OPTIONS("--max-semaphores", "2"));
	raw_user(&raw, "a", 1);
	ck_assert_int_eq(raw_create(&raw, 1, "b", 1), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 2, "c", 1), WIRE_EQUOTA);

	/* An unlinked semaphore counts until it is gone. */
	struct unlink_request unlink = { .name = raw_text("b") };
	ck_assert_int_eq(raw_ask_unlink(&raw, &unlink), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 2, "c", 1), WIRE_EQUOTA);
	struct close_request close = { .handle = 1 };
	ck_assert_int_eq(raw_ask_close(&raw, &close), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 2, "c", 1), WIRE_OK);
	raw_leave(&raw);
	daemon_stop(&served);
}
END_TEST

START_TEST(handles)
{
	struct raw raw;
	daemon_start(&served, OPTIONS("--max-handles", "2"));
	raw_user(&raw, "a", 1);
	ck_assert_int_eq(raw_create(&raw, 1, "b", 1), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 2, "c", 1), WIRE_EQUOTA);

	/* A hold without a handle counts as a handle. */
	ck_assert_int_eq(raw_term(&raw, 1, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	struct close_request close = { .handle = 1 };
	ck_assert_int_eq(raw_ask_close(&raw, &close), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 1, "c", 1), WIRE_EQUOTA);

	/* Another client of the same user is refused too, until all of these are gone. */
	struct raw other;
	raw_connect(&other, served.socket);
	ck_assert_int_eq(raw_create(&other, 0, "c", 1), WIRE_EQUOTA);
	raw_leave(&raw);
	ck_assert_int_eq(raw_create(&other, 0, "c", 1), WIRE_OK);
	raw_leave(&other);
	daemon_stop(&served);
}
END_TEST

START_TEST(waiters)
{
	struct raw first, second;
	daemon_start(&served, OPTIONS("--max-waiters", "2"));
	raw_user(&first, "none", 0);
	raw_user(&second, "none", 0);
	raw_begin(&first, WIRE_TERM_ACQUIRE, 1, -1);
	raw_begin(&first, WIRE_TERM_CONSUME, 1, -1);
	ck_assert(raw_waits(&first));
	ck_assert_int_eq(raw_term(&second, 0, WIRE_TERM_ACQUIRE, 1, -1), WIRE_EQUOTA);
	/* A request that does not wait is not refused. */
	ck_assert_int_eq(raw_term(&second, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_EAGAIN);
	raw_leave(&first);
	uint64_t tag = raw_begin(&second, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&second));
	ck_assert_int_eq(raw_term(&second, 0, WIRE_TERM_POST, 1, 0), WIRE_OK);
	(void)tag;
	raw_leave(&second);
	daemon_stop(&served);
}
END_TEST

/* A vector counts as one waiter in each of its lines. */
START_TEST(waiters_of_a_vector)
{
	struct raw raw;
	daemon_start(&served, OPTIONS("--max-waiters", "2"));
	raw_user(&raw, "none", 0);
	ck_assert_int_eq(raw_create(&raw, 1, "nothing", 0), WIRE_OK);
	struct apply_request apply = { .timeout = -1, .terms = { .count = 2, .term = {
		{ .handle = 0, .kind = WIRE_TERM_ACQUIRE, .n = 1 },
		{ .handle = 1, .kind = WIRE_TERM_ACQUIRE, .n = 1 },
	} } };
	raw_send_apply(&raw, &apply);
	ck_assert(raw_waits(&raw));
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, -1), WIRE_EQUOTA);
	struct cancel_request cancel = { .request = apply.head.number };
	raw_send_cancel(&raw, &cancel);
	ck_assert_int_eq(raw_take(&raw, apply.head.tag), WIRE_ECANCELED);
	ck_assert_int_eq(raw_take(&raw, cancel.head.tag), WIRE_OK);
	raw_begin(&raw, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&raw));
	ck_assert_int_eq(raw_ask_apply(&raw, &apply), WIRE_EQUOTA);
	raw_leave(&raw);
	daemon_stop(&served);
}
END_TEST

/* The daemon remembers handle numbers whose opening failed, at most as many as handles. */
START_TEST(failed_openings)
{
	enum { MOST = 5 };
	struct raw raw;
	struct open_request open = { .name = raw_text("is not there") };
	daemon_start(&served, OPTIONS("--max-handles", "5"));
	raw_connect(&raw, served.socket);
	for (; open.handle < MOST; open.handle++)
		ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_ENOENT);
	ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_EQUOTA);
	open.handle = UINT32_MAX;
	ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_EQUOTA);
	/* None of the failed ones counts as open. */
	for (uint32_t i = 0; i < MOST; i++)
		ck_assert_int_eq(raw_create(&raw, i, "is there", 1), WIRE_OK);
	raw_leave(&raw);
	daemon_stop(&served);
}
END_TEST

/* ---- Unread replies -------------------------------------------------------------------------- */

/* Requests that a thread sends in one write. */
struct sending {
	struct raw *raw;
	uint8_t *bytes;
	size_t size;
	pthread_t thread;
};

static void *send_all(void *arg)
{
	struct sending *sending = arg;
	if (!raw_send(sending->raw, sending->bytes, sending->size))
		support_die("the daemon has closed");
	return NULL;
}

static void sending_begin(struct sending *sending, struct raw *raw, const uint8_t *frame,
                          size_t size, size_t count)
{
	*sending = (struct sending){ .raw = raw, .bytes = malloc(size * count) };
	ck_assert_ptr_nonnull(sending->bytes);
	for (; count > 0; count--, sending->size += size)
		memcpy(sending->bytes + sending->size, frame, size);
	ck_assert_int_eq(pthread_create(&sending->thread, NULL, send_all, sending), 0);
}

static void sending_end(struct sending *sending)
{
	ck_assert_int_eq(pthread_join(sending->thread, NULL), 0);
	free(sending->bytes);
}

/* Lets at least that many turns of the daemon pass; in each it answers `other` once. */
static void let_turns_pass(struct raw *other, unsigned turns)
{
	while (turns-- > 0) {
		struct ping_request ping = { .head.tag = 0 };
		ck_assert_int_eq(raw_ask_ping(other, &ping), WIRE_OK);
	}
}

/* Sends the frame `count` times, does not read for a while, and then gets all replies. */
static void pipeline(const uint8_t *frame, size_t size, unsigned opcode, unsigned count)
{
	struct raw raw, other;
	struct sending sending;
	raw_connect(&raw, served.socket);
	raw_connect(&other, served.socket);
	sending_begin(&sending, &raw, frame, size, count);
	let_turns_pass(&other, 200);
	for (unsigned replies = 0; replies < count;) {
		ck_assert(raw_receive(&raw));
		ck_assert_uint_ne(raw.head.opcode, WIRE_END);
		replies += raw.head.opcode == opcode;
	}
	sending_end(&sending);
	raw_leave(&other);
	raw_leave(&raw);
}

/* Requests wait while their replies are not read, so their number does not matter. */
START_TEST(replies_that_are_read)
{
	enum { NAMES = 100, LISTS = 64, STATS = 10000 };
	uint8_t frame[WIRE_MAX_REQUEST];
	char name[WIRE_MAX_TEXT + 1];
	struct raw raw;
	daemon_start(&served, OPTIONS("--max-semaphores", "200"));
	raw_connect(&raw, served.socket);
	for (uint32_t i = 0; i < NAMES; i++) {
		snprintf(name, sizeof(name), "%0*u", WIRE_MAX_TEXT, (unsigned)i);
		ck_assert_int_eq(raw_create(&raw, i, name, 1), WIRE_OK);
	}
	const struct list_request list = { .cursor = 0 };
	size_t size = list_request_encode(&list, frame, sizeof(frame));
	pipeline(frame, size, WIRE_LIST, LISTS);
	const struct stats_request stats = { .head.tag = 1 };
	size = stats_request_encode(&stats, frame, sizeof(frame));
	pipeline(frame, size, WIRE_STATS, STATS);
	raw_leave(&raw);
	daemon_stop(&served);
}
END_TEST

/* Answers to waiting requests come unasked. More of them than the cap end the connection. */
START_TEST(unsent_bytes)
{
	enum { WAITING = 131072 / WIRE_HEAD_SIZE + 1 };
	struct raw glutton, other;
	daemon_start(&served, OPTIONS("--max-unsent", "131072"));
	raw_user(&glutton, "awaited", 0);
	raw_user(&other, "awaited", 0);
	for (int i = 0; i < WAITING; i++)
		raw_begin(&glutton, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&glutton));
	ck_assert_int_eq(raw_term(&other, 0, WIRE_TERM_POST, WAITING, 0), WIRE_OK);
	ck_assert_int_eq(raw_ended(&glutton), WIRE_EQUOTA);
	raw_close(&glutton);
	/* What it was granted is back. */
	ck_assert_int_eq(raw_term(&other, 0, WIRE_TERM_ACQUIRE, WAITING, 0), WIRE_OK);
	raw_leave(&other);
	daemon_stop(&served);
}
END_TEST

/* ---- Caps from the configuration ------------------------------------------------------------- */

static void configure(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

/* The daemon reads the file when it handles the signal, perhaps some requests later. */
static void reconfigure(const char *path, const char *text, bool refused)
{
	configure(path, text);
	daemon_ask_reload(&served.process);
	while (connection_is_refused() != refused)
		;
}

START_TEST(lowered_caps_stop_only_what_is_new)
{
	char folder[SUPPORT_PATH], config[SUPPORT_PATH];
	struct raw first, second;
	folder_make(folder, NULL);
	configure(path_join(config, folder, "config"), "max-clients 9\n");
	daemon_start(&served, OPTIONS("--config", config));
	raw_user(&first, "a", 1);
	raw_user(&second, "a", 1);
	ck_assert_int_eq(raw_create(&first, 1, "b", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&first, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	uint64_t one = raw_begin(&second, WIRE_TERM_ACQUIRE, 1, -1);
	uint64_t other = raw_begin(&second, WIRE_TERM_CONSUME, 1, -1);
	ck_assert(raw_waits(&second));
	reconfigure(config, "max-clients 1\nmax-semaphores 1\nmax-handles 1\nmax-waiters 1\n",
	            true);

	ck_assert_int_eq(raw_create(&first, 2, "b", 1), WIRE_EQUOTA);
	ck_assert_int_eq(raw_term(&first, 1, WIRE_TERM_ACQUIRE, 2, -1), WIRE_EQUOTA);
	/* Existing clients, handles, holds and waiters stay. */
	ck_assert(raw_waits(&second));
	ck_assert_int_eq(raw_term(&first, 1, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_term(&first, 0, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_take(&second, one), WIRE_OK);
	ck_assert_int_eq(raw_term(&first, 0, WIRE_TERM_POST, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_take(&second, other), WIRE_OK);

	reconfigure(config, "max-semaphores 2\n", false);
	ck_assert_int_eq(raw_create(&second, 1, "c", 1), WIRE_EQUOTA);
	ck_assert_int_eq(raw_create(&second, 1, "b", 1), WIRE_OK);
	raw_leave(&second);
	raw_leave(&first);
	daemon_stop(&served);
	folder_remove(folder);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("caps");
	TCase *caps = suite_case(suite, "caps");
	tcase_add_test(caps, clients);
	tcase_add_test(caps, bound_clients);
	tcase_add_test(caps, semaphores);
	tcase_add_test(caps, handles);
	tcase_add_test(caps, failed_openings);
	tcase_add_test(caps, waiters);
	tcase_add_test(caps, waiters_of_a_vector);
	tcase_add_test(caps, replies_that_are_read);
	tcase_add_test(caps, unsent_bytes);
	tcase_add_test(caps, lowered_caps_stop_only_what_is_new);
	return suite_run(suite);
}
