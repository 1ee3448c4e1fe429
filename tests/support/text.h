/*
 * text.h - what is written to a FILE, to be looked at. One at a time.
 */
#ifndef SEMD_TESTS_TEXT_H
#define SEMD_TESTS_TEXT_H

#include <stddef.h>
#include <stdio.h>

struct text {
	FILE *file;	/* to be written to, between text_begin and text_end */
	char *bytes;	/* after text_end all that was written, and a zero; to be freed by free */
	size_t size;
};

void text_begin(struct text *text);
void text_end(struct text *text);

#endif
