/*
 * numbers.h - numbers on a command line, read strictly: no sign, no blanks, nothing behind, in
 * range. For any other text the functions return false and leave `*value` alone.
 */
#ifndef SEMD_CLIENT_CLI_NUMBERS_H
#define SEMD_CLIENT_CLI_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

bool number_parse(const char *text, uint32_t max, uint32_t *value);
bool number_parse_long(const char *text, uint64_t *value);	/* of 64 bits */
bool number_parse_octal(const char *text, uint32_t max, uint32_t *value);

/* Seconds, with or without a fraction: "2", "0.25", ".5". Rounded up, so that only 0 is 0. */
bool seconds_parse(const char *text, int64_t *nanoseconds);

#endif
