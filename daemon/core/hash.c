/*
 * hash.c - see hash.h. As in the wyhash family, 64-bit words are multiplied to 128 bits, and the
 * two halves of the product are combined.
 */
#include "daemon/core/hash.h"

#include <string.h>

static uint64_t secret[2] = { UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xbf58476d1ce4e5b9) };

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

void hash_key(uint64_t key)
{
	secret[0] = mix(key ^ UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xd6e8feb86659fd93));
	secret[1] = mix(key ^ UINT64_C(0xbf58476d1ce4e5b9), UINT64_C(0xa0761d6478bd642f)) | 1;
}

unsigned hash_bytes(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t hash = secret[0] ^ size;
	for (size_t left = size; left;) {
		uint64_t word = 0;
		size_t n = left < sizeof(word) ? left : sizeof(word);
		memcpy(&word, at, n);
		hash = mix(hash ^ word, secret[1]);
		at += n;
		left -= n;
	}
	return (unsigned)mix(hash, secret[0] | 1);
}
