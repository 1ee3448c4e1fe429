/* with_daemon.c - see with_daemon.h. */
#include "config.h"

#include "tests/unit/with_daemon.h"

#include "tests/support/suite.h"

struct daemon semd;
struct semd_client *client;

struct semd_client *connect_one(void)
{
	struct semd_client *one;
	ck_assert_msg(semd_connect(semd.socket, 0, &one) == 0, "%s", semd_explain());
	return one;
}

struct semd_sem *open_in(struct semd_client *in, const char *name, uint32_t initial, unsigned flags)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE | flags, .initial = initial };
	struct semd_sem *sem;
	ck_assert_msg(semd_open(in, name, &options, &sem) == 0, "%s: %s", name, semd_explain());
	return sem;
}

void set_up(void)
{
	daemon_start(&semd, NULL);
	client = connect_one();
}

void tear_down(void)
{
	semd_disconnect(client);
	daemon_stop(&semd);
}

struct semd_info query(struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	ck_assert_int_eq(semd_query(sem, &info), 0);
	return info;
}

void await_waiting(struct semd_sem *sem, uint64_t count)
{
	while (query(sem).waiting != count)
		;
}
