/*
 * process.c - the end of a process, and the lines that it writes.
 */
#include "config.h"

#include "tests/support/support.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"

enum { PIECE = 4096 };	/* at least this much room before a read */

void process_end(struct process *process)
{
	if (process->pid != 0) {
		process_kill(process);
		process_await(process);
	}
	descriptor_close(&process->handle);
	descriptor_close(&process->in);
	descriptor_close(&process->out);
	descriptor_close(&process->err);
	descriptor_close(&process->link);
	free(process->text);
	process->text = NULL;
	process->text_begin = process->text_end = process->text_room = 0;
}

/* Moves the rest of the text to its beginning and reads more behind it; false at the end. */
static bool text_more(struct process *process)
{
	size_t left = process->text_end - process->text_begin;
	if (left > 0)
		memmove(process->text, process->text + process->text_begin, left);
	process->text_begin = 0;
	process->text_end = left;
	process->text = array_grow(process->text, &process->text_room, left + PIECE, 1);
	if (!process->text)
		support_die("out of memory");
	if (!descriptor_wait(process->out, SUPPORT_LIMIT))
		support_die("process %d says nothing", (int)process->pid);
	/* One byte is left for the zero after a last line without a newline. */
	size_t count = descriptor_read(process->out, process->text + left,
	                               process->text_room - left - 1);
	process->text_end += count;
	return count > 0;
}

const char *process_line(struct process *process)
{
	bool more = true;
	for (;;) {
		size_t left = process->text_end - process->text_begin;
		char *line = left > 0 ? process->text + process->text_begin : NULL;
		char *end = left > 0 ? memchr(line, '\n', left) : NULL;
		if (!end && more) {
			more = text_more(process);
			continue;
		}
		if (left == 0)
			return NULL;
		if (!end)
			end = line + left;
		*end = '\0';
		size_t used = (size_t)(end - line) + 1;
		process->text_begin += used < left ? used : left;
		return line;
	}
}
