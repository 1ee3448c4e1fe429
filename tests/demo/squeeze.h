/*
 * squeeze.h - the work of the demo: a small compressor, and the expander that proves its work.
 *
 * It knows nothing of semaphores.
 */
#ifndef SEMD_TESTS_SQUEEZE_H
#define SEMD_TESTS_SQUEEZE_H

#include <stdint.h>
#include <stdio.h>

struct bytes {
	uint8_t *data;		/* the caller frees it with free() */
	size_t size;
	size_t room;
};

/* Reads or writes a whole file; dies if that fails. */
struct bytes bytes_read(const char *path);
void bytes_write(const char *path, const struct bytes *bytes);

/* Both return new bytes. Expanding damaged input gives fewer bytes. */
struct bytes squeeze(const struct bytes *plain);
struct bytes expand(const struct bytes *squeezed);

#endif
