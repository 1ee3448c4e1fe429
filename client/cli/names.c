/*
 * names.c - see names.h.
 */
#include "config.h"

#include "client/cli/names.h"

#include <stdlib.h>
#include <string.h>

#include "client/cli/errors.h"
#include "client/cli/numbers.h"
#include "client/cli/print/text_buffer.h"

static int wanted_set_name(const char *command, struct wanted *wanted, const char *name,
                           size_t length)
{
	if (length == 0 || length > SEMD_MAX_NAME)
		return wrong_use(command, name, "a name is 1 to %d bytes long", SEMD_MAX_NAME);
	memcpy(wanted->name, name, length);
	wanted->name[length] = '\0';
	return 0;
}

/* K follows the last colon, so a name with a colon can be given together with its K. */
static int wanted_parse(const char *command, const char *arg, struct wanted *wanted)
{
	const char *colon = strrchr(arg, ':');
	size_t length = colon ? (size_t)(colon - arg) : strlen(arg);

	wanted->permits = 1;
	if (colon && !number_parse(colon + 1, SEMD_MAX_PERMITS, &wanted->permits))
		return wrong_use(command, arg, "after the last colon comes a number of permits, "
		                 "1 to %u (a name with a colon needs its number too)",
		                 SEMD_MAX_PERMITS);
	if (wanted->permits == 0)
		return wrong_use(command, arg, "0 permits are nothing: ask for 1 or more");
	return wanted_set_name(command, wanted, arg, length);
}

static struct wanted *names_find(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->wanted[i].name, name) == 0)
			return &names->wanted[i];
	}
	return NULL;
}

static int names_add(const char *command, struct names *names, const struct wanted *wanted)
{
	struct wanted *same = names_find(names, wanted->name);
	if (same) {
		if (wanted->permits > SEMD_MAX_PERMITS - same->permits)
			return wrong_use(command, wanted->name, "more than %u permits altogether",
			                 SEMD_MAX_PERMITS);
		same->permits += wanted->permits;
		return 0;
	}
	if (names->count == SEMD_MAX_OPS)
		return wrong_use(command, wanted->name, "more than %d semaphores at once",
		                 SEMD_MAX_OPS);
	names->wanted[names->count++] = *wanted;
	return 0;
}

static int names_set_text(const char *command, char **args, size_t count, struct names *names)
{
	names->text = text_join(args, count);
	return names->text ? 0 : fail_memory(command);
}

int names_parse(const char *command, char **args, size_t count, struct names *names)
{
	names->count = 0;
	names->text = NULL;
	for (size_t i = 0; i < count; i++) {
		struct wanted wanted;
		int status = wanted_parse(command, args[i], &wanted);
		if (status == 0)
			status = names_add(command, names, &wanted);
		if (status != 0)
			return status;
	}
	return names_set_text(command, args, count, names);
}

int names_parse_one(const char *command, char **args, size_t count, struct names *names)
{
	struct wanted *wanted = &names->wanted[0];
	names->count = 1;
	names->text = NULL;
	wanted->permits = 1;
	if (count > 1 && !number_parse(args[1], SEMD_MAX_PERMITS, &wanted->permits))
		return wrong_use(command, args[1], "it is not a number of permits, 1 to %u",
		                 SEMD_MAX_PERMITS);
	if (wanted->permits == 0)
		return wrong_use(command, args[1], "0 permits are nothing: say 1 or more");
	int status = wanted_set_name(command, wanted, args[0], strlen(args[0]));
	return status != 0 ? status : names_set_text(command, args, 1, names);
}

int names_failed(const struct names *names, int error)
{
	return error == 0 ? 0 : fail(names->text, error);
}

void names_free(struct names *names)
{
	free(names->text);
	names->text = NULL;
}
