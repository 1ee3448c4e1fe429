/*
 * pattern.h - patterns as in a shell: * ? [...] [!...], and a backslash before a character that
 * stands for itself. A slash is an ordinary character.
 */
#ifndef SEMD_CLIENT_CLI_OS_PATTERN_H
#define SEMD_CLIENT_CLI_OS_PATTERN_H

#include <stdbool.h>

/* Whether the pattern matches the whole name. */
bool pattern_matches(const char *pattern, const char *name);

#endif
