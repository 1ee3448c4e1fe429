/*
 * watch.c - the command watch, which prints changes as they happen, until nobody reads them any
 * more.
 */
#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "client/cli/print/cells.h"
#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/options.h"
#include "client/cli/os/pattern.h"
#include "client/cli/print/print.h"
#include "client/cli/print/printable.h"
#include "client/cli/os/process.h"
#include "client/cli/print/table.h"

enum { COUNT = 5 };

/* The same as the first ones of `list`. */
static const struct column columns[COUNT] = {
	{ "NAME", COLUMN_TEXT },
	{ "AVAILABLE", COLUMN_NUMBER },
	{ "HELD", COLUMN_NUMBER },
	{ "TOTAL", COLUMN_NUMBER },
	{ "WAITING", COLUMN_NUMBER },
};

struct watch {
	const char *pattern;	/* NULL: all */
	bool json;
	struct table *table;	/* for programs; NULL: for people, or JSON */
};

static bool matches(const struct watch *watch, const char *name)
{
	return !watch->pattern || pattern_matches(watch->pattern, name);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

/* For people. Later names are not known yet, so nothing can be aligned to them and the name
 * comes last. */
static void put_aligned(const char *time, const char *const cells[COUNT])
{
	printf("%-8s %10s %10s %10s %10s  ", time, cells[1], cells[2], cells[3], cells[4]);
	printable_put(stdout, cells[0], SIZE_MAX, printable_on(stdout));
	putchar('\n');
}

static void put_headings(void)
{
	const char *headings[COUNT];
	for (size_t i = 0; i < COUNT; i++)
		headings[i] = columns[i].heading;
	put_aligned("TIME", headings);
}

static void put_line(const struct watch *watch, const char *const cells[COUNT])
{
	char text[16];
	time_t now = time(NULL);
	if (watch->table) {
		table_row(watch->table, cells);
		return;
	}
	strftime(text, sizeof(text), "%H:%M:%S", localtime(&now));
	put_aligned(text, cells);
}

static void begin_event(struct json *json, const char *event)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	json_begin(json, stdout);
	json_text(json, "event", event);
	json_signed(json, "time_ms", (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* Readers get each line at once. Returns 0 or a number of errno. */
static int flush(void)
{
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : process_write_error();
}

/* ---- What is told ---------------------------------------------------------------------------- */

static int take_sem(void *arg, const struct semd_info *info)
{
	const struct watch *watch = arg;
	char cells[COUNT - 1][CELL];
	struct json json;
	if (!matches(watch, info->name))
		return 0;
	if (watch->json) {
		begin_event(&json, "changed");
		print_info_json(&json, info);
		json_end(&json);
	} else {
		put_line(watch, (const char *const[COUNT]){
			info->name,
			cell_signed(cells[0], info->available),
			cell_number(cells[1], info->held),
			cell_number(cells[2], info->total),
			cell_number(cells[3], info->waiting),
		});
	}
	return flush();
}

static int take_gone(void *arg, const char *name)
{
	const struct watch *watch = arg;
	struct json json;
	if (!matches(watch, name))
		return 0;
	if (watch->json) {
		begin_event(&json, "gone");
		json_text(&json, "name", name);
		json_end(&json);
	} else {
		put_line(watch, (const char *const[COUNT]){ name, "-", "-", "-", "-" });
	}
	return flush();
}

static int take_missed(void *arg)
{
	const struct watch *watch = arg;
	struct json json;
	if (watch->json) {
		begin_event(&json, "missed");
		json_end(&json);
		return flush();
	}
	(void)refuse("watch", "too many changes at once: all that there is follows anew");
	return 0;
}

static const struct semd_watch_rows rows = { take_sem, take_gone, take_missed };

/* ---- The command ----------------------------------------------------------------------------- */

/* The end of watching is a failure, unless the reader has gone, which is the usual end. */
static int ended(int result)
{
	if (result == SEMD_ENOMEM)
		return fail_memory("watch");
	if (result < 0)
		return fail("watch", result);
	process_drop_output();
	return result == EPIPE ? STATUS_DONE :
		fail_system("standard output", result, "give it a place that takes it");
}

static int watch_all(struct semd_client *client, struct watch *watch)
{
	uint64_t cursor = 0;
	int r;
	do
		r = semd_watch(client, &cursor, SEMD_FOREVER, &rows, watch);
	while (r == 0);
	return ended(r);
}

static int begin(struct watch *watch)
{
	bool people = table_is_for_people();
	if (!watch->json && people)
		put_headings();
	if (!watch->json && !people) {
		watch->table = table_new(columns, COUNT);
		if (!watch->table)
			return fail_memory("watch");
	}
	int error = process_end_with_output();
	return error == 0 ? 0 : fail_system("watch", error, "try again when there is more memory");
}

int watch_run(const struct options *options)
{
	struct semd_client *client;
	struct watch watch = {
		.pattern = options->arg_count > 0 ? options->args[0] : NULL,
		.json = options->json,
	};
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	status = begin(&watch);
	if (status == 0)
		status = watch_all(client, &watch);
	semd_disconnect(client);
	table_free(watch.table);
	return status;
}
