/*
 * golden.h - the golden vectors: every frame that PROTOCOL.md prints in hex.
 *
 * They stand in code blocks that begin with ```hex. A frame begins with a line that is the name of a struct
 * of wire.h, as in "open_request"; then come lines with pairs of hex digits. A # begins a comment.
 */
#ifndef SEMD_TESTS_GOLDEN_H
#define SEMD_TESTS_GOLDEN_H

#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"

enum { GOLDEN_NAME = 32, GOLDEN_FRAMES = 128 };

struct golden_frame {
	char name[GOLDEN_NAME];
	unsigned line;			/* where its block begins */
	size_t size;
	uint8_t bytes[WIRE_MAX_REPLY];
};

struct golden {
	size_t count;
	struct golden_frame frames[GOLDEN_FRAMES];
};

/*
 * Reads protocol/PROTOCOL.md of $SEMD_TEST_SOURCE, or in the folder where the program runs. What is
 * wrong with it is said, and ends the program.
 */
void golden_read(struct golden *golden);
FILE *golden_open(void);

/* The first of that name, or NULL. */
const struct golden_frame *golden_find(const struct golden *golden, const char *name);

#endif
