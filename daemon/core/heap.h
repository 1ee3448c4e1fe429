/*
 * heap.h - a binary heap of nodes that lie in other structures, least key first, ties by `order`.
 *
 * Room is reserved beforehand, so that inserting cannot fail.
 */
#ifndef SEMD_CORE_HEAP_H
#define SEMD_CORE_HEAP_H

#include <stdint.h>

struct heap_node {
	uint64_t key;
	uint64_t order;
	uint32_t position;	/* in the heap, from 1; 0 while in none */
};

struct heap {
	struct heap_node **nodes;
	uint32_t count;
	uint32_t room;
};

void heap_deinit(struct heap *heap);
/* Sees to it that `count` nodes fit. Returns 0, or -1 if there is no memory. */
int heap_reserve(struct heap *heap, uint32_t count) __attribute__((warn_unused_result));
void heap_insert(struct heap *heap, struct heap_node *node);
void heap_remove(struct heap *heap, struct heap_node *node);	/* does nothing if it is in none */
struct heap_node *heap_least(const struct heap *heap);		/* NULL if empty */

#endif
