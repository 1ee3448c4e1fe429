/*
 * table_close.c - the rows of close and detach.
 */
#include "config.h"

#include "tests/system/table.h"

#include <unistd.h>

/* ---- close ----------------------------------------------------------------------------------- */

START_TEST(close_holds)
{
	ck_assert_int_eq(semd_close(scene.held), 0);
	ck_assert_uint_eq(sem_info(scene.owners).held, 2);
	/* Holds belong to the client, so a new handle can release them. */
	ck_assert_int_eq(semd_release(sem_existing(scene.holder, "sem"), 2), 0);
	ck_assert_int_eq(sem_available(scene.owners), 2);
}
END_TEST

START_TEST(close_waiters)
{
	struct acquiring other;
	scene_wait();
	acquiring_begin(&other, sem_existing(scene.waiter, "sem"));
	sem_await_waiting(scene.owners, 2);
	ck_assert_int_eq(semd_close(scene.wait.sem), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), SEMD_ECANCELED);
	ck_assert_uint_eq(sem_info(scene.owners).waiting, 1);
	ck_assert_int_eq(semd_release(scene.held, 1), 0);
	ck_assert_int_eq(acquiring_end(&other), 0);
}
END_TEST

START_TEST(close_handles)
{
	struct raw raw;
	struct close_request close = { .handle = 0 };
	raw_user(&raw, "sem", 0);
	ck_assert_int_eq(raw_create(&raw, 1, "sem", 0), WIRE_OK);
	ck_assert_int_eq(raw_ask_close(&raw, &close), WIRE_OK);
	ck_assert_int_eq(raw_term(&raw, 1, WIRE_TERM_POST, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_POST, 1, 0), -1);
	ck_assert_int_eq(raw.head.status, WIRE_EPROTO);
	raw_close(&raw);
	ck_assert_uint_eq(sem_info(scene.owners).posted, 1);
}
END_TEST

/* ---- detach ---------------------------------------------------------------------------------- */

START_TEST(detach_holds)
{
	scene_wait();
	ck_assert_int_eq(semd_detach(scene.holder), 0);
	ck_assert_uint_eq(sem_info(scene.owners).held, 2);
	ck_assert_uint_eq(sem_info(scene.owners).waiting, 1);
	/* This process's bound client holds them now; a client bound to it can release them. */
	process_handle self = process_handle_of(getpid());
	ck_assert_int_eq(semd_connect_for(served.socket, SEMD_NO_START, self, &scene.holder), 0);
	descriptor_close(&self);
	ck_assert_int_eq(semd_release(sem_existing(scene.holder, "sem"), 2), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), 0);
}
END_TEST

START_TEST(detach_waiters)
{
	scene_wait();
	ck_assert_int_eq(semd_detach(scene.waiter), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), SEMD_ECANCELED);
	ck_assert_uint_eq(sem_info(scene.owners).waiting, 0);
	scene.waiter = NULL;
}
END_TEST

/* The library frees its handles with the client, so the test uses the wire. */
START_TEST(detach_handles)
{
	struct raw raw;
	struct detach_request detach = { .head.tag = 0 };
	raw_user(&raw, "goes", 1);
	ck_assert_int_eq(raw_ask_detach(&raw, &detach), WIRE_OK);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_POST, 1, 0), -1);
	ck_assert_int_eq(raw.head.status, WIRE_EPROTO);
	raw_close(&raw);
	ck_assert_uint_eq(sem_info(sem_existing(scene.owner, "goes")).posted, 0);
}
END_TEST

void table_close_and_detach(Suite *suite)
{
	TCase *closing = table_row(suite, "close");
	tcase_add_test(closing, close_holds);
	tcase_add_test(closing, close_waiters);
	tcase_add_test(closing, close_handles);
	TCase *detach = table_row(suite, "detach");
	tcase_add_test(detach, detach_holds);
	tcase_add_test(detach, detach_waiters);
	tcase_add_test(detach, detach_handles);
}
