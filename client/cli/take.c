/*
 * take.c - see take.h; and the commands that take permits and then end: acquire, for another
 * process; consume; and wait, which takes no permits but waits in the same way.
 */
#include "config.h"

#include "client/cli/take.h"

#include "client/cli/command.h"
#include "client/cli/connect.h"

int take_names(struct semd_client *client, const struct options *options, const struct names *names,
               enum semd_op_kind kind, struct semd_op *ops)
{
	int status = connect_names(client, options, names, kind, ops);
	if (status != 0)
		return status;
	return names_failed(names, semd_apply(client, ops, names->count, options->timeout_ns));
}

typedef int connect_function(const struct options *options, struct semd_client **client);

static int take_once(const struct options *options, const struct names *names,
                     enum semd_op_kind kind, connect_function *connect)
{
	struct semd_op ops[SEMD_MAX_OPS];
	struct semd_client *client;
	int status = connect(options, &client);
	if (status != 0)
		return status;
	status = take_names(client, options, names, kind, ops);
	semd_disconnect(client);
	return status;
}

int take_acquire(const struct options *options)
{
	struct names names;
	int status = names_parse("acquire", options->args, options->arg_count, &names);
	if (status == 0)
		status = take_once(options, &names, SEMD_ACQUIRE, connect_for_pid);
	names_free(&names);
	return status;
}

int take_consume(const struct options *options)
{
	struct names names;
	int status = names_parse_one("consume", options->args, options->arg_count, &names);
	if (status == 0)
		status = take_once(options, &names, SEMD_CONSUME, connect_daemon);
	names_free(&names);
	return status;
}

int take_wait(const struct options *options)
{
	struct names names;
	int status = names_parse_one("wait", options->args, options->arg_count, &names);
	names.wanted[0].permits = 0;
	if (status == 0)
		status = take_once(options, &names, SEMD_WAIT_ZERO, connect_daemon);
	names_free(&names);
	return status;
}
