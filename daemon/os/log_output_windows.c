/*
 * log_output_windows.c - a thread writes the lines to standard error.
 *
 * Windows does not say whether a pipe or a console would take a line at once, so the thread waits
 * for the reader. The daemon itself waits only at its end, and not for long.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "daemon/os/log_output.h"
#include "protocol/os/utf16_windows.h"

enum { ROOM = 64 * 1024 };

#define LAST_WAIT UINT64_C(1000000000)	/* nanoseconds */

static struct {
	uv_once_t once;
	uv_mutex_t mutex;
	uv_cond_t changed;
	HANDLE output;
	bool is_console;
	bool works;		/* standard error is open, and the thread runs */
	bool writing;
	size_t size;		/* of the lines not yet written */
	char lines[ROOM];
	char written[ROOM];	/* only for the thread */
} out = { .once = UV_ONCE_INIT };

static void write_to_console(const char *lines)
{
	wchar_t *wide = utf16_of(lines);
	DWORD count;
	if (wide)
		WriteConsoleW(out.output, wide, (DWORD)wcslen(wide), &count, NULL);
	free(wide);
}

static void write_lines(size_t size)
{
	DWORD count;
	if (out.is_console)
		write_to_console(out.written);
	else
		WriteFile(out.output, out.written, (DWORD)size, &count, NULL);
}

static void run(void *unused)
{
	(void)unused;
	uv_mutex_lock(&out.mutex);
	for (;;) {
		size_t size;
		while (out.size == 0)
			uv_cond_wait(&out.changed, &out.mutex);
		size = out.size;
		memcpy(out.written, out.lines, size);
		out.written[size] = '\0';
		out.size = 0;
		out.writing = true;
		uv_mutex_unlock(&out.mutex);
		write_lines(size);
		uv_mutex_lock(&out.mutex);
		out.writing = false;
		uv_cond_broadcast(&out.changed);
	}
}

static void wait_for_the_last(void)
{
	uint64_t now = uv_hrtime(), end = now + LAST_WAIT;
	uv_mutex_lock(&out.mutex);
	for (; (out.size > 0 || out.writing) && now < end; now = uv_hrtime())
		uv_cond_timedwait(&out.changed, &out.mutex, end - now);
	uv_mutex_unlock(&out.mutex);
}

static void begin(void)
{
	uv_thread_t thread;
	DWORD mode;
	out.output = GetStdHandle(STD_ERROR_HANDLE);
	if (!out.output || out.output == INVALID_HANDLE_VALUE)
		return;
	out.is_console = GetConsoleMode(out.output, &mode);
	out.works = uv_mutex_init(&out.mutex) == 0 && uv_cond_init(&out.changed) == 0 &&
		uv_thread_create(&thread, run, NULL) == 0 && atexit(wait_for_the_last) == 0;
}

bool log_output_is_terminal(void)
{
	uv_once(&out.once, begin);
	return out.is_console;
}

void log_output_write(const char *line)
{
	size_t size = strlen(line);
	uv_once(&out.once, begin);
	if (!out.works)
		return;
	uv_mutex_lock(&out.mutex);
	if (size < ROOM - out.size) {
		memcpy(out.lines + out.size, line, size);
		out.size += size;
		uv_cond_broadcast(&out.changed);
	}
	uv_mutex_unlock(&out.mutex);
}
