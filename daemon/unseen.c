/*
 * unseen.c - a small ring of rising numbers.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/unseen.h"

enum { FIRST_ROOM = 4 };

static uint64_t *at(const struct unseen *unseen, unsigned i)
{
	return &unseen->numbers[(unseen->first + i) & (unseen->room - 1u)];
}

static int grow(struct unseen *unseen)
{
	uint16_t room = unseen->room == 0 ? FIRST_ROOM : (uint16_t)(unseen->room * 2);
	uint64_t *numbers = malloc(room * sizeof(*numbers));

	if (numbers == NULL)
		return -1;
	for (unsigned i = 0; i < unseen->count; i++)
		numbers[i] = *at(unseen, i);
	free(unseen->numbers);
	unseen->numbers = numbers;
	unseen->room = room;
	unseen->first = 0;
	return 0;
}

int unseen_reserve(struct unseen *unseen)
{
	return unseen->count < unseen->room ? 0 : grow(unseen);
}

void unseen_add(struct unseen *unseen, uint64_t number)
{
	*at(unseen, unseen->count) = number;
	unseen->count++;
}

void unseen_drop(struct unseen *unseen, uint64_t seen)
{
	while (unseen->count > 0 && *at(unseen, 0) <= seen) {
		unseen->first = (uint16_t)((unseen->first + 1u) & (unseen->room - 1u));
		unseen->count--;
	}
	if (unseen->count == 0 && unseen->room > FIRST_ROOM)
		unseen_free(unseen);
}

void unseen_free(struct unseen *unseen)
{
	free(unseen->numbers);
	*unseen = (struct unseen){ 0 };
}
