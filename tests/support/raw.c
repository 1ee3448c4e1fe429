/*
 * raw.c - see raw.h. One request function per message, made from the schema.
 */
#include "config.h"

#include "tests/support/raw.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/support.h"

enum { OPCODE_ROOM = 256 };

static uint64_t opcodes_seen[OPCODE_ROOM];
static uint64_t statuses_seen[WIRE_STATUS_COUNT];

uint64_t raw_count_opcode(unsigned opcode)
{
	return opcode < OPCODE_ROOM ? opcodes_seen[opcode] : 0;
}

uint64_t raw_count_status(unsigned status)
{
	return status < WIRE_STATUS_COUNT ? statuses_seen[status] : 0;
}

int raw_try_open(struct raw *raw, const char *socket_path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	*raw = (struct raw){ .fd = -1 };
	if (strlen(socket_path) >= sizeof(address.sun_path))
		support_die("path too long for a socket: %s", socket_path);
	strcpy(address.sun_path, socket_path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		support_die("socket: %m");
	while (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		int error = errno;
		if (error == EINTR)
			continue;
		close(fd);
		return error;
	}
	raw->fd = fd;
	return 0;
}

void raw_open(struct raw *raw, const char *socket_path)
{
	errno = raw_try_open(raw, socket_path);
	if (errno != 0)
		support_die("connect to %s: %m", socket_path);
}

void raw_close(struct raw *raw)
{
	if (raw->fd >= 0)
		close(raw->fd);
	raw->fd = -1;
}

bool raw_send(struct raw *raw, const void *bytes, size_t size)
{
	const uint8_t *from = bytes;
	while (size > 0) {
		ssize_t count = send(raw->fd, from, size, MSG_NOSIGNAL);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		from += count;
		size -= (size_t)count;
	}
	return true;
}

bool raw_readable(const struct raw *raw, int limit)
{
	bool whole = raw->filled >= WIRE_HEAD_SIZE && raw->filled >= wire_length(raw->buffer);
	return whole || descriptor_wait(raw->fd, limit);
}

/* Reads at least one byte more into the buffer; false at the end. */
static bool raw_fill(struct raw *raw)
{
	if (!descriptor_wait(raw->fd, SUPPORT_LIMIT))
		support_die("the daemon says nothing");
	ssize_t count = recv(raw->fd, raw->buffer + raw->filled,
	                     sizeof(raw->buffer) - raw->filled, 0);
	if (count < 0 && errno != ECONNRESET)
		support_die("recv: %m");
	if (count <= 0)
		return false;
	raw->filled += (size_t)count;
	return true;
}

static void raw_note(const struct wire_head *head)
{
	if (head->opcode < OPCODE_ROOM)
		opcodes_seen[head->opcode]++;
	if (head->status < WIRE_STATUS_COUNT)
		statuses_seen[head->status]++;
}

bool raw_receive(struct raw *raw)
{
	while (raw->filled < WIRE_HEAD_SIZE || raw->filled < wire_length(raw->buffer)) {
		if (raw->filled >= 4 && (wire_length(raw->buffer) < WIRE_HEAD_SIZE ||
		                         wire_length(raw->buffer) > WIRE_MAX_REPLY))
			support_die("a frame of %u bytes came", wire_length(raw->buffer));
		if (!raw_fill(raw)) {
			if (raw->filled > 0 && !raw->overfed)
				support_die("the connection ended within a frame");
			return false;
		}
	}
	raw->size = wire_length(raw->buffer);
	memcpy(raw->frame, raw->buffer, raw->size);
	raw->filled -= raw->size;
	memmove(raw->buffer, raw->buffer + raw->size, raw->filled);
	wire_head_decode(&raw->head, raw->frame);
	raw_note(&raw->head);
	if (raw->head.number != 0)
		raw->seen = raw->head.number;
	return true;
}

int raw_answer(struct raw *raw, uint64_t tag)
{
	while (raw_receive(raw)) {
		if (raw->head.number != 0 && raw->head.tag == tag)
			return raw->head.status;
	}
	return -1;
}

int raw_ended(struct raw *raw)
{
	int status = -1;
	while (raw_receive(raw)) {
		if (raw->head.opcode == WIRE_END)
			status = raw->head.status;
	}
	return status;
}

static struct wire_head raw_next(struct raw *raw, bool numbered)
{
	if (numbered)
		raw->number++;
	return (struct wire_head){
		.tag = ++raw->tag,
		.number = numbered ? raw->number : 0,
		.seen = raw->seen,
	};
}

#define RAW_DEFINE(NAME, name, value, numbered) \
	void raw_send_##name(struct raw *raw, struct name##_request *request) \
	{ \
		uint8_t frame[WIRE_MAX_REQUEST]; \
		request->head = raw_next(raw, numbered); \
		size_t size = name##_request_encode(request, frame, sizeof(frame)); \
		if (size == 0) \
			support_die("a request of " #NAME " does not fit"); \
		raw_send(raw, frame, size); \
	} \
	int raw_ask_##name(struct raw *raw, struct name##_request *request) \
	{ \
		raw_send_##name(raw, request); \
		return raw_answer(raw, request->head.tag); \
	}
WIRE_MESSAGES(RAW_DEFINE)
#undef RAW_DEFINE

void raw_connect(struct raw *raw, const char *socket_path)
{
	struct hello_request hello = {
		.min_version = SEMD_PROTOCOL_VERSION,
		.max_version = SEMD_PROTOCOL_VERSION,
		.command = raw_text("raw"),
	};
	struct hello_reply reply;
	if (getrandom(hello.session.bytes, sizeof(hello.session.bytes), 0) !=
	    sizeof(hello.session.bytes))
		support_die("getrandom: %m");
	raw_open(raw, socket_path);
	if (raw_ask_hello(raw, &hello) != WIRE_OK)
		support_die("HELLO is not welcome at %s", socket_path);
	if (hello_reply_decode(&reply, raw->frame, raw->size) != 0)
		support_die("the reply to HELLO cannot be read");
	raw->client = reply.client;
}

void raw_leave(struct raw *raw)
{
	if (shutdown(raw->fd, SHUT_WR) != 0 && errno != ENOTCONN)
		support_die("shutdown: %m");
	raw_ended(raw);
	raw_close(raw);
}

struct wire_text raw_text(const char *text)
{
	return (struct wire_text){ text, (uint16_t)strlen(text) };
}

int raw_create(struct raw *raw, uint32_t handle, const char *name, uint32_t initial)
{
	struct open_request open = {
		.handle = handle,
		.flags = WIRE_OPEN_CREATE,
		.initial = initial,
		.name = raw_text(name),
	};
	return raw_ask_open(raw, &open);
}

int raw_term(struct raw *raw, uint32_t handle, enum wire_term_kind kind, uint32_t n, int64_t timeout)
{
	struct apply_request apply = { .timeout = timeout, .terms.count = 1 };
	apply.terms.term[0] = (struct wire_term){ .handle = handle, .kind = kind, .n = n };
	return raw_ask_apply(raw, &apply);
}
