/*
 * text.h - text for the daemon and from it: UTF-8 without control characters.
 */
#ifndef SEMD_CLIENT_LIB_TEXT_H
#define SEMD_CLIENT_LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "protocol/wire.h"

/* Whether a semaphore can have that name: 1 to SEMD_MAX_NAME bytes of such text. */
bool text_is_name(const char *name);

struct wire_text text_on_wire(const char *text);	/* of at most WIRE_MAX_TEXT bytes */

/* Copies a text from the daemon and terminates it. Returns `into`. */
const char *text_copy(char into[WIRE_MAX_TEXT + 1], struct wire_text text);

/*
 * Makes text that can be shown. Bytes that are not UTF-8 and control characters become '?'. Text
 * that does not fit into `room` is cut off between characters. Always terminated.
 */
void text_clean(char *into, size_t room, const char *from, size_t size);

#endif
