/*
 * row.c - see row.h.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <sched.h>
#include <stdio.h>

struct daemon row_daemon;

static unsigned claims, untrue;

void claim(bool truth, const char *words)
{
	untrue += !truth;
	printf("%sok %u - %s\n", truth ? "" : "not ", ++claims, words);
	fflush(stdout);
}

struct semd_client *row_client(void)
{
	struct semd_client *client;
	if (semd_connect(NULL, SEMD_NO_START, &client) != 0)
		support_die("cannot connect: %s", semd_explain());
	return client;
}

struct semd_sem *row_sem(struct semd_client *client, const char *name, unsigned flags,
                         uint32_t initial)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = flags, .initial = initial };
	struct semd_sem *sem;
	if (semd_open(client, name, &options, &sem) != 0)
		support_die("cannot open %s: %s", name, semd_explain());
	return sem;
}

int row_try_open(struct semd_client *client, const char *name, unsigned flags, uint32_t initial)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = flags, .initial = initial };
	struct semd_sem *sem;
	int r = semd_open(client, name, &options, &sem);
	return r != 0 ? r : semd_close(sem);
}

static struct semd_info look(struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	if (semd_query(sem, &info) != 0)
		support_die("cannot query: %s", semd_explain());
	return info;
}

int64_t row_available(struct semd_sem *sem)
{
	return look(sem).available;
}

void row_await_waiting(struct semd_sem *sem, uint64_t count)
{
	while (look(sem).waiting != count)
		sched_yield();
}

void row_begin(struct process *process, process_body *body)
{
	process_fork(process, body, NULL, 0);
	if (link_hear(process->link) < 0)
		support_die("a process ended too early");
}

int row_stay(support_descriptor link)
{
	link_tell(link, 'r');
	link_hear(link);
	return 0;
}

void row_kill(struct process *process)
{
	process_kill(process);
	process_end(process);
}

bool row_ended(struct process *process)
{
	int status = process_await(process);
	process_end(process);
	return status == 0;
}

void row_skip(const char *why)
{
	printf("ok %u # SKIP %s\n", ++claims, why);
	fflush(stdout);
}

int main(void)
{
	daemon_start(&row_daemon, NULL);
	environment_set("SEMD_SOCKET", row_daemon.socket);
	row();
	daemon_stop(&row_daemon);
	printf("1..%u\n", claims);
	return untrue != 0;
}
