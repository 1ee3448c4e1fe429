/* many.c - see many.h. */
#include "many.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Called by many_turn, once for each request. */
static void over(void *arg, int result)
{
	struct many_wait *wait = arg;
	wait->request = NULL;	/* too late to cancel it */
	printf("%s: %s\n", wait->name, result == 0 ? "granted" : semd_strerror(result));
	fflush(stdout);
}

/* A name that is too long is cut, but stays long enough for semd_open to refuse it. */
static int64_t take_apart(const char *word, char name[MANY_NAME])
{
	const char *seconds = strrchr(word, '=');
	int length = (int)(seconds ? (size_t)(seconds - word) : strlen(word));
	snprintf(name, MANY_NAME, "%.*s", length, word);
	return seconds ? (int64_t)(strtod(seconds + 1, NULL) * 1e9) : SEMD_FOREVER;
}

static int begin_one(struct many *many, const char *word)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 1 };
	struct many_wait *wait = &many->waits[many->count];
	struct semd_op op = { .kind = SEMD_ACQUIRE, .n = 1 };
	int64_t timeout = take_apart(word, wait->name);
	int r = semd_open(many->client, wait->name, &options, &op.sem);
	if (r == 0)
		r = semd_start(many->client, &op, 1, timeout, over, wait, &wait->request);
	if (r == 0)
		many->count++;
	return r;
}

static void count_left(struct many *many)
{
	many->left = 0;
	for (int i = 0; i < many->count; i++)
		if (many->waits[i].request)
			many->left++;
}

int many_begin(struct many *many, char **words, int count)
{
	many->client = NULL;
	many->count = 0;
	int r = semd_connect(NULL, 0, &many->client);
	for (int i = 0; r == 0 && i < count; i++)
		r = begin_one(many, words[i]);
	count_left(many);
	if (r != 0)
		return r;
	many->fd = semd_fd(many->client);
	return many->fd == SEMD_NO_DESCRIPTOR ? SEMD_ECONN : 0;
}

int many_turn(struct many *many)
{
	int r = semd_dispatch(many->client);
	count_left(many);
	return r;
}

int many_give_up(struct many *many, const char *name)
{
	int r = 0;
	for (int i = 0; r == 0 && i < many->count; i++)
		if (many->waits[i].request && (!name || strcmp(many->waits[i].name, name) == 0))
			r = semd_cancel(many->waits[i].request);
	return r;
}

void many_end(struct many *many)
{
	semd_disconnect(many->client);
}
