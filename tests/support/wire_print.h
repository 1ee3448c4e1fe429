/*
 * wire_print.h - frames for people, made from the schema like the encoder and the decoder.
 */
#ifndef SEMD_TESTS_SUPPORT_WIRE_PRINT_H
#define SEMD_TESTS_SUPPORT_WIRE_PRINT_H

#include <stdio.h>

#include "protocol/wire.h"

/*
 * Prints one frame on one line: "OPEN tag=1 number=2 ... name="gpu"". A frame that cannot be decoded is
 * printed as such. `reply` says which of the two a request's opcode is.
 */
void wire_print(FILE *to, const uint8_t *frame, size_t size, int reply);

#endif
