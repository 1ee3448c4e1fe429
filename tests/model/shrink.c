/* shrink.c - see shrink.h. */
#include <string.h>

#include "tests/model/shrink.h"

struct shrinking {
	struct history *history;
	shrink_run *run;
	char *failure;
	size_t size;
};

/* Replaces the history by a shorter one that fails in the same way. */
static bool take(struct shrinking *shrinking, const struct history *shorter)
{
	const size_t head = strlen("rule N");
	bool rule = strncmp(shrinking->failure, "rule", 4) == 0;
	char failure[512];
	if (shrinking->run(shorter, failure, sizeof(failure)))
		return false;
	if (rule ? strncmp(failure, shrinking->failure, head) != 0 :
	    strncmp(failure, "rule", 4) == 0)
		return false;
	*shrinking->history = *shorter;
	strncpy(shrinking->failure, failure, shrinking->size - 1);
	return true;
}

static bool drop_steps(struct shrinking *shrinking, int piece)
{
	struct history *history = shrinking->history;
	bool dropped = false;
	for (int from = 0; from + piece <= history->count;) {
		struct history shorter = *history;
		shorter.count -= piece;
		memmove(&shorter.step[from], &shorter.step[from + piece],
		        (size_t)(shorter.count - from) * sizeof(shorter.step[0]));
		if (take(shrinking, &shorter))
			dropped = true;
		else
			from += piece;
	}
	return dropped;
}

static bool drop_term(struct shrinking *shrinking, int step, uint32_t term)
{
	struct history shorter = *shrinking->history;
	struct wire_terms *terms = &shorter.step[step].terms;
	terms->count--;
	memmove(&terms->term[term], &terms->term[term + 1],
	        (terms->count - term) * sizeof(terms->term[0]));
	return take(shrinking, &shorter);
}

static bool drop_terms(struct shrinking *shrinking)
{
	struct history *history = shrinking->history;
	bool dropped = false;
	for (int i = 0; i < history->count; i++)
		for (uint32_t k = 0; k < history->step[i].terms.count;)
			if (history->step[i].terms.count > 1 && drop_term(shrinking, i, k))
				dropped = true;
			else
				k++;
	return dropped;
}

static bool drop_probes(struct shrinking *shrinking)
{
	bool dropped = false;
	for (int i = 0; i < shrinking->history->count; i++) {
		struct history plainer = *shrinking->history;
		if (!plainer.step[i].probe)
			continue;
		plainer.step[i].probe = false;
		dropped |= take(shrinking, &plainer);
	}
	return dropped;
}

/* Drops ever smaller pieces, until no single step, term or probe can be left out. */
void shrink(struct history *history, shrink_run *run, char *failure, size_t size)
{
	struct shrinking shrinking = { history, run, failure, size };
	int piece = history->count / 2;
	bool dropped = true;
	while (piece > 0 || dropped) {
		dropped = drop_steps(&shrinking, piece > 1 ? piece : 1);
		dropped |= drop_terms(&shrinking);
		dropped |= drop_probes(&shrinking);
		piece /= 2;
	}
}
