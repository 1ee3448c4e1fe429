/*
 * heap.h - a heap of nodes embedded in other structures: the least key first, ties by `order`.
 *
 * This is a leftist heap: every operation takes logarithmic time. The heap never allocates memory,
 * so no operation can fail. An all-zero heap is empty; an all-zero node is in no heap.
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

/* The structure that contains the node. */
#define HEAP_OWNER(node, type, member) \
	((struct type *)(void *)((char *)(uintptr_t)(node) - offsetof(struct type, member)))

void heap_insert(struct heap *heap, struct heap_node *node);
void heap_remove(struct heap *heap, struct heap_node *node);	/* no effect if it is in no heap */

#endif
