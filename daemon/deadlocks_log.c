/*
 * deadlocks_log.c - see deadlocks_log.h.
 *
 * Names and command lines come from clients. They are cut, and escaped so that they can neither
 * control a terminal nor look like other parts of the line.
 */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "daemon/deadlocks_log.h"
#include "daemon/log.h"

enum { SHOWN = 60 };	/* bytes of a name or a command line */

__attribute__((format(PRINTF_FORMAT, 2, 3)))
static void add(struct deadlocks_log *log, const char *format, ...)
{
	if (log->cut)
		return;

	size_t room = sizeof(log->text) - log->size;
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(log->text + log->size, room, format, arguments);
	va_end(arguments);
	log->cut = size < 0 || (size_t)size >= room;
	if (!log->cut)
		log->size += (size_t)size;
	log->text[log->size] = '\0';
}

/* Escapes the text. Returns `into`, which has room for four bytes for each byte of the text. */
static const char *clean(char into[4 * SHOWN + 4], struct wire_text text)
{
	size_t shown = text.size < SHOWN ? text.size : SHOWN, size = 0;
	for (size_t i = 0; i < shown; i++) {
		unsigned char byte = (unsigned char)text.data[i];
		bool plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
		size += (size_t)sprintf(into + size, plain ? "%c" : "\\x%02x", byte);
	}
	sprintf(into + size, shown < text.size ? "..." : "");
	return into;
}

/*
 * A possible deadlock is often just a program whose threads wait for permits of its other threads.
 */
static enum log_level level(const struct deadlocks_log *log)
{
	return log->deadlock.sure ? LOG_WARNING : LOG_INFO;
}

static void take_deadlock(void *arg, const struct deadlock_event *row)
{
	struct deadlocks_log *log = arg;
	deadlocks_log_end(log);
	log->deadlock = *row;
	log->open = log_allows(&log->limits[row->sure != 0], log->now, level(log),
	                       "deadlocks, shown by 'semd-cli deadlocks'");
	log->first = 0;
	log->size = 0;
	log->cut = !log->open;
}

static void take_client(void *arg, const struct client_event *row)
{
	char command[4 * SHOWN + 4];
	struct deadlocks_log *log = arg;
	if (log->cut)
		return;
	add(log, "%sclient %" PRIu64 " (pid %" PRIu32 ", \"%s\")", log->first == 0 ? "" : "; ",
	    row->client, row->pid, clean(command, row->command));
	log->last = LOG_CLIENT;
	if (log->first == 0)
		log->first = row->client;
}

static void take_hold(void *arg, const struct hold_event *row)
{
	char name[4 * SHOWN + 4];
	struct deadlocks_log *log = arg;
	if (log->cut)
		return;
	add(log, "%s%s:%" PRIu32, log->last == LOG_HOLD ? ", " : " holds ", clean(name, row->name),
	    row->permits);
	log->last = LOG_HOLD;
}

static void take_wait(void *arg, const struct wait_event *row)
{
	char name[4 * SHOWN + 4];
	struct deadlocks_log *log = arg;
	if (log->cut)
		return;
	if (log->last != LOG_WAIT)
		add(log, "%s waits for ", log->last == LOG_HOLD ? " and" : "");
	add(log, "%s%s:%" PRIu32, log->last == LOG_WAIT ? ", " : "", clean(name, row->name),
	    row->permits);
	log->last = LOG_WAIT;
}

struct engine_sink deadlocks_log_sink(struct deadlocks_log *log)
{
	return (struct engine_sink){
		.arg = log,
		.deadlock = take_deadlock,
		.client = take_client,
		.hold = take_hold,
		.wait = take_wait,
	};
}

void deadlocks_log_end(struct deadlocks_log *log)
{
	bool is_one = log->deadlock.clients == 1;
	if (!log->open)
		return;
	log->open = false;
	log_line(level(log), "%sdeadlock of %" PRIu32 " client%s: %s%s: end %s with "
	         "'semd-cli kick %" PRIu64 "'",
	         log->deadlock.sure ? "" : "possible ", log->deadlock.clients, is_one ? "" : "s",
	         log->text, log->cut ? "; ..." : "", is_one ? "it" : "one of them", log->first);
}
