/*
 * test_model.c - thousands of random histories against the engine, with a seed that is printed, and
 * the shortest failing one that can be found by leaving steps out.
 *
 * SEMD_SEED and SEMD_HISTORIES choose the histories; history number i of seed s is history 0 of seed
 * s + i.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tests/model/drive.h"

static struct drive drive;
static struct model_seen seen;

static uint64_t number_from(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text != NULL ? strtoull(text, NULL, 0) : otherwise;
}

/* Makes a history of random steps as it goes; false if it fails, with the failing step its last. */
static bool run_random(struct history *history, uint64_t seed)
{
	struct chance chance = { seed * UINT64_C(0xd1342543de82ef95) };
	int length;
	bool good = true;

	history_begin(history, &chance);
	length = 20 + (int)chance_below(&chance, HISTORY_STEPS - 20);
	drive_begin(&drive, &history->config, &seen);
	while (good && history->count < length) {
		struct step *step = &history->step[history->count++];

		history_next(history, &chance, &drive.model, step);
		good = drive_step(&drive, step);
	}
	drive_end(&drive);
	return good;
}

static bool run_again(const struct history *history)
{
	bool good = true;

	drive_begin(&drive, &history->config, &seen);
	for (int i = 0; i < history->count && good; i++)
		good = drive_step(&drive, &history->step[i]);
	drive_end(&drive);
	return good;
}

/* Whether it still fails for the same reason: the same rule, if one was named. */
static bool fails_alike(const struct history *history, const char *failure)
{
	const size_t head = strlen("rule N");

	if (run_again(history))
		return false;
	if (strncmp(failure, "rule", 4) == 0)
		return strncmp(failure, drive.failure, head) == 0;
	return strncmp(drive.failure, "rule", 4) != 0;
}

static bool without_steps(struct history *history, int from, int count, const char *failure)
{
	struct history shorter = *history;

	shorter.count -= count;
	memmove(&shorter.step[from], &shorter.step[from + count],
	        (size_t)(shorter.count - from) * sizeof(shorter.step[0]));
	if (!fails_alike(&shorter, failure))
		return false;
	*history = shorter;
	return true;
}

static bool without_term(struct history *history, int at, uint32_t term, const char *failure)
{
	struct history shorter = *history;
	struct wire_terms *terms = &shorter.step[at].terms;

	terms->count--;
	memmove(&terms->term[term], &terms->term[term + 1],
	        (terms->count - term) * sizeof(terms->term[0]));
	if (!fails_alike(&shorter, failure))
		return false;
	*history = shorter;
	return true;
}

static bool drop_terms(struct history *history, const char *failure)
{
	bool dropped = false;

	for (int i = 0; i < history->count; i++)
		for (uint32_t k = 0; k < history->step[i].terms.count; k++)
			if (history->step[i].terms.count > 1 && without_term(history, i, k, failure)) {
				dropped = true;
				k--;
			}
	return dropped;
}

/* Leaves out ever smaller pieces, until no single step and no single term can be spared. */
static void shrink(struct history *history, const char *failure)
{
	int piece = history->count / 2;
	bool shorter = true;

	while (piece > 1 || shorter) {
		shorter = false;
		for (int from = 0; from + piece <= history->count;)
			if (without_steps(history, from, piece, failure))
				shorter = true;
			else
				from += piece;
		shorter |= drop_terms(history, failure);
		piece = piece > 1 ? piece / 2 : 1;
	}
}

static void report_failure(struct history *history, uint64_t seed)
{
	char failure[DRIVE_FAILURE];

	memcpy(failure, drive.failure, sizeof(failure));
	printf("# SEMD_SEED=%" PRIu64 " SEMD_HISTORIES=1 fails: %s\n", seed, failure);
	shrink(history, failure);
	run_again(history);
	printf("# shortest history found, after whose last step\n# %s:\n", drive.failure);
	history_print(stdout, history);
}

/* Histories that reach nothing would prove nothing. */
static bool has_reach(unsigned long count, const char *what, uint64_t histories)
{
	bool enough = count * 100 >= histories;

	printf("# %lu %s%s\n", count, what, enough ? "" : ": too few");
	return enough;
}

static bool have_reach(uint64_t histories)
{
	static const int statuses[] = {
		WIRE_ENOENT, WIRE_EEXIST, WIRE_EACCES, WIRE_EINVAL, WIRE_EAGAIN, WIRE_EOVERFLOW,
		WIRE_ENOTHELD, WIRE_EREMOVED, WIRE_ERESET, WIRE_ELOST, WIRE_EIMPOSSIBLE, WIRE_EQUOTA
	};
	bool enough = true;

	enough &= has_reach(seen.grants_after_wait, "grants after a wait", histories);
	enough &= has_reach(seen.waits_by_place, "waits by place alone", histories);
	enough &= has_reach(seen.bypassed, "places passed by clause (a)", histories);
	enough &= has_reach(seen.let_by, "places passed by clause (b)", histories);
	enough &= has_reach(seen.refused_late, "refusals after a wait", histories);
	enough &= has_reach(seen.refused_ahead, "refusals ahead of a wait", histories);
	enough &= has_reach(seen.zero_waits, "waits for zero that ended", histories);
	enough &= has_reach(seen.timeouts, "time-outs", histories);
	enough &= has_reach(seen.unbound, "bound clients given up", histories);
	enough &= has_reach(seen.negative, "semaphores below zero", histories);
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		enough &= has_reach(seen.status[statuses[i]],
		                    wire_status_name((unsigned)statuses[i]), histories);
	return enough;
}

int main(void)
{
	const uint64_t seed = number_from("SEMD_SEED", 1);
	const uint64_t histories = number_from("SEMD_HISTORIES", 10000);
	static struct history history;
	bool reach = true;
	uint64_t i = 0;

	printf("1..2\n# SEMD_SEED=%" PRIu64 " SEMD_HISTORIES=%" PRIu64 "\n", seed, histories);
	fflush(stdout);
	while (i < histories && run_random(&history, seed + i))
		i++;
	if (i < histories)
		report_failure(&history, seed + i);
	printf("%s 1 - engine and model agree, rules 1 to 6 hold\n", i == histories ? "ok" : "not ok");
	if (histories < 1000)
		printf("ok 2 # SKIP too few histories to judge their reach\n");
	else
		printf("%s 2 - the histories reach what they test\n",
		       (reach = have_reach(histories)) ? "ok" : "not ok");
	return i == histories && reach ? 0 : 1;
}
