/*
 * json.c - see json.h. All JSON of semd-cli is written here.
 */
#include "config.h"

#include "client/cli/print/json.h"

#include <assert.h>
#include <inttypes.h>

#include "client/cli/print/characters.h"
#include "protocol/utf8.h"

/* A character as \uHHHH; one beyond 16 bits takes a pair, as in UTF-16. */
static void put_escaped(FILE *to, uint32_t point)
{
	if (point > 0xffff) {
		fprintf(to, "\\u%04x", (unsigned)(0xd7c0 + (point >> 10)));
		point = 0xdc00 + (point & 0x3ff);
	}
	fprintf(to, "\\u%04x", (unsigned)point);
}

static void put_string(FILE *to, const char *text)
{
	fputc('"', to);
	while (*text != '\0') {
		uint32_t point;
		const char *next = utf8_next(text, &point);
		if (point == UTF8_NONE)
			fputs("\\ufffd", to);
		else if (point == '"' || point == '\\')
			fprintf(to, "\\%c", *text);
		else if (utf8_is_control(point) || character_is_hidden(point))
			put_escaped(to, point);
		else
			fwrite(text, 1, (size_t)(next - text), to);
		text = next;
	}
	fputc('"', to);
}

/* Writes the comma after the last value, and the key. */
static void begin_value(struct json *json, const char *key)
{
	if (json->levels[json->depth - 1].used)
		fputs(", ", json->to);
	json->levels[json->depth - 1].used = true;
	if (!key)
		return;
	put_string(json->to, key);
	fputs(": ", json->to);
}

static void open_level(struct json *json, char begin, char end)
{
	assert(json->depth < JSON_DEPTH);
	fputc(begin, json->to);
	json->levels[json->depth].end = end;
	json->levels[json->depth].used = false;
	json->depth++;
}

void json_begin(struct json *json, FILE *to)
{
	json->to = to;
	json->depth = 0;
	open_level(json, '{', '}');
}

void json_end(struct json *json)
{
	json_close(json);
	assert(json->depth == 0);
	fputc('\n', json->to);
}

void json_open_object(struct json *json, const char *key)
{
	begin_value(json, key);
	open_level(json, '{', '}');
}

void json_open_array(struct json *json, const char *key)
{
	begin_value(json, key);
	open_level(json, '[', ']');
}

void json_close(struct json *json)
{
	json->depth--;
	fputc(json->levels[json->depth].end, json->to);
}

void json_text(struct json *json, const char *key, const char *value)
{
	begin_value(json, key);
	put_string(json->to, value);
}

void json_unsigned(struct json *json, const char *key, uint64_t value)
{
	begin_value(json, key);
	fprintf(json->to, "%" PRIu64, value);
}

void json_signed(struct json *json, const char *key, int64_t value)
{
	begin_value(json, key);
	fprintf(json->to, "%" PRId64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
	begin_value(json, key);
	fputs(value ? "true" : "false", json->to);
}

void json_null(struct json *json, const char *key)
{
	begin_value(json, key);
	fputs("null", json->to);
}
