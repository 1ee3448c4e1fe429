/*
 * golden.h - the golden vectors: every frame that PROTOCOL.md prints in hex.
 *
 * They stand in code blocks that begin with ```hex. The first line of a frame is the name of a
 * struct of wire.h, for example "open_request"; lines of hex digit pairs follow. A # begins a
 * comment.
 */
#ifndef SEMD_TESTS_UNIT_GOLDEN_H
#define SEMD_TESTS_UNIT_GOLDEN_H

#include <stddef.h>
#include <stdint.h>

#include "protocol/wire.h"

enum { GOLDEN_NAME = 32, GOLDEN_FRAMES = 128 };

struct golden_frame {
	char name[GOLDEN_NAME];
	unsigned line;			/* of the frame's name */
	size_t size;
	uint8_t bytes[WIRE_MAX_REPLY];
};

struct golden {
	size_t count;
	struct golden_frame frames[GOLDEN_FRAMES];
};

/*
 * Reads protocol/PROTOCOL.md below $SEMD_TEST_SOURCE, or below the working directory if that is not
 * set. A fault in the document is printed and ends the program. golden_open opens the document.
 */
void golden_read(struct golden *golden);
FILE *golden_open(void);

/* The first frame of that name, or NULL. */
const struct golden_frame *golden_find(const struct golden *golden, const char *name);

#endif
