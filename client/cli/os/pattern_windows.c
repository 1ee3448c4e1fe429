/*
 * pattern_windows.c - see pattern.h. The rules are those of fnmatch without flags, for UTF-8; a
 * byte that is not UTF-8 is a character by itself. Classes in brackets, such as [:digit:], have
 * their ASCII members only.
 */
#include "config.h"

#include "client/cli/os/pattern.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "protocol/utf8.h"

enum { STRAY = 0x110000 };	/* numbers from here on stand for bytes that are not UTF-8 */

/* Reads a character and moves `*text` behind it. */
static uint32_t next(const char **text)
{
	uint32_t point;
	const char *rest = utf8_next(*text, &point);
	if (point == UTF8_NONE)
		point = STRAY + (unsigned char)**text;
	*text = rest;
	return point;
}

/* ---- Brackets -------------------------------------------------------------------------------- */

static const struct {
	const char *name;	/* with its end */
	int (*is)(int);
} classes[] = {
	{ "alnum:]", isalnum }, { "alpha:]", isalpha }, { "blank:]", isblank },
	{ "cntrl:]", iscntrl }, { "digit:]", isdigit }, { "graph:]", isgraph },
	{ "lower:]", islower }, { "print:]", isprint }, { "punct:]", ispunct },
	{ "space:]", isspace }, { "upper:]", isupper }, { "xdigit:]", isxdigit },
};

/* If there is a class at `*set`, moves behind it and returns true. */
static bool class_take(const char **set, uint32_t wanted, bool *found)
{
	if (strncmp(*set, "[:", 2) != 0)
		return false;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		size_t length = strlen(classes[i].name);
		if (strncmp(*set + 2, classes[i].name, length) != 0)
			continue;
		*found = *found || (wanted < 0x80 && classes[i].is((int)wanted));
		*set += 2 + length;
		return true;
	}
	return false;
}

static uint32_t member(const char **set)
{
	if ((*set)[0] == '\\' && (*set)[1] != '\0')
		++*set;
	return next(set);
}

/* Reads a character or a range. */
static void members_take(const char **set, uint32_t wanted, bool *found)
{
	uint32_t first = member(set), last = first;
	if ((*set)[0] == '-' && (*set)[1] != ']' && (*set)[1] != '\0') {
		++*set;
		last = member(set);
	}
	*found = *found || (first <= wanted && wanted <= last);
}

/* Whether the set whose first member is at `*set` contains `wanted`; moves behind the set. A set
 * without an end is none, as `*is_set` tells: the bracket is then an ordinary character. */
static bool set_has(const char **set, uint32_t wanted, bool *is_set)
{
	const char *at = *set;
	bool negated = *at == '!' || *at == '^', found = false;
	if (negated)
		at++;
	for (const char *first = at; *at != '\0' && (at == first || *at != ']');) {
		if (!class_take(&at, wanted, &found))
			members_take(&at, wanted, &found);
	}
	*is_set = *at == ']';
	if (*is_set)
		*set = at + 1;
	return found != negated;
}

/* ---- The whole ------------------------------------------------------------------------------- */

/* Whether the part of the pattern at `*pattern`, not a star, matches `wanted`; moves behind the
 * part. */
static bool one_matches(const char **pattern, uint32_t wanted)
{
	bool is_set = false;
	switch (**pattern) {
	case '?':
		++*pattern;
		return true;
	case '[':
		++*pattern;
		bool has = set_has(pattern, wanted, &is_set);
		return is_set ? has : wanted == '[';
	case '\\':
		++*pattern;
		return **pattern != '\0' && next(pattern) == wanted;
	default:
		return next(pattern) == wanted;
	}
}

/* After a mismatch the last star takes one more character. */
bool pattern_matches(const char *pattern, const char *name)
{
	const char *star = NULL, *retry = NULL;
	while (*name != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			retry = name;
			continue;
		}
		const char *rest = name;
		if (*pattern != '\0' && one_matches(&pattern, next(&rest))) {
			name = rest;
		} else if (star) {
			next(&retry);
			name = retry;
			pattern = star;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}
