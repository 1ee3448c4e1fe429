/*
 * compare.c - proves the README's comparison with POSIX semaphores, System V semaphores and flock,
 * which need no other package. compare_others.sh proves the rest.
 */
#include "config.h"

#include "tests/system/compare.h"

#include <stdio.h>

#include "tests/support/daemon.h"

static struct daemon the_daemon;
static unsigned claims, untrue;

void claim(bool truth, const char *words)
{
	untrue += !truth;
	printf("%sok %u - %s\n", truth ? "" : "not ", ++claims, words);
	fflush(stdout);
}

struct semd_sem *compare_open(const char *name, uint32_t initial, struct semd_client **client)
{
	struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = initial,
	};
	struct semd_sem *sem;
	int result = semd_connect(the_daemon.socket, SEMD_NO_START, client);
	if (result == 0)
		result = semd_open(*client, name, &options, &sem);
	if (result != 0)
		support_die("cannot open %s: %s", name, semd_strerror(result));
	return sem;
}

void compare_child(struct process *child, process_body *body, void *arg)
{
	process_fork(child, body, arg, 0);
	if (link_hear(child->link) < 0)
		support_die("a child ended too early");
}

void compare_kill(struct process *child)
{
	process_kill(child);
	process_end(child);
}

int compare_ready_until_killed(support_descriptor link)
{
	link_tell(link, 'r');
	link_hear(link);
	return 1;
}

int main(void)
{
	daemon_start(&the_daemon, OPTIONS("--no-state"));
	compare_posix();
	compare_sysv();
	compare_flock();
	daemon_stop(&the_daemon);
	printf("1..%u\n", claims);
	return untrue != 0;
}
