/*
 * text_unix.c - see text.h.
 */
#include "config.h"

#include "tests/support/text.h"

#include <stdlib.h>

void text_begin(struct text *text)
{
	*text = (struct text){ 0 };
	text->file = open_memstream(&text->bytes, &text->size);
	if (!text->file)
		abort();
}

void text_end(struct text *text)
{
	fclose(text->file);
	text->file = NULL;
}
