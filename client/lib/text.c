/* text.c - see text.h. */
#include "config.h"

#include "client/lib/text.h"

#include <string.h>

#include "client/semd.h"
#include "protocol/utf8.h"

bool text_is_name(const char *name)
{
	size_t size = strnlen(name, SEMD_MAX_NAME + 1);
	return size > 0 && size <= SEMD_MAX_NAME && utf8_is_text(name, size);
}

struct wire_text text_on_wire(const char *text)
{
	return (struct wire_text){ text, (uint16_t)strlen(text) };
}

const char *text_copy(char into[WIRE_MAX_TEXT + 1], struct wire_text text)
{
	memcpy(into, text.data, text.size);
	into[text.size] = '\0';
	return into;
}

void text_clean(char *into, size_t room, const char *from, size_t size)
{
	size_t filled = 0;
	for (size_t at = 0; at < size;) {
		uint32_t point = 0;
		size_t length = utf8_decode(from + at, size - at, &point);
		bool shown = length && !utf8_is_control(point);
		if (filled + (shown ? length : 1) >= room)
			break;
		if (shown)
			memcpy(into + filled, from + at, length);
		else
			into[filled] = '?';
		filled += shown ? length : 1;
		at += length ? length : 1;
	}
	into[filled] = '\0';
}
