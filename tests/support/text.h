/*
 * text.h - collects what is written to a FILE. Only one at a time.
 */
#ifndef SEMD_TESTS_TEXT_H
#define SEMD_TESTS_TEXT_H

#include <stddef.h>
#include <stdio.h>

struct text {
	FILE *file;	/* for writing, between text_begin and text_end */
	char *bytes;	/* after text_end: all output and a zero; free it with free */
	size_t size;
};

void text_begin(struct text *text);
void text_end(struct text *text);

#endif
