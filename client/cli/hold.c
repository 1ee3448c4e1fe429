/*
 * hold.c - the command that holds permits until its input ends, a signal ends it, or they are lost.
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/print/printable.h"
#include "client/cli/options.h"
#include "client/cli/os/process.h"
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
	if (options->json) {
		say_held_json(names);
	} else {
		fputs("holding ", stdout);
		printable_put(stdout, names->text, SIZE_MAX, printable_on(stdout));
		putchar('\n');
	}
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	int error = process_write_error();
	clearerr(stdout);	/* so that main does not report it again */
	return fail_system("standard output", error, "give it a place to write to");
}

/* Waits until the input ends, or the permits are lost. A signal simply ends this process, and
 * the permits go back. */
static int await_end(struct semd_client *client)
{
	bool input_ended = false;
	while (!input_ended) {
		int error = process_await_end_of_input(semd_fd(client), &input_ended);
		if (error != 0)
			return fail_system("standard input", error,
			                   "give it something to read from");
		if (semd_dispatch(client) != 0)
			break;
	}
	return 0;
}

static int hold(struct semd_client *client, const struct options *options,
                const struct names *names)
{
	struct semd_op ops[SEMD_MAX_OPS];
	int status = take_names(client, options, names, SEMD_ACQUIRE, ops);
	if (status != 0)
		return status;
	status = say_held(options, names);
	if (status == 0)
		status = await_end(client);
	if (status != 0)
		return status;
	/* Done here and not by the disconnect, so that the loss of permits can be reported. */
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
