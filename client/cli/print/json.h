/*
 * json.h - writes a JSON document to a stream, on one line, with its members in the order of the
 * calls. Within an array `key` is NULL.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_JSON_H
#define SEMD_CLIENT_CLI_PRINT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { JSON_DEPTH = 8 };

struct json {
	FILE *to;
	int depth;
	struct {
		char end;	/* '}' or ']' */
		bool used;	/* it has a member already */
	} levels[JSON_DEPTH];
};

/* The document is one object. */
void json_begin(struct json *json, FILE *to);
void json_end(struct json *json);

void json_open_object(struct json *json, const char *key);
void json_open_array(struct json *json, const char *key);
void json_close(struct json *json);

/* Bytes that are not UTF-8 become U+FFFD. Control characters and invisible ones are written as
 * \uHHHH, which is the same to programs and harmless on a terminal. */
void json_text(struct json *json, const char *key, const char *value);
void json_unsigned(struct json *json, const char *key, uint64_t value);
void json_signed(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

#endif
