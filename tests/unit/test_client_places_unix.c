/*
 * test_client_places_unix.c - where the library finds a daemon's socket, which owners it trusts
 * there, and its messages if there is none.
 */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "client/lib/error.h"
#include "client/lib/os/place.h"
#include "client/semd.h"
#include "client/lib/os/socket.h"
#include "tests/support/suite.h"
#include "tests/support/support.h"
#include "tests/support/users.h"

static char base[SUPPORT_PATH];

static void make_base(void)
{
	folder_make(base, NULL);
	unsetenv("SEMD_SOCKET");
	setenv("XDG_RUNTIME_DIR", base, 1);
}

static void remove_base(void)
{
	folder_remove(base);
}

static void listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	ck_assert(fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0);
	close(fd);
}

static void expect_said(const char *part)
{
	ck_assert_msg(strstr(error_said(), part), "\"%s\" does not say \"%s\"", error_said(), part);
}

START_TEST(told_addresses)
{
	struct place place;
	char longer[PLACE_PATH + 1];
	ck_assert(place_find("/some/where", &place) == 0);
	ck_assert(place.kind == PLACE_TOLD);
	ck_assert_str_eq(place.path, "/some/where");
	setenv("SEMD_SOCKET", "/else/where", 1);
	ck_assert(place_find(NULL, &place) == 0);
	ck_assert_str_eq(place.path, "/else/where");
	memset(longer, 'x', sizeof(longer));
	longer[PLACE_PATH] = '\0';
	ck_assert(place_find(longer, &place) == SEMD_EINVAL);
	ck_assert(place_find("", &place) == SEMD_EINVAL);
}
END_TEST

/* A system daemon's socket would come first. */
static void find_user_place(struct place *place)
{
	if (access("/run/semd.sock", F_OK) == 0) {
		place->kind = PLACE_USER;
		snprintf(place->folder, PLACE_PATH, "%.60s/semd", base);
		snprintf(place->path, PLACE_PATH, "%.60s/semd/semd.sock", base);
		return;
	}
	ck_assert(place_find(NULL, place) == 0);
	ck_assert(place->kind == PLACE_USER);
}

/* The library ignores a relative folder: the daemon ignores it, too, and is started elsewhere. */
START_TEST(relative_runtime_folder)
{
	struct place place;
	setenv("XDG_RUNTIME_DIR", "not/absolute", 1);
	find_user_place(&place);
	ck_assert_int_eq(place.folder[0], '/');
}
END_TEST

START_TEST(user_folder)
{
	struct place place;
	char path[SUPPORT_PATH];
	find_user_place(&place);
	ck_assert_str_eq(place.folder, path_join(path, base, "semd"));
	ck_assert(place_check(&place) == SOCKET_NOBODY);
	ck_assert(place_make_folder(&place) == 0);
	ck_assert(place_make_folder(&place) == 0);
	ck_assert(place_check(&place) == SOCKET_NOBODY);
	listen_at(place.path);
	ck_assert(place_check(&place) == 0);
	chmod(place.folder, 0750);
	ck_assert(place_check(&place) == SEMD_ECONN);
	expect_said("0750");
	chmod(place.folder, 0700);
	unlink(place.path);
	close(open(place.path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	ck_assert(place_check(&place) == SEMD_ECONN);
	expect_said("not a socket");
}
END_TEST

START_TEST(folder_that_is_a_link)
{
	struct place place;
	char path[SUPPORT_PATH];
	find_user_place(&place);
	mkdir(path_join(path, base, "other"), 0700);
	ck_assert(symlink(path, place.folder) == 0);
	ck_assert(place_check(&place) == SEMD_ECONN);
	expect_said("not a directory");
	ck_assert(place_make_folder(&place) == SEMD_ECONN);
}
END_TEST

START_TEST(folder_of_another)
{
	struct place place;
	users_or_leave();
	find_user_place(&place);
	ck_assert(place_make_folder(&place) == 0);
	ck_assert(chown(place.folder, 12345, 12345) == 0);
	ck_assert(place_check(&place) == SEMD_ECONN);
	expect_said("12345");
	ck_assert(chown(place.folder, 0, 0) == 0);
	listen_at(place.path);
	ck_assert(chown(place.path, 12345, 12345) == 0);
	ck_assert(place_check(&place) == SEMD_ECONN);
}
END_TEST

START_TEST(system_socket)
{
	char path[SUPPORT_PATH];
	path_join(path, base, "system.sock");
	ck_assert(place_check_system(path) == SOCKET_NOBODY);
	listen_at(path);
	if (geteuid() != 0) {
		ck_assert(place_check_system(path) == SEMD_ECONN);
		expect_said("not root");
		return;
	}
	ck_assert(place_check_system(path) == 0);
	chmod(base, 0777);
	ck_assert(place_check_system(path) == SEMD_ECONN);
	expect_said("others than root");
	chmod(base, 0755);
	ck_assert(chown(path, 12345, 12345) == 0);
	ck_assert(place_check_system(path) == SEMD_ECONN);
	expect_said("12345");
}
END_TEST

START_TEST(nobody_listens)
{
	struct semd_client *client = (struct semd_client *)-1;
	char path[SUPPORT_PATH];
	path_join(path, base, "socket");
	ck_assert(semd_connect(path, 0, &client) == SEMD_ECONN);
	ck_assert_ptr_null(client);
	ck_assert_ptr_nonnull(strstr(semd_explain(), path));
	listen_at(path);
	ck_assert(semd_connect(path, 0, &client) == SEMD_ECONN);
	ck_assert(semd_connect(path, 1u << 31, &client) == SEMD_EINVAL);
	ck_assert(semd_connect(path, 0, NULL) == SEMD_EINVAL);
}
END_TEST

START_TEST(nothing_is_started)
{
	struct semd_client *client;
	if (access("/run/semd.sock", F_OK) == 0)
		suite_leave("this machine has a daemon of its own");
	ck_assert(semd_connect(NULL, SEMD_NO_START, &client) == SEMD_ECONN);
	setenv("SEMD_DAEMON", "/no/such/daemon", 1);
	ck_assert(semd_connect(NULL, 0, &client) == SEMD_ECONN);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "/no/such/daemon"));
	setenv("SEMD_DAEMON", "/bin/false", 1);
	ck_assert(semd_connect(NULL, 0, &client) == SEMD_ECONN);
	ck_assert_ptr_nonnull(strstr(semd_explain(), "is not ready"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("client_places");
	TCase *places = suite_case(suite, "places");
	tcase_add_checked_fixture(places, make_base, remove_base);
	tcase_add_test(places, told_addresses);
	tcase_add_test(places, relative_runtime_folder);
	tcase_add_test(places, user_folder);
	tcase_add_test(places, folder_that_is_a_link);
	tcase_add_test(places, folder_of_another);
	tcase_add_test(places, system_socket);
	tcase_add_test(places, nobody_listens);
	tcase_add_test(places, nothing_is_started);
	return suite_run(suite);
}
