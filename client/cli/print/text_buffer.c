/*
 * text_buffer.c - see text_buffer.h.
 */
#include "config.h"

#include "client/cli/print/text_buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "protocol/array.h"

static bool reserve(struct text_buffer *buffer, size_t more)
{
	char *text = array_grow(buffer->text, &buffer->room, buffer->length + more + 1, 1);
	if (!text)
		return false;
	buffer->text = text;
	return true;
}

void text_buffer_print(struct text_buffer *buffer, const char *format, ...)
{
	va_list values, again;
	va_start(values, format);
	va_copy(again, values);
	int length = vsnprintf(NULL, 0, format, values);
	if (length < 0 || !reserve(buffer, (size_t)length)) {
		buffer->failed = true;
	} else {
		vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
		buffer->length += (size_t)length;
	}
	va_end(again);
	va_end(values);
}

char *text_buffer_take(struct text_buffer *buffer)
{
	char *text = buffer->text;
	if (buffer->failed) {
		free(text);
		text = NULL;
	}
	*buffer = (struct text_buffer){ .text = NULL };
	return text;
}

char *text_join(char **words, size_t count)
{
	struct text_buffer text = { .text = NULL };
	for (size_t i = 0; i < count; i++)
		text_buffer_print(&text, "%s%s", i > 0 ? " " : "", words[i]);
	return text_buffer_take(&text);
}
