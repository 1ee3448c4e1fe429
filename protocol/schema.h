/*
 * schema.h - everything that is said between a client and the daemon, as one table.
 *
 * The codec, the printer, the daemon's dispatch and the tests' coverage are all made from the lists
 * below, so a message is added here and nowhere else. Numbers are never used again for another
 * meaning. What the messages mean is told in PROTOCOL.md.
 */
#ifndef SEMD_PROTOCOL_SCHEMA_H
#define SEMD_PROTOCOL_SCHEMA_H

#include <stdint.h>

#define SEMD_PROTOCOL_VERSION 1
#define WIRE_FEATURES UINT64_C(0)	/* bits of HELLO's features that are known */

enum {
	WIRE_MAX_REQUEST = 4096,	/* longest frame that the daemon reads, head included */
	WIRE_MAX_REPLY = 4096,		/* longest frame that it sends */
	WIRE_MAX_TERMS = 64,
	WIRE_MAX_TEXT = 255,		/* bytes in a name, a command line, a reason */
	WIRE_SESSION_SIZE = 16,
	WIRE_MAX_UNSEEN = 256		/* unseen answers to numbered requests that cannot wait */
};

#define WIRE_MAX_PERMITS UINT32_C(0x7fffffff)

/*
 * STATUS(NAME, number, text): how a request ended. The library's enum semd_error has the same
 * numbers with a minus sign.
 */
#define WIRE_STATUSES(STATUS) \
	STATUS(OK,           0, "done") \
	STATUS(ENOENT,       1, "no such semaphore, process or client") \
	STATUS(EEXIST,       2, "one of that name exists already") \
	STATUS(EACCES,       3, "no right to do that") \
	STATUS(EINVAL,       4, "not a valid argument") \
	STATUS(EAGAIN,       5, "it would have to wait") \
	STATUS(ETIMEDOUT,    6, "the time ran out") \
	STATUS(EOVERFLOW,    7, "that would exceed the semaphore's max") \
	STATUS(ENOTHELD,     8, "more permits than are held") \
	STATUS(EREMOVED,     9, "the semaphore was removed") \
	STATUS(ERESET,      10, "the semaphore was reset, its holds are void") \
	STATUS(ELOST,       11, "what was held is gone") \
	STATUS(EIMPOSSIBLE, 12, "more permits than the semaphore can ever have") \
	STATUS(EQUOTA,      13, "a limit of the daemon is reached") \
	STATUS(ECANCELED,   14, "the request was canceled") \
	STATUS(EINTR,       15, "interrupted by a signal") \
	STATUS(ECONN,       16, "the daemon cannot be reached") \
	STATUS(EPROTO,      17, "the other side does not keep to the protocol") \
	STATUS(ENOMEM,      18, "out of memory")

#define WIRE_STATUS_ENUM(NAME, number, text) WIRE_##NAME = number,
enum wire_status { WIRE_STATUSES(WIRE_STATUS_ENUM) WIRE_STATUS_COUNT };
#undef WIRE_STATUS_ENUM

/*
 * MESSAGE(NAME, name, number, numbered, looks, pages): a request that a client may send. Its reply
 * has the same opcode and, where the status is OK, the fields NAME_REPLY. The columns are 0 or 1:
 * numbered	it changes something that outlives its connection, so it carries a number
 * looks	its outcome may depend on a process that has ended without the daemon knowing it yet
 * pages	its reply comes with many rows at once
 *
 * An expansion that needs only the first columns ends its parameters with "...".
 */
#define WIRE_MESSAGES(MESSAGE) \
	MESSAGE(HELLO,     hello,      1,  0, 0, 0) \
	MESSAGE(PING,      ping,       2,  0, 0, 0) \
	MESSAGE(LABEL,     label,      3,  0, 0, 0) \
	MESSAGE(BIND,      bind,       4,  1, 0, 0) \
	MESSAGE(DETACH,    detach,     5,  1, 0, 0) \
	MESSAGE(OPEN,      open,       6,  1, 1, 0) \
	MESSAGE(CLOSE,     close,      7,  1, 0, 0) \
	MESSAGE(APPLY,     apply,      8,  1, 0, 0) \
	MESSAGE(CANCEL,    cancel,     9,  0, 0, 0) \
	MESSAGE(QUERY,     query,     10,  0, 1, 0) \
	MESSAGE(SET,       set,       11,  1, 0, 0) \
	MESSAGE(CHANGE,    change,    12,  1, 0, 0) \
	MESSAGE(RESET,     reset,     13,  1, 0, 0) \
	MESSAGE(REMOVE,    remove,    14,  1, 0, 0) \
	MESSAGE(UNLINK,    unlink,    15,  1, 0, 0) \
	MESSAGE(LIST,      list,      16,  0, 1, 1) \
	MESSAGE(SHOW,      show,      17,  0, 1, 1) \
	MESSAGE(KICK,      kick,      18,  1, 1, 0) \
	MESSAGE(CLIENTS,   clients,   19,  0, 1, 1) \
	MESSAGE(DEADLOCKS, deadlocks, 20,  0, 1, 1) \
	MESSAGE(WATCH,     watch,     21,  0, 1, 1) \
	MESSAGE(STATS,     stats,     22,  0, 0, 0) \
	MESSAGE(LEAVE,     leave,     23,  0, 0, 0)

/*
 * EVENT(NAME, name, number): what the daemon says without its being the reply itself. END is the
 * last word on a connection; the others are rows that precede the reply to the request whose tag
 * they carry.
 */
#define WIRE_EVENTS(EVENT) \
	EVENT(END,     end,     64) \
	EVENT(SEM,     sem,     65) \
	EVENT(HOLDER,  holder,  66) \
	EVENT(WAITER,  waiter,  67) \
	EVENT(LACK,    lack,    68) \
	EVENT(BLOCKER, blocker, 69) \
	EVENT(CLIENT,  client,  70) \
	EVENT(HOLD,    hold,    71) \
	EVENT(WAIT,    wait,    72) \
	EVENT(DEADLOCK, deadlock, 73) \
	EVENT(GONE,    gone,    74)

#define WIRE_REQUEST_ENUM(NAME, name, number, ...) WIRE_##NAME = number,
#define WIRE_EVENT_ENUM(NAME, name, number) WIRE_##NAME = number,
enum wire_opcode { WIRE_MESSAGES(WIRE_REQUEST_ENUM) WIRE_EVENTS(WIRE_EVENT_ENUM) };
#undef WIRE_REQUEST_ENUM
#undef WIRE_EVENT_ENUM

/*
 * FIELD(type, name). Types: u32, u64, i64; text (length in 16 bits, bytes); session (16 bytes);
 * terms (count in 32 bits, then handle, kind, n of 32 bits each).
 *
 * The head of a frame, HELLO's request and END have the same form in all versions.
 */
#define WIRE_HELLO_REQUEST(FIELD) \
	FIELD(u32, min_version) FIELD(u32, max_version) FIELD(u64, features) \
	FIELD(session, session) FIELD(text, command)
#define WIRE_HELLO_REPLY(FIELD) \
	FIELD(u32, version) FIELD(u32, known) FIELD(u64, features) \
	FIELD(u64, run) FIELD(u64, client) FIELD(u32, pid) \
	FIELD(u32, max_request) FIELD(u32, max_reply) FIELD(u32, max_terms) \
	FIELD(u32, max_unseen) FIELD(u32, max_handles) FIELD(u64, max_unsent) \
	FIELD(text, release)

#define WIRE_PING_REQUEST(FIELD)
#define WIRE_PING_REPLY(FIELD)

#define WIRE_LABEL_REQUEST(FIELD) FIELD(text, command)
#define WIRE_LABEL_REPLY(FIELD)

#define WIRE_BIND_REQUEST(FIELD) \
	FIELD(u32, pid) FIELD(u64, inode) FIELD(u64, start) FIELD(text, command)
#define WIRE_BIND_REPLY(FIELD) FIELD(u64, client)

#define WIRE_DETACH_REQUEST(FIELD)
#define WIRE_DETACH_REPLY(FIELD) FIELD(u64, client)

#define WIRE_OPEN_REQUEST(FIELD) \
	FIELD(u32, handle) FIELD(u32, flags) FIELD(u32, initial) FIELD(u32, max) \
	FIELD(u32, mode) FIELD(u32, bypass) FIELD(text, name)
#define WIRE_OPEN_REPLY(FIELD) FIELD(u64, id)

#define WIRE_CLOSE_REQUEST(FIELD) FIELD(u32, handle)
#define WIRE_CLOSE_REPLY(FIELD)

#define WIRE_APPLY_REQUEST(FIELD) FIELD(i64, timeout) FIELD(terms, terms)
#define WIRE_APPLY_REPLY(FIELD)

#define WIRE_CANCEL_REQUEST(FIELD) FIELD(u64, request)
#define WIRE_CANCEL_REPLY(FIELD)

#define WIRE_SEM_FIELDS(FIELD) \
	FIELD(u64, id) FIELD(i64, available) FIELD(u64, held) FIELD(u64, total) \
	FIELD(u64, waiting) FIELD(u64, posted) FIELD(u64, used_up) \
	FIELD(u32, initial) FIELD(u32, max) FIELD(u32, mode) FIELD(u32, uid) FIELD(u32, gid) \
	FIELD(u32, flags) FIELD(u32, bypass) FIELD(text, name)

#define WIRE_QUERY_REQUEST(FIELD) FIELD(u32, handle)
#define WIRE_QUERY_REPLY(FIELD) WIRE_SEM_FIELDS(FIELD)

#define WIRE_SET_REQUEST(FIELD) FIELD(u32, handle) FIELD(u32, total)
#define WIRE_SET_REPLY(FIELD)

#define WIRE_CHANGE_REQUEST(FIELD) \
	FIELD(u32, handle) FIELD(u32, mask) FIELD(u32, max) FIELD(u32, mode) \
	FIELD(u32, uid) FIELD(u32, gid) FIELD(u32, bypass)
#define WIRE_CHANGE_REPLY(FIELD)

#define WIRE_RESET_REQUEST(FIELD) FIELD(u32, handle)
#define WIRE_RESET_REPLY(FIELD)

#define WIRE_REMOVE_REQUEST(FIELD) FIELD(text, name)
#define WIRE_REMOVE_REPLY(FIELD)

#define WIRE_UNLINK_REQUEST(FIELD) FIELD(text, name)
#define WIRE_UNLINK_REPLY(FIELD)

/* `cursor` is 0 to begin, then the last reply's `next`, until that is 0. */
#define WIRE_LIST_REQUEST(FIELD) FIELD(u64, cursor)
#define WIRE_LIST_REPLY(FIELD) FIELD(u64, next)

#define WIRE_SHOW_REQUEST(FIELD) FIELD(u64, cursor) FIELD(text, name)
#define WIRE_SHOW_REPLY(FIELD) FIELD(u64, next)

#define WIRE_KICK_REQUEST(FIELD) FIELD(u64, client)
#define WIRE_KICK_REPLY(FIELD)

/* 0 and 0 to begin, then what the last reply said, until that is 0 and 0. */
#define WIRE_CLIENTS_REQUEST(FIELD) FIELD(u64, cursor) FIELD(u64, within)
#define WIRE_CLIENTS_REPLY(FIELD) FIELD(u64, cursor) FIELD(u64, within)

#define WIRE_DEADLOCKS_CURSOR(FIELD) FIELD(u64, deadlock) FIELD(u64, client) FIELD(u64, within)
#define WIRE_DEADLOCKS_REQUEST(FIELD) WIRE_DEADLOCKS_CURSOR(FIELD)
#define WIRE_DEADLOCKS_REPLY(FIELD) WIRE_DEADLOCKS_CURSOR(FIELD)

/* `cursor` as in LIST, but `next` is 0 only where something was missed. */
#define WIRE_WATCH_REQUEST(FIELD) FIELD(u64, cursor) FIELD(i64, timeout)
#define WIRE_WATCH_REPLY(FIELD) FIELD(u64, next) FIELD(u32, missed) FIELD(u32, more)

#define WIRE_STATS_REQUEST(FIELD)
#define WIRE_STATS_REPLY(FIELD) \
	FIELD(u64, uptime_ms) \
	FIELD(u64, clients) FIELD(u64, bound) FIELD(u64, connections) FIELD(u64, semaphores) \
	FIELD(u64, holds) FIELD(u64, waiters) FIELD(u64, watchers) \
	FIELD(u64, requests) FIELD(u64, granted_at_once) FIELD(u64, granted_later) \
	FIELD(u64, timed_out) FIELD(u64, canceled) FIELD(u64, refused) \
	FIELD(u64, ended) FIELD(u64, taken_back) FIELD(u64, kicks) \
	FIELD(u64, max_clients) FIELD(u64, max_semaphores) FIELD(u64, max_waiters) \
	FIELD(u64, max_handles) FIELD(u64, max_unsent) \
	FIELD(u64, my_clients) FIELD(u64, my_semaphores) FIELD(u64, my_waiters) \
	FIELD(u64, my_handles) FIELD(u64, my_unsent)

#define WIRE_LEAVE_REQUEST(FIELD)
#define WIRE_LEAVE_REPLY(FIELD)

/* Clients of every version can read it: its form never changes. */
#define WIRE_END_EVENT(FIELD) FIELD(u32, min_version) FIELD(u32, max_version) FIELD(text, reason)
#define WIRE_SEM_EVENT(FIELD) WIRE_SEM_FIELDS(FIELD)
#define WIRE_HOLDER_EVENT(FIELD) \
	FIELD(u64, client) FIELD(u32, pid) FIELD(u32, uid) FIELD(u32, permits) \
	FIELD(u64, age_ms) FIELD(text, command)
#define WIRE_WAITER_EVENT(FIELD) WIRE_HOLDER_EVENT(FIELD)
#define WIRE_LACK_EVENT(FIELD) FIELD(u32, permits) FIELD(text, name)
#define WIRE_BLOCKER_EVENT(FIELD) FIELD(u64, client)
#define WIRE_CLIENT_EVENT(FIELD) \
	FIELD(u64, client) FIELD(u32, pid) FIELD(u32, uid) FIELD(u32, flags) \
	FIELD(u64, age_ms) FIELD(text, command)
/* `flags` are those of the semaphore. */
#define WIRE_HOLD_EVENT(FIELD) FIELD(u32, permits) FIELD(u32, flags) FIELD(text, name)
#define WIRE_WAIT_EVENT(FIELD) WIRE_HOLD_EVENT(FIELD)
#define WIRE_DEADLOCK_EVENT(FIELD) FIELD(u32, sure) FIELD(u32, clients)
#define WIRE_GONE_EVENT(FIELD) FIELD(u64, id) FIELD(text, name)

/* Flags in the head of a request, where a reply has its status. */
enum wire_request_flag {
	WIRE_SHARED = 1,	/* several threads use this client, or it goes on while it waits */
	WIRE_REQUEST_FLAGS = WIRE_SHARED
};

/* Kinds of a term, in APPLY. */
enum wire_term_kind {
	WIRE_TERM_ACQUIRE = 1,
	WIRE_TERM_CONSUME = 2,
	WIRE_TERM_RELEASE = 3,
	WIRE_TERM_SETTLE = 4,
	WIRE_TERM_POST = 5,
	WIRE_TERM_WAIT_ZERO = 6
};

/* Flags of OPEN; LAST_CLOSE is also found in a semaphore's `flags`, with UNLINKED. */
enum wire_open_flag {
	WIRE_OPEN_CREATE = 1,
	WIRE_OPEN_EXCLUSIVE = 2,
	WIRE_OPEN_RESET = 4,
	WIRE_OPEN_LAST_CLOSE = 8,
	WIRE_OPEN_RELEASE_POSTS = 16,
	WIRE_SEM_UNLINKED = 32
};

/* Flags of a row CLIENT. */
enum wire_client_flag {
	WIRE_CLIENT_BOUND = 1,
	WIRE_CLIENT_SHARED = 2
};

/* Mask of CHANGE. */
enum wire_change_flag {
	WIRE_CHANGE_MAX = 1,
	WIRE_CHANGE_MODE = 2,
	WIRE_CHANGE_UID = 4,
	WIRE_CHANGE_GID = 8,
	WIRE_CHANGE_BYPASS = 16
};

#endif
