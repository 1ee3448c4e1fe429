/*
 * hash.h - the keyed hash of the engine's tables.
 *
 * Clients choose the names of semaphores. Without a secret key a client could choose names that all
 * fall into one bucket. No order that a client sees depends on the hash.
 */
#ifndef SEMD_DAEMON_CORE_HASH_H
#define SEMD_DAEMON_CORE_HASH_H

#include <stddef.h>
#include <stdint.h>

void hash_key(uint64_t key);
unsigned hash_bytes(const void *bytes, size_t size);

#define HASH_FUNCTION(bytes, size, value) ((value) = hash_bytes((bytes), (size)))

#endif
