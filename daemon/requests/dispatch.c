/*
 * dispatch.c - the table of requests, made from the schema, and what is common to all of them.
 *
 * A request is first tried (ENGINE_PROBE). What would be refused or made to wait is decided for good
 * only after the ends of processes that have happened were looked for and dealt with. So is what could
 * be granted because an end is not known yet.
 */
#include "config.h"

#include "daemon/requests/dispatch.h"
#include "daemon/process_ends.h"
#include "daemon/requests/requests.h"

/* The longest reply to a numbered request: OPEN's. */
enum { CHANGE_REPLY = WIRE_HEAD_SIZE + sizeof(uint64_t) };

/* A request that has looked at so many records was a heavy one. */
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
	if (opcode >= sizeof(entries) / sizeof(entries[0]) || entries[opcode].handle == NULL)
		return NULL;
	return &entries[opcode];
}

static bool can_wait(const union request *request)
{
	const struct apply_request *apply = &request->apply;

	if (request->head.opcode != WIRE_APPLY || apply->timeout == 0)
		return false;
	for (uint32_t i = 0; i < apply->terms.count; i++) {
		uint32_t kind = apply->terms.term[i].kind;

		if (kind == WIRE_TERM_ACQUIRE || kind == WIRE_TERM_CONSUME ||
		    kind == WIRE_TERM_WAIT_ZERO)
			return true;
	}
	return false;
}

/* What is wrong with the head of a request, or NULL. */
static const char *judge_head(const struct connection *connection, const struct entry *entry,
                              const struct wire_head *head)
{
	if (connection->greeted == (head->opcode == WIRE_HELLO))
		return connection->greeted ? "HELLO came again" : "HELLO must come first";
	if (!entry->numbered && head->number != 0)
		return "a number on a request that has none";
	if (entry->numbered && head->number <= connection->last_number)
		return "numbers of requests must rise";
	if (head->opcode != WIRE_HELLO && head->seen > connection->replies)
		return "a reply was seen that was not sent";
	return NULL;
}

/* One that says more while its requests wait goes on, whatever becomes of them. */
static void note_sharing(struct session *session, const struct wire_head *head)
{
	if (head->status & WIRE_SHARED || (head->opcode != WIRE_CANCEL && session_waits(session)))
		session_share(session);
}

static const char *judge(struct call *call, const struct entry *entry, union request *request,
                         const uint8_t *frame, size_t size)
{
	struct connection *connection = call->connection;
	const char *fault;

	if (entry == NULL)
		return "no such request";
	if (entry->decode(request, frame, size) != 0)
		return "a frame that is not the request it says";
	fault = judge_head(connection, entry, &request->head);
	if (fault != NULL)
		return fault;
	unseen_drop(&connection->unseen, request->head.seen);
	note_sharing(call->session, &request->head);
	call->counted = entry->numbered && !can_wait(request);
	if (call->counted && connection->unseen.count >= WIRE_MAX_UNSEEN)
		return "too many replies that were not seen";
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
	/* One whose own process was found is carried out with the rest of it. */
	if (!process_has_ended(connection->process))
		connection_park(connection);
	return true;
}

/*
 * Whether it could be granted because an end is not known yet: a semaphore would be gone with its last
 * handle, none would be available, or the one that this client is bound to has ended.
 */
static bool depends_on_ends(const struct connection *connection, const struct entry *entry,
                            const union request *request)
{
	const struct wire_terms *terms = &request->apply.terms;

	return entry->looks || connection->bound ||
		(request->head.opcode == WIRE_APPLY && terms->count > 0 &&
		 terms->term[0].kind == WIRE_TERM_WAIT_ZERO);
}

/* False: it stands back, nothing has happened. */
static bool decide(struct call *call, const struct entry *entry, const union request *request,
                   int *status)
{
	bool ended = process_has_ended(call->connection->process);

	if (!ended && !depends_on_ends(call->connection, entry, request)) {
		call->mode = ENGINE_PROBE;
		*status = entry->handle(call, request);
		if (*status == WIRE_OK || *status == WIRE_EPROTO)
			return true;
	}
	if (!ended && dispatch_stands_back(call->connection))
		return false;
	call->mode = ENGINE_FINAL;
	/* Nobody is left to read it. */
	*status = ended && entry->pages ? WIRE_OK : entry->handle(call, request);
	return true;
}

/*
 * Room for the reply is taken before anything is done, so that whoever is told that there was no memory
 * knows that nothing has changed. Longer replies are of requests that change nothing.
 */
static bool reserve(const struct call *call)
{
	struct connection *connection = call->connection;

	if (call->counted && unseen_reserve(&connection->unseen) != 0)
		return false;
	return process_has_ended(connection->process) ||
		connection_reserve(connection, CHANGE_REPLY);
}

static void reply(struct call *call, const struct entry *entry, const union request *request,
                  int status)
{
	struct connection *connection = call->connection;
	uint8_t frame[WIRE_MAX_REPLY];
	size_t size;

	call->reply.head = (struct wire_head){
		.status = (uint16_t)status,
		.tag = request->head.tag,
		.number = ++connection->replies,
		.request = request->head.number,
	};
	if (call->counted)
		unseen_add(&connection->unseen, connection->replies);
	size = entry->encode(&call->reply, frame, sizeof(frame));
	connection_send(connection, frame, size);
}

/* Tells of a request that was decided. */
static void conclude(struct call *call, const struct entry *entry, const union request *request,
                     int status)
{
	struct connection *connection = call->connection;

	call->server->requests++;
	if (entry->numbered)
		connection->last_number = request->head.number;
	if (status == ENGINE_WAITS)
		return;
	if (status == WIRE_EPROTO)
		connection_end(connection, status, request->head.tag,
		               request->head.opcode == WIRE_HELLO ?
		               "no version of the protocol in common" :
		               "a number of a handle that cannot be used so");
	else
		reply(call, entry, request, status);
	/* One that failed with this is told why at the end of the turn. */
	if (request->head.opcode == WIRE_LEAVE && connection->failed == WIRE_OK)
		connection_finish(connection);
}

/* A request costs little, but where somebody has made a line long; what comes after one shows it. */
static bool must_rest(const struct connection *connection, const struct entry *entry)
{
	const struct server *server = connection->server;

	if (process_has_ended(connection->process))
		return false;
	return entry->pages ? turn_is_full(server) : connection->heavy && turn_is_spent(server);
}

bool dispatch(struct connection *connection, const uint8_t *frame, size_t size)
{
	struct server *server = connection->server;
	struct call call = {
		.connection = connection,
		.server = server,
		.engine = server->engine,
		.session = connection->session,
	};
	union request request;
	struct wire_head head;
	const struct entry *entry;
	const char *fault;
	uint64_t looked;
	int status;

	wire_head_decode(&head, frame);
	entry = find(head.opcode);
	fault = judge(&call, entry, &request, frame, size);
	if (fault != NULL) {
		connection_end(connection, WIRE_EPROTO, head.tag, fault);
		return true;
	}
	if (must_rest(connection, entry)) {
		connection_rest(connection);
		return false;
	}
	if (!reserve(&call)) {
		connection_end(connection, WIRE_ENOMEM, head.tag, "out of memory");
		return true;
	}
	looked = engine_looked(server->engine);
	if (!decide(&call, entry, &request, &status))
		return false;
	connection->heavy = engine_looked(server->engine) - looked >= HEAVY;
	conclude(&call, entry, &request, status);
	if (entry->pages)
		connection_rest(connection);
	return true;
}

void dispatch_bad_length(struct connection *connection, const uint8_t *bytes, size_t size)
{
	struct wire_head head = { .tag = 0 };

	if (size >= WIRE_HEAD_SIZE)
		wire_head_decode(&head, bytes);
	connection_end(connection, WIRE_EPROTO, head.tag, "a length that no request has");
}
