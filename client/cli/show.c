/*
 * show.c - the commands list, which shows all semaphores, and show, which shows some of them with
 * their holders and waiters. The printing is done by print/print_semaphores.c and
 * print_semaphores_json.c.
 */
#include "config.h"

#include <stdbool.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"
#include "client/cli/os/pattern.h"
#include "client/cli/print/print.h"
#include "client/cli/print/semaphore_rows.h"

static int failed(const char *subject, int error)
{
	if (error == SEMD_ENOMEM)
		return fail_memory(subject);
	if (error == SEMD_ENOENT)
		return fail_advised(subject, error, "see what there is with 'semd-cli list'");
	return error == 0 ? 0 : fail(subject, error);
}

/* Drops the semaphores whose names do not match. */
static void filter(struct semaphores *semaphores, const char *pattern)
{
	size_t kept = 0;
	for (size_t i = 0; i < semaphores->count; i++) {
		if (pattern_matches(pattern, semaphores->rows[i].info.name))
			semaphores->rows[kept++] = semaphores->rows[i];
	}
	semaphores->count = kept;
}

int show_list(const struct options *options)
{
	struct semd_client *client;
	struct semaphores semaphores;
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	semaphores_init(&semaphores);
	status = failed("list", semaphores_list(&semaphores, client));
	semd_disconnect(client);
	if (status == 0) {
		if (options->arg_count > 0)
			filter(&semaphores, options->args[0]);
		semaphores_sort(&semaphores);
		status = options->json ? print_json(&semaphores, false) : print_list(&semaphores);
	}
	semaphores_free(&semaphores);
	return status;
}

/* A failure does not keep the other semaphores from being shown; the status is that of the first
 * one. */
int show_details(const struct options *options)
{
	struct semd_client *client;
	struct semaphores semaphores;
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	semaphores_init(&semaphores);
	for (size_t i = 0; i < options->arg_count; i++) {
		const char *name = options->args[i];
		int one = failed(name, semaphores_show(&semaphores, client, name));
		if (status == 0)
			status = one;
	}
	semd_disconnect(client);
	int printed = options->json ? print_json(&semaphores, true) : print_details(&semaphores);
	semaphores_free(&semaphores);
	return status != 0 ? status : printed;
}
