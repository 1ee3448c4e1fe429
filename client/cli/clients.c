/*
 * clients.c - the commands clients, which shows them, and kick, which ends some of them.
 */
#include "config.h"

#include "client/cli/print/client_rows.h"
#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/numbers.h"
#include "client/cli/options.h"
#include "client/cli/print/print.h"

/* This program is a client too, but only to ask, so it is left out. */
static int get_clients(struct semd_client *client, struct client_rows *clients)
{
	uint64_t self;
	int r = semd_clients(client, &client_rows_take, clients);
	if (r == 0)
		r = semd_number(client, &self);
	if (r == SEMD_ENOMEM)
		return fail_memory("clients");
	if (r != 0)
		return fail("clients", r);
	client_rows_drop(clients, self);
	client_rows_sort(clients);
	return 0;
}

int clients_show(const struct options *options)
{
	struct semd_client *client;
	struct client_rows clients;
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	client_rows_init(&clients);
	status = get_clients(client, &clients);
	semd_disconnect(client);
	if (status == 0)
		status = options->json ? print_clients_json(&clients) : print_clients(&clients);
	client_rows_free(&clients);
	return status;
}

/* ---- kick ------------------------------------------------------------------------------------ */

static int check_numbers(const struct options *options)
{
	uint64_t number;
	for (size_t i = 0; i < options->arg_count; i++) {
		if (!number_parse_long(options->args[i], &number))
			return wrong_use("kick", options->args[i],
			                 "it is not the number of a client");
	}
	return 0;
}

static int kick(struct semd_client *client, const char *number)
{
	uint64_t parsed = 0;
	number_parse_long(number, &parsed);
	int r = semd_kick(client, parsed);
	if (r == SEMD_ENOENT)
		return refuse(number, "no such client: see who there is with 'semd-cli clients'");
	if (r == SEMD_EACCES)
		return fail_advised(number, r,
		                    "only its own user, root or the daemon's user may do that");
	return r == 0 ? 0 : fail(number, r);
}

/* Goes on after a failure; returns the status of the first one. */
int clients_kick(const struct options *options)
{
	struct semd_client *client;
	int status = check_numbers(options);
	if (status == 0)
		status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	for (size_t i = 0; i < options->arg_count; i++) {
		int one = kick(client, options->args[i]);
		if (status == 0)
			status = one;
	}
	semd_disconnect(client);
	return status;
}
