/*
 * clients.h - rows about clients, given to the program's functions.
 */
#ifndef SEMD_CLIENT_LIB_CLIENTS_H
#define SEMD_CLIENT_LIB_CLIENTS_H

#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"

/*
 * Gives a row CLIENT, HOLD or WAIT to the one of `to` that it is for; others are passed over. What that
 * returned, or SEMD_EPROTO.
 */
int clients_take_row(const struct semd_clients_rows *to, void *arg, const uint8_t *frame, size_t size)
	__attribute__((warn_unused_result));

#endif
