/* tags.c - see tags.h. */
#include "config.h"

#include "client/lib/tags.h"

#include <stdlib.h>
#include <string.h>

#include "client/lib/os/forks.h"
#include "protocol/array.h"

static int grow(struct tags *tags)
{
	size_t room = array_room(tags->room, (size_t)tags->room + 1);
	struct tag_place *places = calloc(room, sizeof(*places));
	if (!places)
		return -1;
	if (tags->used)
		memcpy(places, tags->places, tags->used * sizeof(*places));
	forks_lock();
	struct tag_place *old = tags->places;
	tags->places = places;
	tags->room = (uint32_t)room;
	forks_unlock();
	free(old);
	return 0;
}

int tags_give(struct tags *tags, struct request *request, uint64_t *tag)
{
	uint32_t i = tags->first_free;
	if (i != TAGS_NONE) {
		tags->first_free = tags->places[i].next_free;
	} else {
		if (tags->used == tags->room && grow(tags) != 0)
			return -1;
		i = tags->used++;
	}
	struct tag_place *place = &tags->places[i];
	place->request = request;
	*tag = (uint64_t)++place->count << 32 | i;
	return 0;
}

struct request *tags_find(const struct tags *tags, uint64_t tag)
{
	uint32_t i = (uint32_t)tag;
	if (i >= tags->used || tags->places[i].count != tag >> 32)
		return NULL;
	return tags->places[i].request;
}

void tags_take_back(struct tags *tags, uint64_t tag)
{
	uint32_t i = (uint32_t)tag;
	tags->places[i].request = NULL;
	tags->places[i].next_free = tags->first_free;
	tags->first_free = i;
}

void tags_forget(struct tags *tags)
{
	tags->used = 0;
	tags->first_free = TAGS_NONE;
	if (tags->room)
		memset(tags->places, 0, tags->room * sizeof(*tags->places));
}

void tags_free(struct tags *tags)
{
	free(tags->places);
	*tags = (struct tags){ .first_free = TAGS_NONE };
}
