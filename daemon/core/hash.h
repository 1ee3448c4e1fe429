/*
 * hash.h - the keyed hash of the engine's tables.
 *
 * Names come from clients: without a key that they do not know, one of them could choose names that
 * all fall into one bucket. No order that anybody sees depends on it.
 */
#ifndef SEMD_DAEMON_CORE_HASH_H
#define SEMD_DAEMON_CORE_HASH_H

#include <stddef.h>
#include <stdint.h>

void hash_key(uint64_t key);
unsigned hash_bytes(const void *bytes, size_t size);

#define HASH_FUNCTION(bytes, size, value) ((value) = hash_bytes((bytes), (size)))

#endif
