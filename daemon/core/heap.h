/*
 * heap.h - nodes that lie in other structures, least key first, ties by `order`.
 *
 * A leftist heap: every step is logarithmic, and nothing is ever allocated, so nothing can fail. A
 * heap that is all zero is empty, a node that is all zero is in none.
 */
#ifndef SEMD_DAEMON_CORE_HEAP_H
#define SEMD_DAEMON_CORE_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct heap_node {
	uint64_t key;
	uint64_t order;
	struct heap_node *up;
	struct heap_node *left;
	struct heap_node *right;
	uint32_t rank;		/* steps to the nearest missing child; 0 while in no heap */
};

struct heap {
	struct heap_node *least;	/* NULL: empty */
};

/* The structure that a node lies in. */
#define HEAP_OWNER(node, type, member) \
	((struct type *)(void *)((char *)(uintptr_t)(node) - offsetof(struct type, member)))

void heap_insert(struct heap *heap, struct heap_node *node);
void heap_remove(struct heap *heap, struct heap_node *node);	/* does nothing if it is in none */

#endif
