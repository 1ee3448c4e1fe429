/*
 * printable.c - see printable.h.
 */
#include "config.h"

#include "client/cli/print/printable.h"

#include "client/cli/os/terminal.h"
#include "client/cli/print/characters.h"
#include "protocol/utf8.h"

enum { ESCAPED = 4 };	/* columns of \xHH, for a byte */

unsigned printable_on(FILE *stream)
{
	return terminal_is(stream) && !terminal_shows_utf8() ? PRINTABLE_ASCII : 0;
}

static bool is_escaped(uint32_t point, unsigned flags)
{
	if (point < 0x80)
		return utf8_is_control(point) || (point == '\\' && !(flags & PRINTABLE_SENTENCE));
	return flags & PRINTABLE_ASCII || point == UTF8_NONE || utf8_is_control(point) ||
		character_is_hidden(point);
}

static void put(FILE *to, const char *text, const char *end, bool escape)
{
	for (; text < end; text++) {
		if (escape)
			fprintf(to, "\\x%02x", (unsigned char)*text);
		else
			fputc(*text, to);
	}
}

size_t printable_put(FILE *to, const char *text, size_t most, unsigned flags)
{
	size_t done = 0;
	while (*text) {
		uint32_t point;
		const char *next = utf8_next(text, &point);
		bool escape = is_escaped(point, flags);
		size_t size = (size_t)(next - text);
		size_t columns = escape ? ESCAPED * size : character_columns(point);
		if (columns > most - done)
			break;
		if (to)
			put(to, text, next, escape);
		done += columns;
		text = next;
	}
	return done;
}
