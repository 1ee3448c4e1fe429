/*
 * test_engine_line_memory.c - what the engine keeps for semaphores that nobody waits for, and what
 * becomes of a request when memory runs out.
 *
 * The linker hands all allocations of the engine to the functions below (--wrap), which refuse one
 * of choice. What is forgotten instead of freed is found by the address sanitizer.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/core/core.h"
#include "tests/unit/scene.h"

_Static_assert(sizeof(void *) != 8 || sizeof(struct sem) <= 192, "a semaphore has grown");
_Static_assert(sizeof(void *) != 8 || sizeof(struct hold) <= 96, "a hold has grown");

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);

static unsigned until_refusal;	/* allocations up to the one that is refused; 0: none is */

static bool is_refused(void)
{
	return until_refusal && --until_refusal == 0;
}

void *__wrap_malloc(size_t size)
{
	return is_refused() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return is_refused() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *block, size_t size)
{
	return is_refused() ? NULL : __real_realloc(block, size);
}

/* ---- What only a line needs ---------------------------------------------------------------- */

enum { A, B, NAMES };

static struct session *s;

static bool has_line(uint32_t handle)
{
	return s->slots[handle].handle->sem->line;
}

static bool has_demand(uint32_t handle)
{
	return s->slots[handle].handle->hold->demand;
}

static void nothing_is_kept(void)
{
	ck_assert(!has_line(A) && !has_demand(A) && !has_line(B) && !has_demand(B));
}

static void cancel(uint64_t number)
{
	ck_assert_int_eq(engine_cancel(stage_engine(), s, number), WIRE_OK);
	session_see(s, session_last_reply(s));
}

/*
 * `s` has "a" and "b" with one permit each; a wait has come and gone, so that tables have their
 * room.
 */
static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	stage_create(s, A, "a", 1);
	stage_create(s, B, "b", 1);
	cancel(QUEUE(s, ACQUIRE(A, 2), ACQUIRE(B, 2)));
}

START_TEST(a_line_goes_with_its_last_waiter)
{
	nothing_is_kept();
	uint64_t first = QUEUE(s, ACQUIRE(A, 2)), second = QUEUE(s, ACQUIRE(B, 2), ACQUIRE(A, 2));
	ck_assert(has_line(A) && has_demand(A) && has_line(B) && has_demand(B));
	cancel(first);
	ck_assert_uint_eq(stage_see(s, A).waiting, 1);
	cancel(second);
	ck_assert_uint_eq(stage_see(s, A).waiting, 0);
	nothing_is_kept();
}
END_TEST

START_TEST(a_line_goes_with_its_last_wait_for_zero)
{
	nothing_is_kept();
	uint64_t first = QUEUE(s, WAIT_ZERO(A)), second = QUEUE(s, WAIT_ZERO(B), WAIT_ZERO(A));
	uint64_t third = QUEUE(s, ACQUIRE(A, 2));
	cancel(third);
	cancel(second);
	ck_assert_uint_eq(stage_see(s, A).waiting, 1);
	cancel(first);
	nothing_is_kept();
}
END_TEST

START_TEST(a_line_goes_with_a_grant)
{
	struct session *other = stage_session(1000);
	stage_join(other, 0, "a");
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	nothing_is_kept();
	uint64_t waits = stage_queue(other, 1);
	ck_assert_int_eq(give_back(s, 1), WIRE_OK);
	ck_assert_int_eq(stage_answer(waits), WIRE_OK);
	session_see(other, session_last_reply(other));
	nothing_is_kept();
}
END_TEST

START_TEST(a_line_goes_with_its_semaphore)
{
	uint64_t taker = QUEUE(s, ACQUIRE(A, 2)), zero = QUEUE(s, WAIT_ZERO(A));
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	ck_assert_int_eq(stage_answer(taker), WIRE_EREMOVED);
	ck_assert_int_eq(stage_answer(zero), WIRE_EREMOVED);
	stage_create(s, NAMES, "a", 1);
	ck_assert_uint_eq(stage_see(s, NAMES).waiting, 0);
}
END_TEST

/* ---- Out of memory ------------------------------------------------------------------------- */

static struct engine_counts counts;
static struct stats_reply stats;
static unsigned kept;

/* Which lines and demands there are. */
static unsigned what_is_kept(void)
{
	return has_line(A) | has_demand(A) * 2u | has_line(B) * 4u | has_demand(B) * 8u;
}

static void note_what_there_is(void)
{
	kept = what_is_kept();
	counts = stage_counts();
	stats = (struct stats_reply){ 0 };
	engine_stats(stage_engine(), s, &stats);
}

static void nothing_has_changed(void)
{
	struct engine_counts are = stage_counts();
	struct stats_reply now = { 0 };
	engine_stats(stage_engine(), s, &now);
	ck_assert_uint_eq(what_is_kept(), kept);
	ck_assert_mem_eq(&are, &counts, sizeof(are));
	ck_assert_uint_eq(now.my_clients, stats.my_clients);
	ck_assert_uint_eq(now.my_semaphores, stats.my_semaphores);
	ck_assert_uint_eq(now.my_waiters, stats.my_waiters);
	ck_assert_uint_eq(now.my_handles, stats.my_handles);
}

/*
 * Calls `call` with its first allocation refused, then with its second, until none is refused: it
 * returns ENOMEM each time, and has changed nothing, but `done` in the end. Returns how many were
 * refused.
 */
static unsigned refuse_each(int (*call)(void), int done)
{
	unsigned refused = 0;
	for (;; refused++) {
		note_what_there_is();
		until_refusal = refused + 1;
		int status = call();
		bool was_refused = until_refusal == 0;
		until_refusal = 0;
		if (!was_refused) {
			ck_assert_int_eq(status, done);
			return refused;
		}
		ck_assert_int_eq(status, WIRE_ENOMEM);
		nothing_has_changed();
	}
}

static struct wire_terms wanted;

static int wait(void)
{
	session_see(s, session_last_reply(s));
	return engine_apply(stage_engine(), s, &wanted, ENGINE_FOREVER, 20000, 10000, ENGINE_FINAL);
}

/* The waiter, the line and the demand of each semaphore, and the table of waiters that begins. */
START_TEST(a_wait_is_refused_without_memory)
{
	nothing_is_kept();
	wanted = (struct wire_terms){ 2, { { A, WIRE_TERM_ACQUIRE, 1 }, { B, WIRE_TERM_ACQUIRE, 2 } } };
	ck_assert_uint_ge(refuse_each(wait, ENGINE_WAITS), 6);
	ck_assert_uint_eq(stage_see(s, A).waiting, 1);
	cancel(10000);
	nothing_is_kept();
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
}
END_TEST

START_TEST(a_wait_for_zero_is_refused_without_memory)
{
	nothing_is_kept();
	wanted = (struct wire_terms){ 2, { { A, WIRE_TERM_WAIT_ZERO, 0 }, { B, WIRE_TERM_WAIT_ZERO, 0 } } };
	ck_assert_uint_ge(refuse_each(wait, ENGINE_WAITS), 4);
	cancel(10000);
	nothing_is_kept();
}
END_TEST

/* A line and a demand that another waiter has made stay as they are. */
START_TEST(a_refused_wait_leaves_those_before_it)
{
	uint64_t first = QUEUE(s, ACQUIRE(A, 2));
	wanted = (struct wire_terms){ 2, { { A, WIRE_TERM_ACQUIRE, 1 }, { B, WIRE_TERM_ACQUIRE, 2 } } };
	ck_assert_uint_ge(refuse_each(wait, ENGINE_WAITS), 3);
	ck_assert_uint_eq(stage_see(s, A).waiting, 2);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(A, 2)), WIRE_OK);
	ck_assert_int_eq(stage_answer(first), WIRE_OK);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, POST(B, 1)), WIRE_OK);
	ck_assert_uint_eq(stage_counts().waiters, 0);
}
END_TEST

static const char new_name[] = "a new name";

static int open_new(void)
{
	const struct open_request request = {
		.handle = NAMES, .flags = WIRE_OPEN_CREATE, .name = { new_name, sizeof(new_name) - 1 },
	};
	uint64_t id;
	return engine_open(stage_engine(), s, &request, ENGINE_FINAL, &id);
}

START_TEST(an_opening_is_refused_without_memory)
{
	ck_assert_uint_ge(refuse_each(open_new, WIRE_OK), 4);
	ck_assert_uint_eq(stage_counts().semaphores, NAMES + 1);
}
END_TEST

static struct session *begun;

static int begin_session(void)
{
	const struct peer peer = { .pid = 1, .uid = 1000, .gid = 2000 };
	return session_new(stage_engine(), &peer, &begun, &begun);
}

START_TEST(a_session_is_refused_without_memory)
{
	ck_assert_uint_ge(refuse_each(begin_session, WIRE_OK), 2);
	session_end(stage_engine(), begun);
}
END_TEST

/* ---- The table of holds -------------------------------------------------------------------- */

enum { HOLDS = 1000 };

static char others[HOLDS + 1];	/* stand for clients and semaphores: the table compares addresses */

static struct hold_key key_of(int i)
{
	return (struct hold_key){ (void *)&others[i], (void *)&others[HOLDS - i] };
}

static void fill(struct hold_table *table, struct hold *holds, bool grows)
{
	for (int i = 0; i < HOLDS; i++) {
		holds[i].key = key_of(i);
		until_refusal = grows || i == 0 ? 0 : 1;
		int result = hold_table_add(table, &holds[i]);
		until_refusal = 0;
		ck_assert_int_eq(result, 0);
	}
}

static void all_are_found(const struct hold_table *table, struct hold *holds, int step)
{
	for (int i = 0; i < HOLDS; i++) {
		const struct hold_key key = key_of(i);
		struct hold *expected = i % step == 0 ? &holds[i] : NULL;
		ck_assert_ptr_eq(hold_table_find(table, &key), expected);
	}
}

START_TEST(holds_are_found)
{
	static struct hold holds[HOLDS];
	struct hold_table table = { 0 };
	fill(&table, holds, _i == 0);
	ck_assert_int_eq(table.room >= HOLDS, _i == 0);
	all_are_found(&table, holds, 1);
	for (int i = 0; i < HOLDS; i++)
		if (i % 3)
			hold_table_remove(&table, &holds[i]);
	all_are_found(&table, holds, 3);
	const struct hold_key other = { (void *)&others[1], (void *)&others[1] }, was = holds[0].key;
	hold_table_rename(&table, &holds[0], &other);
	ck_assert_ptr_eq(hold_table_find(&table, &other), &holds[0]);
	ck_assert_ptr_null(hold_table_find(&table, &was));
	hold_table_deinit(&table);
}
END_TEST

START_TEST(the_first_hold_needs_memory)
{
	struct hold hold = { .key = key_of(0) };
	struct hold_table table = { 0 };
	until_refusal = 1;
	int result = hold_table_add(&table, &hold);
	ck_assert_int_eq(result, -1);
	ck_assert_ptr_null(hold_table_find(&table, &hold.key));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_line_memory");
	TCase *lines = suite_case(suite, "lines");
	tcase_add_checked_fixture(lines, begin, stage_end);
	tcase_add_test(lines, a_line_goes_with_its_last_waiter);
	tcase_add_test(lines, a_line_goes_with_its_last_wait_for_zero);
	tcase_add_test(lines, a_line_goes_with_a_grant);
	tcase_add_test(lines, a_line_goes_with_its_semaphore);
	TCase *refusals = suite_case(suite, "out of memory");
	tcase_add_checked_fixture(refusals, begin, stage_end);
	tcase_add_test(refusals, a_wait_is_refused_without_memory);
	tcase_add_test(refusals, a_wait_for_zero_is_refused_without_memory);
	tcase_add_test(refusals, a_refused_wait_leaves_those_before_it);
	tcase_add_test(refusals, an_opening_is_refused_without_memory);
	tcase_add_test(refusals, a_session_is_refused_without_memory);
	TCase *table = suite_case(suite, "table of holds");
	tcase_add_loop_test(table, holds_are_found, 0, 2);
	tcase_add_test(table, the_first_hold_needs_memory);
	return suite_run(suite);
}
