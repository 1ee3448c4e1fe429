/* heap.c - see heap.h. */
#include "daemon/core/heap.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FIRST_ROOM = 64 };

void heap_deinit(struct heap *heap)
{
	free(heap->nodes);
	*heap = (struct heap){ 0 };
}

int heap_reserve(struct heap *heap, uint32_t count)
{
	uint32_t room = heap->room ? heap->room : FIRST_ROOM;
	while (room < count) {
		if (room > UINT32_MAX / 2)
			return -1;
		room *= 2;
	}
	if (room == heap->room)
		return 0;
	struct heap_node **nodes = reallocarray(heap->nodes, room, sizeof(struct heap_node *));
	if (!nodes)
		return -1;
	heap->nodes = nodes;
	heap->room = room;
	return 0;
}

static bool before(const struct heap_node *a, const struct heap_node *b)
{
	return a->key != b->key ? a->key < b->key : a->order < b->order;
}

/* Positions count from 1, so that a parent is at half of its children's. */
static struct heap_node *at(const struct heap *heap, uint32_t position)
{
	return heap->nodes[position - 1];
}

static void put(struct heap *heap, uint32_t position, struct heap_node *node)
{
	heap->nodes[position - 1] = node;
	node->position = position;
}

static void rise(struct heap *heap, uint32_t position, struct heap_node *node)
{
	for (; position > 1 && before(node, at(heap, position / 2)); position /= 2)
		put(heap, position, at(heap, position / 2));
	put(heap, position, node);
}

static void sink(struct heap *heap, uint32_t position, struct heap_node *node)
{
	for (;;) {
		uint32_t child = position * 2;
		if (child > heap->count)
			break;
		if (child < heap->count && before(at(heap, child + 1), at(heap, child)))
			child++;
		if (!before(at(heap, child), node))
			break;
		put(heap, position, at(heap, child));
		position = child;
	}
	put(heap, position, node);
}

void heap_insert(struct heap *heap, struct heap_node *node)
{
	rise(heap, ++heap->count, node);
}

void heap_remove(struct heap *heap, struct heap_node *node)
{
	uint32_t position = node->position;
	if (!position)
		return;
	struct heap_node *last = at(heap, heap->count--);
	node->position = 0;
	if (last == node)
		return;
	if (position > 1 && before(last, at(heap, position / 2)))
		rise(heap, position, last);
	else
		sink(heap, position, last);
}

struct heap_node *heap_least(const struct heap *heap)
{
	return heap->count ? heap->nodes[0] : NULL;
}
