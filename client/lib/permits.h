/*
 * permits.h - what a program wants done to permits, as the daemon is asked for it.
 */
#ifndef SEMD_CLIENT_LIB_PERMITS_H
#define SEMD_CLIENT_LIB_PERMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"
#include "protocol/wire.h"

/*
 * 0, with `*can_wait`: whether the reply may take any time; or a negative error, explained. `client` is
 * one of this process.
 */
int permits_ask(struct semd_client *client, const struct semd_op *ops, size_t count, int64_t timeout_ns,
            struct apply_request *request, bool *can_wait) __attribute__((warn_unused_result));

#endif
