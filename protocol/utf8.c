/*
 * utf8.c - see utf8.h.
 */
#include "config.h"

#include "protocol/utf8.h"

/* The lead bytes of each length, and the least code point that needs this length. */
static const struct {
	unsigned char mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

/* Halves of UTF-16's pairs are not characters. */
static bool is_character(uint32_t point)
{
	return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

static size_t decode_form(const unsigned char *bytes, size_t more, uint32_t *point)
{
	uint32_t code = bytes[0] & (unsigned char)~forms[more].mask;
	for (size_t i = 1; i <= more; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (bytes[i] & 0x3f);
	}
	if (code < forms[more].least || !is_character(code))
		return 0;
	*point = code;
	return more + 1;
}

size_t utf8_decode(const char *text, size_t size, uint32_t *point)
{
	const unsigned char *bytes = (const unsigned char *)text;
	for (size_t more = 0; more < sizeof(forms) / sizeof(*forms) && more < size; more++) {
		if ((bytes[0] & forms[more].mask) == forms[more].lead)
			return decode_form(bytes, more, point);
	}
	return 0;
}

/* The terminating zero is no byte of a longer character, so nothing behind it is read. */
const char *utf8_next(const char *text, uint32_t *point)
{
	size_t length = utf8_decode(text, sizeof(forms) / sizeof(*forms), point);
	if (length)
		return text + length;
	*point = UTF8_NONE;
	return text + 1;
}

bool utf8_is_control(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

bool utf8_is_text(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t point;
		size_t length = utf8_decode(text + at, size - at, &point);
		if (!length || utf8_is_control(point))
			return false;
		at += length;
	}
	return true;
}
