/*
 * squeeze.h - the work of the demo: a small compressor, and its way back to prove the work.
 *
 * It knows nothing of semaphores.
 */
#ifndef SEMD_TESTS_SQUEEZE_H
#define SEMD_TESTS_SQUEEZE_H

#include <stdint.h>
#include <stdio.h>

struct bytes {
	uint8_t *data;		/* freed by the owner with free() */
	size_t size;
	size_t room;
};

/* Reads or writes a whole file; dies when that fails. */
struct bytes bytes_read(const char *path);
void bytes_write(const char *path, const struct bytes *bytes);

/* Both return new bytes. What does not come from squeeze() is expanded to something shorter. */
struct bytes squeeze(const struct bytes *plain);
struct bytes expand(const struct bytes *squeezed);

#endif
