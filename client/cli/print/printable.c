/*
 * printable.c - see printable.h.
 */
#include "config.h"

#include "client/cli/print/printable.h"

#include <stdbool.h>

#include "protocol/utf8.h"

enum { ESCAPED = 4 };	/* columns of \xHH, for a byte */

static void put_escaped(FILE *to, const char *text, const char *end)
{
	for (; text < end; text++)
		fprintf(to, "\\x%02x", (unsigned char)*text);
}

size_t printable_put(FILE *to, const char *text, size_t most)
{
	size_t done = 0;
	while (*text != '\0') {
		uint32_t point;
		const char *next = utf8_next(text, &point);
		size_t length = (size_t)(next - text);
		bool escape = point == UTF8_NONE || utf8_is_control(point) || point == '\\';
		size_t columns = escape ? ESCAPED * length : 1;
		if (columns > most - done)
			break;
		if (to && escape)
			put_escaped(to, text, next);
		else if (to)
			fwrite(text, 1, length, to);
		done += columns;
		text = next;
	}
	return done;
}
