/*
 * info.h - makes a struct semd_info of what the daemon says of a semaphore. Two messages have these
 * fields: the reply to QUERY and the row SEM.
 */
#ifndef SEMD_CLIENT_LIB_INFO_H
#define SEMD_CLIENT_LIB_INFO_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "client/semd.h"
#include "protocol/wire.h"

static inline void info_set_name(struct semd_info *info, struct wire_text name)
{
	memcpy(info->name, name.data, name.size);
	info->name[name.size] = '\0';
}

#define INFO_FILL(info, from) do { \
	*(info) = (struct semd_info){ \
		.size = sizeof(struct semd_info), \
		.available = (from)->available, .held = (from)->held, .total = (from)->total, \
		.waiting = (from)->waiting, .posted = (from)->posted, .used_up = (from)->used_up, \
		.initial = (from)->initial, .max = (from)->max, .mode = (from)->mode, \
		.uid = (from)->uid, .gid = (from)->gid, .flags = (from)->flags, \
		.bypass = (from)->bypass, \
	}; \
	info_set_name((info), (from)->name); \
} while (0)

/* Calls `row`, unless that is NULL, for a row SEM. Returns its result, or SEMD_EPROTO. */
int info_show_row(const uint8_t *frame, size_t size, semd_list_fn *row, void *arg)
	__attribute__((warn_unused_result));

#endif
