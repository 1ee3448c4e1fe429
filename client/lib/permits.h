/*
 * permits.h - makes the request of what a program wants done with permits.
 */
#ifndef SEMD_CLIENT_LIB_PERMITS_H
#define SEMD_CLIENT_LIB_PERMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/semd.h"
#include "protocol/wire.h"

/*
 * 0 or a negative error, explained. `*can_wait` says whether the reply may take any time. The
 * client must belong to this process (client_enter).
 */
int permits_ask(struct semd_client *client, const struct semd_op *ops, size_t count,
                int64_t timeout_ns, struct apply_request *request, bool *can_wait)
	__attribute__((warn_unused_result));

#endif
