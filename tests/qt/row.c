/*
 * row.c - see row.h.
 */
#include "config.h"

#include "tests/qt/row.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/support/daemon.h"
#include "tests/support/users.h"

static const struct user other = { 12345, 12345, 0 };

static struct daemon the_daemon;
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

bool row_has_other(void)
{
	bool may_switch = users_may_switch();
	if (!may_switch && users_one_will_do())
		printf("ok %u # SKIP SEMD_TEST_ONE_USER: there is one user only\n", ++claims);
	else if (!may_switch)
		claim(false, users_advice);
	if (!may_switch)
		return false;
	if (chmod(the_daemon.folder, 0711) != 0 || chmod(the_daemon.socket, 0666) != 0)
		support_die("chmod: %s", support_error());
	return true;
}

int row_as_other(process_body *body)
{
	struct process process;
	user_fork(&process, &other, body, NULL);
	int status = process_await(&process);
	process_end(&process);
	return status;
}

int main(void)
{
	daemon_start(&the_daemon, NULL);
	if (setenv("SEMD_SOCKET", the_daemon.socket, 1) != 0)
		support_die("setenv: %s", support_error());
	row();
	daemon_stop(&the_daemon);
	printf("1..%u\n", claims);
	return untrue != 0;
}
