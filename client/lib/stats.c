/* stats.c - asks for the daemon's counters and limits. */
#include "config.h"

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/sized_struct.h"

static int ask(struct semd_client *client, struct semd_stats *stats)
{
	struct call call;
	struct stats_reply reply;
	call_init(&call);
	int r = call_stats(client, &call, &(struct stats_request){ 0 }, &reply);
	if (r != 0)
		return r;
	stats->size = sizeof(*stats);
#define COPY_FIELD(type, name) stats->name = reply.name;
	WIRE_STATS_REPLY(COPY_FIELD)
#undef COPY_FIELD
	return 0;
}

int semd_stats(struct semd_client *client, struct semd_stats *stats)
{
	struct semd_stats known;
	int state;
	if (!client || !stats || stats->size < sizeof(stats->size))
		return error_note(SEMD_EINVAL);
	int r = client_enter(client, &state);
	if (r == 0)
		r = ask(client, &known);
	if (r == 0)
		sized_struct_give(stats, &known, sizeof(known));
	return client_leave(state, r);
}
