/*
 * golden_messages.h - the golden vectors of PROTOCOL.md as structures, one for each message of the
 * schema. If one is missing, test_golden does not compile.
 */
#ifndef SEMD_TESTS_UNIT_GOLDEN_MESSAGES_H
#define SEMD_TESTS_UNIT_GOLDEN_MESSAGES_H

#include "protocol/wire.h"

/* Heads of requests (without flags), and of replies and events. */
#define ASKS(tag_, number_, seen_) { .tag = (tag_), .number = (number_), .seen = (seen_) }
#define SAYS(status_, tag_, number_, request_) \
	{ .status = WIRE_##status_, .tag = (tag_), .number = (number_), .request = (request_) }
#define TEXT(text) { (text), sizeof(text) - 1 }

static const struct hello_request golden_hello_request = {
	.head = ASKS(1, 0, 0),
	.min_version = 1,
	.max_version = 1,
	.session = { { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc,
	               0xdd, 0xee, 0xff } },
	.command = TEXT("render scene.blend"),
};
static const struct hello_reply golden_hello_reply = {
	.head = SAYS(OK, 1, 1, 0),
	.version = 1,
	.run = UINT64_C(0x0123456789abcdef),
	.client = 41,
	.pid = 812,
	.max_request = 4096,
	.max_reply = 4096,
	.max_terms = 64,
	.max_unseen = 256,
	.max_handles = 65536,
	.max_unsent = 1048576,
	.release = TEXT("0.1.0"),
};

static const struct leave_request golden_leave_request = { .head = ASKS(28, 0, 22) };
static const struct leave_reply golden_leave_reply = { .head = SAYS(OK, 28, 23, 0) };

static const struct ping_request golden_ping_request = { .head = ASKS(9, 0, 3) };
static const struct ping_reply golden_ping_reply = { .head = SAYS(OK, 9, 4, 0) };

static const struct label_request golden_label_request = {
	.head = ASKS(10, 0, 4),
	.command = TEXT("frame 17"),
};
static const struct label_reply golden_label_reply = { .head = SAYS(OK, 10, 5, 0) };

static const struct bind_request golden_bind_request = {
	.head = ASKS(2, 1, 1),
	.pid = 4711,
	.inode = 65537,
	.start = 123456,
	.command = TEXT("make -j8"),
};
static const struct bind_reply golden_bind_reply = { .head = SAYS(OK, 2, 2, 1), .client = 42 };

static const struct detach_request golden_detach_request = { .head = ASKS(11, 3, 5) };
static const struct detach_reply golden_detach_reply = { .head = SAYS(OK, 11, 6, 3), .client = 43 };

static const struct open_request golden_open_request = {
	.head = ASKS(2, 1, 0),
	.handle = 0,
	.flags = WIRE_OPEN_CREATE,
	.initial = 3,
	.max = 3,
	.mode = 0600,
	.bypass = 0,
	.name = TEXT("gpu"),
};
static const struct open_reply golden_open_reply = { .head = SAYS(OK, 2, 2, 1), .id = 7 };

static const struct close_request golden_close_request = {
	.head = ASKS(12, 4, 6),
	.handle = 0,
};
static const struct close_reply golden_close_reply = { .head = SAYS(OK, 12, 7, 4) };

static const struct apply_request golden_apply_request = {
	.head = ASKS(3, 2, 0),
	.timeout = 1500000000,
	.terms = { 2, { { 0, WIRE_TERM_ACQUIRE, 2 }, { 1, WIRE_TERM_POST, 1 } } },
};
static const struct apply_reply golden_apply_reply = { .head = SAYS(OK, 3, 3, 2) };

static const struct cancel_request golden_cancel_request = {
	.head = ASKS(13, 0, 7),
	.request = 5,
};
static const struct cancel_reply golden_cancel_reply = { .head = SAYS(OK, 13, 9, 0) };

static const struct query_request golden_query_request = {
	.head = ASKS(14, 0, 9),
	.handle = 0,
};
static const struct query_reply golden_query_reply = {
	.head = SAYS(OK, 14, 10, 0),
	.id = 7,
	.available = -1,
	.held = 3,
	.total = 2,
	.waiting = 4,
	.posted = 5,
	.used_up = 6,
	.initial = 3,
	.max = 3,
	.mode = 0640,
	.uid = 1000,
	.gid = 100,
	.flags = WIRE_OPEN_LAST_CLOSE,
	.bypass = 8,
	.name = TEXT("gpu"),
};

static const struct set_request golden_set_request = {
	.head = ASKS(15, 6, 10),
	.handle = 0,
	.total = 2,
};
static const struct set_reply golden_set_reply = { .head = SAYS(OK, 15, 11, 6) };

static const struct change_request golden_change_request = {
	.head = ASKS(16, 7, 11),
	.handle = 0,
	.mask = WIRE_CHANGE_MODE | WIRE_CHANGE_BYPASS,
	.mode = 0640,
	.bypass = 8,
};
static const struct change_reply golden_change_reply = { .head = SAYS(OK, 16, 12, 7) };

static const struct reset_request golden_reset_request = {
	.head = ASKS(17, 8, 12),
	.handle = 0,
};
static const struct reset_reply golden_reset_reply = { .head = SAYS(OK, 17, 13, 8) };

static const struct remove_request golden_remove_request = {
	.head = ASKS(18, 9, 13),
	.name = TEXT("gpu"),
};
static const struct remove_reply golden_remove_reply = { .head = SAYS(OK, 18, 14, 9) };

static const struct unlink_request golden_unlink_request = {
	.head = ASKS(19, 10, 14),
	.name = TEXT("gpu"),
};
static const struct unlink_reply golden_unlink_reply = { .head = SAYS(ENOENT, 19, 15, 10) };

static const struct list_request golden_list_request = { .head = ASKS(20, 0, 15) };
static const struct list_reply golden_list_reply = { .head = SAYS(OK, 20, 16, 0), .next = 1024 };

static const struct show_request golden_show_request = {
	.head = ASKS(21, 0, 16),
	.name = TEXT("gpu"),
};
static const struct show_reply golden_show_reply = { .head = SAYS(OK, 21, 17, 0) };

static const struct kick_request golden_kick_request = {
	.head = ASKS(23, 11, 17),
	.client = 41,
};
static const struct kick_reply golden_kick_reply = { .head = SAYS(OK, 23, 18, 11) };

static const struct clients_request golden_clients_request = { .head = ASKS(24, 0, 18) };
static const struct clients_reply golden_clients_reply = {
	.head = SAYS(OK, 24, 19, 0),
	.cursor = 3,
};

static const struct deadlocks_request golden_deadlocks_request = { .head = ASKS(25, 0, 19) };
static const struct deadlocks_reply golden_deadlocks_reply = {
	.head = SAYS(OK, 25, 20, 0),
	.deadlock = 2,
	.client = 41,
};

static const struct watch_request golden_watch_request = {
	.head = ASKS(26, 0, 20),
	.cursor = 70,
	.timeout = -1,
};
static const struct watch_reply golden_watch_reply = { .head = SAYS(OK, 26, 21, 0), .next = 72 };

static const struct stats_request golden_stats_request = { .head = ASKS(27, 0, 21) };
static const struct stats_reply golden_stats_reply = {
	.head = SAYS(OK, 27, 22, 0),
	.uptime_ms = 86400000,
	.clients = 12,
	.bound = 2,
	.connections = 10,
	.semaphores = 5,
	.holds = 7,
	.waiters = 3,
	.watchers = 1,
	.requests = 100000,
	.granted_at_once = 40000,
	.granted_later = 900,
	.timed_out = 30,
	.canceled = 4,
	.refused = 250,
	.ended = 6,
	.taken_back = 8,
	.kicks = 1,
	.max_clients = 4096,
	.max_semaphores = 65536,
	.max_waiters = 16384,
	.max_handles = 65536,
	.max_unsent = 1048576,
	.my_clients = 3,
	.my_semaphores = 5,
	.my_waiters = 1,
	.my_handles = 9,
};

static const struct end_event golden_end_event = {
	.head = SAYS(EPROTO, 22, 0, 0),
	.min_version = 1,
	.max_version = 1,
	.reason = TEXT("malformed APPLY"),
};

static const struct sem_event golden_sem_event = {
	.head = SAYS(OK, 21, 0, 0),
	.id = 7,
	.available = 0,
	.held = 3,
	.total = 3,
	.waiting = 1,
	.initial = 3,
	.max = 3,
	.mode = 0600,
	.uid = 1000,
	.gid = 1000,
	.name = TEXT("gpu"),
};

static const struct holder_event golden_holder_event = {
	.head = SAYS(OK, 21, 0, 0),
	.client = 41,
	.pid = 4700,
	.uid = 1000,
	.permits = 3,
	.age_ms = 250,
	.command = TEXT("render scene.blend"),
};

static const struct waiter_event golden_waiter_event = {
	.head = SAYS(OK, 21, 0, 0),
	.client = 44,
	.pid = 4712,
	.uid = 1000,
	.permits = 1,
	.age_ms = 20,
	.command = TEXT("train"),
};

static const struct lack_event golden_lack_event = {
	.head = SAYS(OK, 21, 0, 0),
	.permits = 1,
	.name = TEXT("gpu"),
};

static const struct blocker_event golden_blocker_event = {
	.head = SAYS(OK, 21, 0, 0),
	.client = 41,
};

static const struct client_event golden_client_event = {
	.head = SAYS(OK, 24, 0, 0),
	.client = 41,
	.pid = 4700,
	.uid = 1000,
	.flags = WIRE_CLIENT_SHARED,
	.age_ms = 1250,
	.command = TEXT("render scene.blend"),
};

static const struct hold_event golden_hold_event = {
	.head = SAYS(OK, 24, 0, 0),
	.permits = 3,
	.flags = WIRE_SEM_UNLINKED,
	.name = TEXT("gpu"),
};

static const struct wait_event golden_wait_event = {
	.head = SAYS(OK, 24, 0, 0),
	.permits = 1,
	.name = TEXT("disk"),
};

static const struct deadlock_event golden_deadlock_event = {
	.head = SAYS(OK, 25, 0, 0),
	.sure = 1,
	.clients = 2,
};

static const struct gone_event golden_gone_event = {
	.head = SAYS(OK, 26, 0, 0),
	.id = 7,
	.name = TEXT("gpu"),
};

#undef ASKS
#undef SAYS
#undef TEXT

#endif
