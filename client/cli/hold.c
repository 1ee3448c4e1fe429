/*
 * hold.c - the command that holds permits until its input ends, or a signal ends it.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/json.h"
#include "client/cli/options.h"
#include "client/cli/process.h"
#include "client/cli/take.h"

static void say_held_json(const struct names *names)
{
	struct json json;
	json_begin(&json, stdout);
	json_open_array(&json, "holds");
	for (size_t i = 0; i < names->count; i++) {
		json_open_object(&json, NULL);
		json_text(&json, "name", names->wanted[i].name);
		json_unsigned(&json, "permits", names->wanted[i].permits);
		json_close(&json);
	}
	json_close(&json);
	json_end(&json);
}

static int say_held(const struct options *options, const struct names *names)
{
	if (options->json)
		say_held_json(names);
	else
		printf("holding %s\n", names->text);
	if (fflush(stdout) == 0)
		return 0;
	clearerr(stdout);	/* said here, and once */
	return fail_system("standard output", errno, "give it a place to write to");
}

/* Held until input ends. A signal ends this process in its own way, and the permits go back. */
static int hold(struct semd_client *client, const struct options *options,
                const struct names *names)
{
	struct semd_op ops[SEMD_MAX_OPS];
	int status = take_names(client, options, names, SEMD_ACQUIRE, ops);
	if (status == 0)
		status = say_held(options, names);
	if (status != 0)
		return status;
	int error = process_await_end_of_input();
	if (error != 0)
		return fail_system("standard input", error, "give it something to read from");
	/* Not left to the disconnect, so that whoever lost them meanwhile is told. */
	for (size_t i = 0; i < names->count; i++)
		ops[i].kind = SEMD_RELEASE;
	return names_failed(names, semd_apply(client, ops, names->count, SEMD_FOREVER));
}

int take_hold(const struct options *options)
{
	struct names names;
	struct semd_client *client;
	int status = names_parse("hold", options->args, options->arg_count, &names);
	if (status == 0)
		status = connect_daemon(options, &client);
	if (status == 0) {
		status = hold(client, options, &names);
		semd_disconnect(client);
	}
	names_free(&names);
	return status;
}
