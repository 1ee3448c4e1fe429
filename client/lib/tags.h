/*
 * tags.h - finds requests in flight by their tags.
 *
 * A tag is a place in a table, and a count that tells it from earlier tags of that place. So
 * finding a request costs the same however many are in flight, and however long some of them stay.
 */
#ifndef SEMD_CLIENT_LIB_TAGS_H
#define SEMD_CLIENT_LIB_TAGS_H

#include <stdint.h>

struct request;

struct tag_place {
	struct request *request;	/* NULL: free */
	uint32_t count;		/* how many tags it has had */
	uint32_t next_free;
};

struct tags {
	struct tag_place *places;
	uint32_t room;
	uint32_t used;		/* places that have ever been used */
	uint32_t first_free;	/* of those, or TAGS_NONE */
};

#define TAGS_NONE UINT32_MAX

/* Gives a request a tag. -1: no memory. Not under the fork lock. */
int tags_give(struct tags *tags, struct request *request, uint64_t *tag)
	__attribute__((warn_unused_result));
struct request *tags_find(const struct tags *tags, uint64_t tag);
void tags_take_back(struct tags *tags, uint64_t tag);

/* Drops all tags without reading them. */
void tags_forget(struct tags *tags);
void tags_free(struct tags *tags);

#endif
