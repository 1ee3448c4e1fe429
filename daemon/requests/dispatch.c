/*
 * dispatch.c - the table of requests, made from the schema, and what is common to all of them.
 *
 * A request is first tried (ENGINE_PROBE). If it would be refused or would have to wait, the
 * daemon first looks for processes that have ended and deals with them, and only then decides. The
 * same holds for a request that might be granted only because an end is not known yet.
 */
#include "config.h"

#include "daemon/requests/dispatch.h"
#include "daemon/message_log.h"
#include "daemon/process_ends.h"
#include "daemon/requests/requests.h"

/* The longest reply to a numbered request: OPEN's. */
enum { CHANGE_REPLY = WIRE_HEAD_SIZE + sizeof(uint64_t) };

/* A request that makes the engine look at so many records is a heavy one. */
enum { HEAVY = 256 };

struct entry {
	int (*decode)(union request *into, const uint8_t *frame, size_t size);
	int (*handle)(struct call *call, const union request *request);
	size_t (*encode)(const union reply *from, uint8_t *out, size_t room);
	bool numbered, looks, pages;	/* columns of the schema */
};

#define DISPATCH_FUNCTIONS(NAME, name, number, ...) \
	static int decode_##name(union request *into, const uint8_t *frame, size_t size) \
	{ \
		return name##_request_decode(&into->name, frame, size); \
	} \
	static int call_##name(struct call *call, const union request *request) \
	{ \
		return on_##name(call, &request->name); \
	} \
	static size_t encode_##name(const union reply *from, uint8_t *out, size_t room) \
	{ \
		return name##_reply_encode(&from->name, out, room); \
	}
WIRE_MESSAGES(DISPATCH_FUNCTIONS)

#define DISPATCH_ENTRY(NAME, name, number, is_numbered, it_looks, it_pages) \
	[number] = { \
		.decode = decode_##name, .handle = call_##name, .encode = encode_##name, \
		.numbered = is_numbered, .looks = it_looks, .pages = it_pages, \
	},
static const struct entry entries[] = { WIRE_MESSAGES(DISPATCH_ENTRY) };

static const struct entry *find(unsigned opcode)
{
	if (opcode >= sizeof(entries) / sizeof(entries[0]) || !entries[opcode].handle)
		return NULL;
	return &entries[opcode];
}

static bool can_wait(const struct call *call, const union request *request)
{
	const struct apply_request *apply = &request->apply;
	return request->head.opcode == WIRE_APPLY &&
		engine_can_wait(&apply->terms,
		                request_deadline(call->server->turn.now, apply->timeout));
}

/*
 * The fault in the head of a request, or NULL. HELLO may name any reply as seen: its session is
 * new.
 */
static const char *judge_head(const struct session *session, const struct entry *entry,
                              const struct wire_head *head)
{
	bool greets = head->opcode == WIRE_HELLO;
	if (session_is_greeted(session) == greets)
		return greets ? "HELLO came again" : "HELLO must come first";
	if (!entry->numbered && head->number != 0)
		return "a number on a request that has none";
	if (entry->numbered && head->number <= session_last_request(session))
		return "numbers of requests must rise";
	if (!greets && head->seen > session_last_reply(session))
		return "a reply was seen that was not sent";
	return NULL;
}

/* A client that sends more while a request of it waits has something else to do than wait. */
static void note_sharing(struct session *session, const struct wire_head *head)
{
	if (head->status & WIRE_SHARED || (head->opcode != WIRE_CANCEL && session_waits(session)))
		session_share(session);
}

static const char *judge(struct call *call, const struct entry *entry, union request *request,
                         const uint8_t *frame, size_t size)
{
	const char *fault;
	if (!entry)
		return "no such request";
	if (entry->decode(request, frame, size) != 0)
		return "a frame that is not the request it says";
	fault = judge_head(call->session, entry, &request->head);
	if (fault)
		return fault;
	if (request->head.opcode != WIRE_HELLO)
		session_see(call->session, request->head.seen);
	note_sharing(call->session, &request->head);
	call->can_wait = can_wait(call, request);
	return NULL;
}

bool dispatch_stands_back(struct connection *connection)
{
	struct server *server = connection->server;
	if (process_has_ended(connection->process))
		return false;
	if (!process_ends_pending(server))
		process_ends_look(server);
	if (!process_ends_pending(server))
		return false;
	/*
	 * If its own process has ended, its requests are carried out with the rest of that
	 * process.
	 */
	if (!process_has_ended(connection->process))
		connection_park(connection);
	return true;
}

/*
 * Whether the request might be granted only because an end is not known yet: a semaphore would
 * have gone with its last handle, permits would have come back, or the process that this client is
 * bound to has ended.
 */
static bool depends_on_ends(const struct call *call, const struct entry *entry,
                            const union request *request)
{
	const struct wire_terms *terms = &request->apply.terms;
	return entry->looks || session_bound(call->session) ||
		(request->head.opcode == WIRE_APPLY && terms->count > 0 &&
		 terms->term[0].kind == WIRE_TERM_WAIT_ZERO);
}

/* False: the request stands back, and nothing has happened. */
static bool decide(struct call *call, const struct entry *entry, const union request *request,
                   int *status)
{
	bool ended = process_has_ended(call->connection->process);
	if (!ended && !depends_on_ends(call, entry, request)) {
		call->mode = ENGINE_PROBE;
		*status = entry->handle(call, request);
		if (*status == WIRE_OK || *status == WIRE_EPROTO)
			return true;
	}
	if (!ended && dispatch_stands_back(call->connection))
		return false;
	call->mode = ENGINE_FINAL;
	/* Nobody is left to read the rows. */
	*status = ended && entry->pages ? WIRE_OK : entry->handle(call, request);
	return true;
}

/*
 * Room to send the reply is taken before anything is done, so that nothing has changed if there is
 * no memory. Longer replies answer requests that change nothing.
 */
static bool reserve(struct connection *connection)
{
	return process_has_ended(connection->process) ||
		connection_reserve(connection, CHANGE_REPLY);
}

/* The number in a reply that a client must still be able to learn if the reply is lost. */
static uint64_t value_of(const union reply *reply, unsigned opcode)
{
	switch (opcode) {
	case WIRE_OPEN:
		return reply->open.id;
	case WIRE_BIND:
		return reply->bind.client;
	case WIRE_DETACH:
		return reply->detach.client;
	default:
		return 0;
	}
}

/* A client that has kicked itself has no session any more; this reply is the last. */
static bool has_session(const struct call *call)
{
	return call->connection->session;
}

static void reply(struct call *call, const struct entry *entry, const union request *request,
                  int status)
{
	uint8_t frame[WIRE_MAX_REPLY];
	const struct engine_answer answer = {
		.request = request->head.number,
		.value = status == WIRE_OK ? value_of(&call->reply, request->head.opcode) : 0,
		.status = status,
		.could_wait = call->can_wait,
	};
	call->reply.head = (struct wire_head){
		.status = (uint16_t)status,
		.tag = request->head.tag,
		.number = has_session(call) ? session_reply(call->engine, call->session, &answer) :
			call->next_reply,
		.request = request->head.number,
	};
	connection_send(call->connection, frame,
	                entry->encode(&call->reply, frame, sizeof(frame)));
}

/* Tells of a request that was decided. */
static void conclude(struct call *call, const struct entry *entry, const union request *request,
                     int status)
{
	struct connection *connection = call->connection;
	call->server->requests++;
	if (entry->numbered && has_session(call))
		session_count_request(call->session, request->head.number);
	if (status == ENGINE_WAITS)
		return;
	if (status == WIRE_EPROTO)
		connection_end(connection, status, request->head.tag,
		               request->head.opcode == WIRE_HELLO ?
		               "no version of the protocol in common" :
		               "a number of a handle that cannot be used so");
	else
		reply(call, entry, request, status);
	if (request->head.opcode == WIRE_LEAVE)
		connection_finish(connection);
}

/*
 * Most requests cost little. Where a line is long they may cost much, so the request before is the
 * guide.
 */
static bool must_rest(const struct connection *connection, const struct entry *entry)
{
	const struct server *server = connection->server;
	return entry->pages ? turn_is_full(server) : connection->heavy && turn_is_spent(server);
}

/*
 * Whether the request is left for later, since its reply could not be sent or the turn is spent. No
 * reply is sent to a process that has ended, so there is nothing to wait for.
 */
static bool is_put_off(struct connection *connection, const struct entry *entry)
{
	if (process_has_ended(connection->process))
		return false;
	if (!connection_has_room(connection))
		connection_await_reader(connection);
	else if (must_rest(connection, entry))
		connection_rest(connection);
	else
		return false;
	return true;
}

/* Carries out a well-formed request. False: it stands back. */
static bool carry_out(struct call *call, const struct entry *entry, const union request *request)
{
	const uint64_t looked = engine_looked(call->engine);
	int status = entry->numbered ? session_accept(call->session, call->can_wait) : WIRE_OK;
	if (status == WIRE_EPROTO) {
		connection_end(call->connection, status, request->head.tag,
		               "too many replies that were not seen");
		return true;
	}
	if (status == WIRE_OK && !decide(call, entry, request, &status))
		return false;
	call->connection->heavy = engine_looked(call->engine) - looked >= HEAVY;
	conclude(call, entry, request, status);
	if (entry->pages)
		connection_rest(call->connection);
	return true;
}

/* END carries the tag of the frame, if its head has come. */
static void end_malformed(struct connection *connection, const uint8_t *bytes, size_t size,
                          const char *fault)
{
	struct wire_head head = { .tag = 0 };
	if (size >= WIRE_HEAD_SIZE)
		wire_head_decode(&head, bytes);
	connection_end(connection, WIRE_EPROTO, head.tag, fault);
}

static bool dispatch_logged(struct connection *connection, const uint8_t *frame, size_t size)
{
	struct server *server = connection->server;
	struct call call = {
		.connection = connection,
		.server = server,
		.engine = server->engine,
		.session = connection->session,
		.next_reply = session_last_reply(connection->session) + 1,
	};
	union request request;
	const struct entry *entry = find(wire_opcode(frame));
	const char *fault = judge(&call, entry, &request, frame, size);
	if (fault) {
		end_malformed(connection, frame, size, fault);
		return true;
	}
	if (is_put_off(connection, entry))
		return false;
	if (!reserve(connection)) {
		connection_end(connection, WIRE_ENOMEM, request.head.tag, "out of memory");
		return true;
	}
	return carry_out(&call, entry, &request);
}

bool dispatch(struct connection *connection, const uint8_t *frame, size_t size)
{
	/* A request that stands back comes here again. */
	if (!connection->logged)
		message_log(connection, frame, size, false);
	connection->logged = !dispatch_logged(connection, frame, size);
	return !connection->logged;
}

void dispatch_bad_length(struct connection *connection, const uint8_t *bytes, size_t size)
{
	end_malformed(connection, bytes, size, "a length that no request has");
}
