/*
 * text.h - text that goes to the daemon: UTF-8 without control characters.
 */
#ifndef SEMD_CLIENT_LIB_TEXT_H
#define SEMD_CLIENT_LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol/wire.h"

/* Whether it is the name of a semaphore: 1 to SEMD_MAX_NAME bytes of it. */
bool text_is_name(const char *name);

struct wire_text text_on_wire(const char *text);	/* of at most WIRE_MAX_TEXT bytes */

/* A text that came, terminated; returns `into`. */
const char *text_copy(char into[WIRE_MAX_TEXT + 1], struct wire_text text);

/*
 * Makes text that can be shown: what is no UTF-8 or controls something becomes '?', and what does not
 * fit into `room` is cut off before a whole character. Always terminated.
 */
void text_clean(char *into, size_t room, const char *from, size_t size);

#endif
