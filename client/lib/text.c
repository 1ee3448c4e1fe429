/* text.c - see text.h. */
#include "config.h"

#include "client/lib/text.h"

#include <stdint.h>
#include <string.h>

#include "client/semd.h"

/* The size of the well-formed character at `s`, or 0; `*point` is its number. */
static size_t decode(const unsigned char *s, size_t left, uint32_t *point)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	size_t more = s[0] < 0x80 ? 0 : s[0] < 0xc0 ? 4 : s[0] < 0xe0 ? 1 : s[0] < 0xf0 ? 2 : 3;
	if (more >= left || more == 4 || s[0] >= 0xf8)
		return 0;
	uint32_t c = more ? s[0] & (0x3fu >> more) : s[0];
	for (size_t i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*point = c;
	return more + 1;
}

static bool controls(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

bool text_is_name(const char *name)
{
	size_t size = strnlen(name, SEMD_MAX_NAME + 1);
	if (size < 1 || size > SEMD_MAX_NAME)
		return false;
	for (size_t at = 0; at < size;) {
		uint32_t point;
		size_t length = decode((const unsigned char *)name + at, size - at, &point);
		if (!length || controls(point))
			return false;
		at += length;
	}
	return true;
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
		size_t length = decode((const unsigned char *)from + at, size - at, &point);
		bool shown = length && !controls(point);
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
