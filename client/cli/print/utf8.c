/*
 * utf8.c - see utf8.h.
 */
#include "config.h"

#include "client/cli/print/utf8.h"

#include <stdbool.h>
#include <stdint.h>

/* The lead bytes of each length, and the least code that needs it. */
static const struct {
	unsigned char mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

static bool is_character(uint32_t code)
{
	return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

size_t utf8_length(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if ((bytes[0] & forms[i].mask) != forms[i].lead)
			continue;
		uint32_t code = bytes[0] & (unsigned char)~forms[i].mask;
		for (size_t j = 1; j <= i; j++) {
			if ((bytes[j] & 0xc0) != 0x80)
				return 0;
			code = code << 6 | (bytes[j] & 0x3f);
		}
		return code >= forms[i].least && is_character(code) ? i + 1 : 0;
	}
	return 0;
}
