/*
 * coverage_messages.c - each request with its reply, and each event.
 */
#include "config.h"

#include "tests/system/coverage.h"

#include <unistd.h>

int request_hello(struct raw *raw)
{
	raw_connect(raw, served.socket);
	return raw->head.status;
}

int request_ping(struct raw *raw)
{
	struct ping_request ping = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_ping(raw, &ping);
}

int request_label(struct raw *raw)
{
	struct label_request label = { .command = raw_text("coverage") };
	raw_connect(raw, served.socket);
	return raw_ask_label(raw, &label);
}

int request_bind(struct raw *raw)
{
	process_handle self = process_handle_of(getpid());
	int status = raw_bound(raw, getpid(), self);
	descriptor_close(&self);
	return status;
}

int request_detach(struct raw *raw)
{
	struct detach_request detach = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_detach(raw, &detach);
}

int request_open(struct raw *raw)
{
	raw_user(raw, "sem", 1);
	return raw->head.status;
}

int request_close(struct raw *raw)
{
	struct close_request close_handle = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_close(raw, &close_handle);
}

int request_apply(struct raw *raw)
{
	raw_user(raw, "sem", 1);
	return raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
}

int request_cancel(struct raw *raw)
{
	struct cancel_request cancel;
	raw_user(raw, "sem", 0);
	raw_begin(raw, WIRE_TERM_ACQUIRE, 1, -1);
	cancel.request = raw->number;
	return raw_ask_cancel(raw, &cancel);
}

int request_query(struct raw *raw)
{
	struct query_request query = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_query(raw, &query);
}

int request_set(struct raw *raw)
{
	struct set_request set = { .handle = 0, .total = 2 };
	raw_user(raw, "sem", 1);
	return raw_ask_set(raw, &set);
}

int request_change(struct raw *raw)
{
	struct change_request change = { .handle = 0, .mask = WIRE_CHANGE_MODE, .mode = 0640 };
	raw_user(raw, "sem", 1);
	return raw_ask_change(raw, &change);
}

int request_reset(struct raw *raw)
{
	struct reset_request reset = { .handle = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_reset(raw, &reset);
}

int request_remove(struct raw *raw)
{
	struct remove_request remove_name = { .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_remove(raw, &remove_name);
}

int request_unlink(struct raw *raw)
{
	struct unlink_request unlink_name = { .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_unlink(raw, &unlink_name);
}

int request_list(struct raw *raw)
{
	struct list_request list = { .cursor = 0 };
	raw_user(raw, "sem", 1);
	return raw_ask_list(raw, &list);
}

int request_show(struct raw *raw)
{
	struct show_request show = { .cursor = 0, .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	return raw_ask_show(raw, &show);
}

int request_kick(struct raw *raw)
{
	raw_connect(raw, served.socket);
	struct kick_request kick = { .client = raw->client };
	return raw_ask_kick(raw, &kick);
}

int request_clients(struct raw *raw)
{
	struct clients_request clients = { .cursor = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_clients(raw, &clients);
}

int request_deadlocks(struct raw *raw)
{
	struct deadlocks_request deadlocks = { .deadlock = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_deadlocks(raw, &deadlocks);
}

int request_watch(struct raw *raw)
{
	struct watch_request watch = { .cursor = 0, .timeout = -1 };
	raw_user(raw, "sem", 1);
	return raw_ask_watch(raw, &watch);
}

int request_stats(struct raw *raw)
{
	struct stats_request stats = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_stats(raw, &stats);
}

int request_leave(struct raw *raw)
{
	struct leave_request leave = { .head.tag = 0 };
	raw_connect(raw, served.socket);
	return raw_ask_leave(raw, &leave);
}

void event_end(struct raw *raw)
{
	static const uint8_t zeros[WIRE_HEAD_SIZE];
	raw_connect(raw, served.socket);
	raw_send(raw, zeros, sizeof(zeros));
	raw_ended(raw);
}

void event_sem(struct raw *raw)
{
	request_list(raw);
}

/* A client holds "sem" and waits for two more of it, so that SHOW has all kinds of rows. */
void event_holder(struct raw *raw)
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

void event_waiter(struct raw *raw)
{
	event_holder(raw);
}

void event_lack(struct raw *raw)
{
	event_holder(raw);
}

void event_blocker(struct raw *raw)
{
	event_holder(raw);
}

void event_client(struct raw *raw)
{
	request_clients(raw);
}

/* A client that holds and waits, so that CLIENTS has both rows. */
void event_hold(struct raw *raw)
{
	struct clients_request clients = { .cursor = 0 };
	raw_user(raw, "sem", 1);
	raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_begin(raw, WIRE_TERM_ACQUIRE, 2, -1);
	ck_assert_int_eq(raw_ask_clients(raw, &clients), WIRE_OK);
}

void event_wait(struct raw *raw)
{
	event_hold(raw);
}

/* A client that waits for permits that it holds itself. */
void event_deadlock(struct raw *raw)
{
	struct deadlocks_request deadlocks = { .deadlock = 0 };
	raw_user(raw, "sem", 1);
	raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
	raw_begin(raw, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert_int_eq(raw_ask_deadlocks(raw, &deadlocks), WIRE_OK);
}

void event_gone(struct raw *raw)
{
	struct watch_request watch = { .cursor = 0 };
	struct watch_reply reply;
	struct remove_request remove_name = { .name = raw_text("sem") };
	raw_user(raw, "sem", 1);
	ck_assert_int_eq(raw_ask_watch(raw, &watch), WIRE_OK);
	ck_assert_int_eq(watch_reply_decode(&reply, raw->frame, raw->size), 0);
	watch.cursor = reply.next;
	ck_assert_int_eq(raw_ask_remove(raw, &remove_name), WIRE_OK);
	ck_assert_int_eq(raw_ask_watch(raw, &watch), WIRE_OK);
}
