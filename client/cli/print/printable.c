/*
 * printable.c - see printable.h.
 */
#include "config.h"

#include "client/cli/print/printable.h"

#include <stdbool.h>

#include "client/cli/print/utf8.h"

enum { ESCAPED = 4 };	/* columns of \xHH */

size_t printable_put(FILE *to, const char *text, size_t most)
{
	size_t done = 0;
	while (*text != '\0') {
		size_t length = utf8_length(text);
		unsigned char byte = (unsigned char)*text;
		bool escape = length == 0 || byte < 0x20 || byte == 0x7f || byte == '\\';
		size_t columns = escape ? ESCAPED : 1;
		if (columns > most - done)
			break;
		if (to != NULL && escape)
			fprintf(to, "\\x%02x", byte);
		else if (to != NULL)
			fwrite(text, 1, length, to);
		done += columns;
		text += length > 0 ? length : 1;
	}
	return done;
}
