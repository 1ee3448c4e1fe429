/*
 * pattern.h - PATTERN, as a shell has it for files: * ? [...] [!...] and a backslash before what is
 * meant as it stands. A slash is nothing special.
 */
#ifndef SEMD_CLIENT_CLI_OS_PATTERN_H
#define SEMD_CLIENT_CLI_OS_PATTERN_H

#include <stdbool.h>

/* Whether the whole name is as `pattern` says. */
bool pattern_matches(const char *pattern, const char *name);

#endif
