/*
 * give.c - the commands that give permits: release and settle, for permits that another process
 * holds, and post. None of them waits.
 */
#include "config.h"

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/options.h"

static int give(struct semd_client *client, const struct options *options,
                const struct names *names, enum semd_op_kind kind)
{
	struct semd_op ops[SEMD_MAX_OPS];
	int status = connect_names(client, options, names, kind, ops);
	if (status == 0)
		status = names_failed(names, semd_apply(client, ops, names->count, 0));
	semd_disconnect(client);
	return status;
}

static int give_for(const struct options *options, const char *command, enum semd_op_kind kind)
{
	struct names names;
	struct semd_client *client;
	int status = names_parse(command, options->args, options->arg_count, &names);
	if (status == 0)
		status = connect_for_pid(options, &client);
	if (status == 0)
		status = give(client, options, &names, kind);
	names_free(&names);
	return status;
}

int give_release(const struct options *options)
{
	return give_for(options, "release", SEMD_RELEASE);
}

int give_settle(const struct options *options)
{
	return give_for(options, "settle", SEMD_SETTLE);
}

int give_post(const struct options *options)
{
	struct names names;
	struct semd_client *client;
	int status = names_parse_one("post", options->args, options->arg_count, &names);
	if (status == 0)
		status = connect_daemon(options, &client);
	if (status == 0)
		status = give(client, options, &names, SEMD_POST);
	names_free(&names);
	return status;
}
