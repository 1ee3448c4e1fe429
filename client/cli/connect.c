/*
 * connect.c - see connect.h.
 */
#include "config.h"

#include "client/cli/connect.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "client/cli/command.h"
#include "client/cli/errors.h"
#include "client/cli/os/process.h"

static unsigned flags_of(const struct options *options)
{
	return options->no_start ? SEMD_NO_START : 0;
}

int connect_daemon(const struct options *options, struct semd_client **client)
{
	int r = semd_connect(options->socket, flags_of(options), client);
	return r == 0 ? 0 : fail("semd", r);
}

int connect_for(const struct options *options, semd_process process, struct semd_client **client)
{
	int r = semd_connect_for(options->socket, flags_of(options), process, client);
	return r == 0 ? 0 : fail("semd", r);
}

static int connect_failed(const char *pid, int error)
{
	if (error == SEMD_ENOENT)
		return refuse(pid, "no such process: it has ended, and nothing is to be done");
	if (error == SEMD_EACCES)
		return fail_advised(pid, error, "only its own user can do that");
	return fail("semd", error);
}

int connect_for_pid(const struct options *options, struct semd_client **client)
{
	char pid[16];
	semd_process process;
	snprintf(pid, sizeof(pid), "%" PRIu32, options->process);
	int error = process_open(options->process, &process);
	if (error != 0)
		return fail_system(pid, error, "name a process that runs, as $$ in a shell");

	int r = semd_connect_for(options->socket, flags_of(options), process, client);
	process_close(process);
	return r == 0 ? 0 : connect_failed(pid, r);
}

static int open_one(struct semd_client *client, const struct options *options, const char *name,
                    struct semd_sem **sem)
{
	struct semd_options creating = {
		.size = sizeof(creating),
		.flags = SEMD_CREATE,
		.initial = options->initial,
		.max = options->initial,
	};
	bool create = options->given & OPTION_INITIAL;
	bool gives_back = options->command->options & OPTION_FOR;
	int r = semd_open(client, name, create ? &creating : NULL, sem);
	if (r == SEMD_ENOENT && options->command->options & OPTION_INITIAL)
		return fail_advised(name, r, "let -i N create it, or 'semd-cli create NAME -i N'");
	if (r == SEMD_ENOENT && gives_back)
		return fail_advised(name, r, "see what there is with 'semd-cli list'");
	return r == 0 ? 0 : fail(name, r);
}

int connect_names(struct semd_client *client, const struct options *options,
                  const struct names *names, enum semd_op_kind kind, struct semd_op *ops)
{
	for (size_t i = 0; i < names->count; i++) {
		ops[i].kind = kind;
		ops[i].n = names->wanted[i].permits;
		int status = open_one(client, options, names->wanted[i].name, &ops[i].sem);
		if (status != 0)
			return status;
	}
	return 0;
}
