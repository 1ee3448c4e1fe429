/*
 * numbers.c - see numbers.h. The C library is too lax: strtoul takes signs and blanks and wraps
 * values around, and strtod depends on the locale.
 */
#include "config.h"

#include "client/cli/numbers.h"

#include <stddef.h>

static bool is_digit(char c, unsigned base)
{
	return c >= '0' && (unsigned)(c - '0') < base;
}

bool number_parse_long(const char *text, uint64_t *value)
{
	uint64_t n = 0;
	size_t i = 0;
	for (; is_digit(text[i], 10); i++) {
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, (unsigned)(text[i] - '0'), &n))
			return false;
	}
	if (i == 0 || text[i] != '\0')
		return false;
	*value = n;
	return true;
}

static bool parse(const char *text, unsigned base, uint32_t max, uint32_t *value)
{
	uint64_t n = 0;
	size_t i = 0;
	for (; is_digit(text[i], base); i++) {
		n = n * base + (unsigned)(text[i] - '0');
		if (n > max)
			return false;
	}
	if (i == 0 || text[i] != '\0')
		return false;
	*value = (uint32_t)n;
	return true;
}

bool number_parse(const char *text, uint32_t max, uint32_t *value)
{
	return parse(text, 10, max, value);
}

bool number_parse_octal(const char *text, uint32_t max, uint32_t *value)
{
	return parse(text, 8, max, value);
}

/* Reads the digits behind the point; returns their number. */
static size_t fraction_parse(const char *digits, int64_t *nanoseconds)
{
	int64_t unit = 100000000;
	bool more = false;
	size_t count = 0;
	*nanoseconds = 0;
	for (; is_digit(digits[count], 10); count++) {
		*nanoseconds += (digits[count] - '0') * unit;
		more = more || (unit == 0 && digits[count] != '0');
		unit /= 10;
	}
	if (more)
		++*nanoseconds;
	return count;
}

bool seconds_parse(const char *text, int64_t *nanoseconds)
{
	int64_t whole = 0, fraction = 0, sum;
	size_t length = 0, digits;
	for (; is_digit(text[length], 10); length++) {
		if (__builtin_mul_overflow(whole, 10, &whole) ||
		    __builtin_add_overflow(whole, text[length] - '0', &whole))
			return false;
	}
	digits = length;
	if (text[length] == '.') {
		size_t behind = fraction_parse(text + length + 1, &fraction);
		digits += behind;
		length += behind + 1;
	}
	if (digits == 0 || text[length] != '\0')
		return false;
	if (__builtin_mul_overflow(whole, 1000000000, &sum) ||
	    __builtin_add_overflow(sum, fraction, &sum))
		return false;
	*nanoseconds = sum;
	return true;
}
