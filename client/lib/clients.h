/*
 * clients.h - hands rows about clients to the program's functions.
 */
#ifndef SEMD_CLIENT_LIB_CLIENTS_H
#define SEMD_CLIENT_LIB_CLIENTS_H

#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"

/*
 * Calls the function of `to` for a row CLIENT, HOLD or WAIT, and returns its result, or
 * SEMD_EPROTO. Other rows are ignored.
 */
int clients_take_row(const struct semd_clients_rows *to, void *arg, const uint8_t *frame,
                     size_t size)
	__attribute__((warn_unused_result));

#endif
