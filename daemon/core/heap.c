/*
 * heap.c - see heap.h. A left child never has a lower rank than the right one, so the right spine
 * is short.
 */
#include "daemon/core/heap.h"

#include <stdbool.h>
#include <stddef.h>

static uint32_t rank(const struct heap_node *node)
{
	return node ? node->rank : 0;
}

static bool is_before(const struct heap_node *a, const struct heap_node *b)
{
	return a->key != b->key ? a->key < b->key : a->order < b->order;
}

/*
 * Repairs a node after a change below it: puts the child of higher rank to the left. Returns
 * whether the node's rank has changed.
 */
static bool settle(struct heap_node *node)
{
	if (rank(node->left) < rank(node->right)) {
		struct heap_node *left = node->left;
		node->left = node->right;
		node->right = left;
	}
	uint32_t before = node->rank;
	node->rank = rank(node->right) + 1;
	return node->rank != before;
}

/* Merges the two right spines into one, then repairs its nodes from its end upwards. */
static struct heap_node *merge(struct heap_node *a, struct heap_node *b)
{
	struct heap_node *top = NULL, *end = NULL;
	while (a || b) {
		struct heap_node *least = !b || (a && is_before(a, b)) ? a : b;
		struct heap_node **from = least == a ? &a : &b;
		bool is_last = !a || !b;
		least->up = end;
		if (end)
			end->right = least;
		else
			top = least;
		if (is_last)
			break;
		*from = least->right;
		end = least;
	}
	while (end) {
		settle(end);
		end = end->up;
	}
	return top;
}

void heap_insert(struct heap *heap, struct heap_node *node)
{
	node->up = node->left = node->right = NULL;
	node->rank = 1;
	heap->least = merge(heap->least, node);
	heap->least->up = NULL;
}

void heap_remove(struct heap *heap, struct heap_node *node)
{
	if (node->rank == 0)
		return;
	struct heap_node *up = node->up, *rest = merge(node->left, node->right);
	if (rest)
		rest->up = up;
	if (!up)
		heap->least = rest;
	else if (up->left == node)
		up->left = rest;
	else
		up->right = rest;
	node->rank = 0;
	while (up && settle(up))
		up = up->up;
}
