/*
 * admin.c - the commands that make, alter and end semaphores.
 */
#include "config.h"

#include <string.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/numbers.h"
#include "client/cli/options.h"
#include "semd.h"

static unsigned create_flags(const struct options *options)
{
	return SEMD_CREATE |
	       (options->given & OPTION_LAST_CLOSE ? SEMD_LAST_CLOSE : 0) |
	       (options->given & OPTION_EXCLUSIVE ? SEMD_EXCLUSIVE : 0) |
	       (options->given & OPTION_RESET ? SEMD_RESET : 0);
}

/* The library takes 0 for its default, which is not what the user said. */
static int check_create(const struct options *options)
{
	if (options->given & OPTION_MODE && options->mode == 0)
		return wrong_use("create", "--mode", "nobody could use it");
	if (options->given & OPTION_MAX && options->max == 0)
		return wrong_use("create", "--max", "a semaphore of no permits is of no use");
	if (options->given & OPTION_MAX && options->max < options->initial)
		return wrong_use("create", "--max", "less than the %u that it begins with",
		                 options->initial);
	return 0;
}

static int owner_failed(const char *name, int error)
{
	if (error == SEMD_EACCES)
		return fail_advised(name, error,
		                    "only its owner, root or the daemon's user may do that");
	if (error == SEMD_ENOENT)
		return fail_advised(name, error, "see what there is with 'semd-cli list'");
	return fail(name, error);
}

int admin_create(const struct options *options)
{
	const struct semd_options semaphore = {
		.size = sizeof(semaphore),
		.flags = create_flags(options),
		.initial = options->initial,
		.max = options->max,
		.mode = options->mode,
		.bypass = options->bypass,
	};
	struct semd_client *client;
	struct semd_sem *sem;
	int status = check_create(options);
	if (status == 0)
		status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	int r = semd_open(client, options->args[0], &semaphore, &sem);
	if (r != 0)
		status = options->given & OPTION_RESET ? owner_failed(options->args[0], r) :
			fail(options->args[0], r);
	semd_disconnect(client);
	return status;
}

/* ---- set ------------------------------------------------------------------------------------- */

struct alteration {
	bool has_total;
	uint32_t total;
	struct semd_change change;
};

static int alteration_check(const struct options *options, const struct alteration *alteration)
{
	if (!alteration->has_total && alteration->change.mask == 0)
		return wrong_use("set", options->args[0], "nothing is said of what to alter");
	if (options->given & OPTION_MAX && options->max == 0)
		return wrong_use("set", "--max", "a semaphore of no permits is of no use");
	if (alteration->has_total && options->given & OPTION_MAX &&
	    options->max < alteration->total)
		return wrong_use("set", "--max", "less than the total of %u", alteration->total);
	return 0;
}

static int alteration_read(const struct options *options, struct alteration *alteration)
{
	alteration->has_total = options->arg_count > 1;
	if (alteration->has_total &&
	    !number_parse(options->args[1], SEMD_MAX_PERMITS, &alteration->total))
		return wrong_use("set", options->args[1], "it is not a number of permits, 0 to %u",
		                 SEMD_MAX_PERMITS);
	alteration->change = (struct semd_change){
		.size = sizeof(alteration->change),
		.mask = (options->given & OPTION_MAX ? SEMD_CHANGE_MAX : 0u) |
		        (options->given & OPTION_MODE ? SEMD_CHANGE_MODE : 0u) |
		        (options->given & OPTION_BYPASS ? SEMD_CHANGE_BYPASS : 0u) |
		        (options->owner.has_user ? SEMD_CHANGE_UID : 0u) |
		        (options->owner.has_group ? SEMD_CHANGE_GID : 0u),
		.max = options->max,
		.mode = options->mode,
		.uid = options->owner.uid,
		.gid = options->owner.gid,
		.bypass = options->bypass,
	};
	return alteration_check(options, alteration);
}

/* Not even the owner may give a semaphore to another user. */
static int change_failed(const char *name, const struct semd_change *change, int error)
{
	if (error == SEMD_EACCES && change->mask & SEMD_CHANGE_UID)
		return fail_advised(name, error,
		                    "only root and the daemon's user may give a semaphore away");
	return owner_failed(name, error);
}

/*
 * The new max is below the present total, or below the initial value. Setting the total first helps
 * only in the first case. A user without the right to read cannot tell the two apart, and has to
 * take the steps one by one.
 */
static int lower_both(struct semd_sem *sem, const struct alteration *alteration)
{
	struct semd_info info = { .size = sizeof(info) };
	if (semd_query(sem, &info) != 0 || alteration->change.max < info.initial)
		return SEMD_EINVAL;
	int r = semd_set(sem, alteration->total);
	return r == 0 ? semd_change(sem, &alteration->change) : r;
}

/* The first step may be refused, and then changes nothing; the second, the total, fits under
 * max. */
static int alter_in_order(struct semd_sem *sem, const struct alteration *alteration)
{
	int r = alteration->change.mask != 0 ? semd_change(sem, &alteration->change) : 0;
	if (!alteration->has_total)
		return r;
	if (r == SEMD_EINVAL && alteration->change.mask & SEMD_CHANGE_MAX)
		return lower_both(sem, alteration);
	return r == 0 ? semd_set(sem, alteration->total) : r;
}

static int alter(struct semd_client *client, const char *name, const struct alteration *alteration)
{
	struct semd_sem *sem;
	int r = semd_open(client, name, NULL, &sem);
	if (r == 0)
		r = alter_in_order(sem, alteration);
	if (r == SEMD_EINVAL && alteration->change.mask & SEMD_CHANGE_MAX)
		return refuse(name, "its total or initial value is more than %u: lower them first, "
		              "with 'semd-cli set' and 'semd-cli create --reset'",
		              alteration->change.max);
	return r == 0 ? 0 : change_failed(name, &alteration->change, r);
}

int admin_set(const struct options *options)
{
	struct alteration alteration;
	struct semd_client *client;
	int status = alteration_read(options, &alteration);
	if (status == 0)
		status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	status = alter(client, options->args[0], &alteration);
	semd_disconnect(client);
	return status;
}

/* ---- reset, remove, unlink ------------------------------------------------------------------- */

typedef int name_function(struct semd_client *client, const char *name);

/* Goes on after a failure; returns the status of the first one. */
static int for_each_name(const struct options *options, name_function *function)
{
	struct semd_client *client;
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	for (size_t i = 0; i < options->arg_count; i++) {
		int r = function(client, options->args[i]);
		int failed = r == 0 ? 0 : owner_failed(options->args[i], r);
		if (status == 0)
			status = failed;
	}
	semd_disconnect(client);
	return status;
}

static int reset(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int r = semd_open(client, name, NULL, &sem);
	return r == 0 ? semd_reset(sem) : r;
}

int admin_reset(const struct options *options)
{
	return for_each_name(options, reset);
}

int admin_remove(const struct options *options)
{
	return for_each_name(options, semd_remove);
}

int admin_unlink(const struct options *options)
{
	return for_each_name(options, semd_unlink);
}
