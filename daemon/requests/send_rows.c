/* send_rows.c - see send_rows.h. They go out as they are found. */
#include "config.h"

#include "daemon/connection.h"
#include "daemon/requests/send_rows.h"

#define SEND_ROW(type) \
	static void send_##type(void *arg, const struct type##_event *found) \
	{ \
		const struct send_rows *rows = arg; \
		struct type##_event row = *found; \
		uint8_t frame[WIRE_MAX_REPLY]; \
		\
		row.head.tag = rows->tag; \
		connection_send(rows->connection, frame, \
		                type##_event_encode(&row, frame, sizeof(frame))); \
	}
SEND_ROW(sem)
SEND_ROW(holder)
SEND_ROW(waiter)
SEND_ROW(lack)
SEND_ROW(blocker)
SEND_ROW(client)
SEND_ROW(hold)
SEND_ROW(wait)
SEND_ROW(deadlock)
SEND_ROW(gone)
#undef SEND_ROW

struct engine_sink send_rows_sink(struct send_rows *rows)
{
	return (struct engine_sink){
		.arg = rows,
		.sem = send_sem,
		.holder = send_holder,
		.waiter = send_waiter,
		.lack = send_lack,
		.blocker = send_blocker,
		.client = send_client,
		.hold = send_hold,
		.wait = send_wait,
		.deadlock = send_deadlock,
		.gone = send_gone,
	};
}
