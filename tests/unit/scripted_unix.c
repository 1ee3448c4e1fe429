/* scripted_unix.c - suspends a thread: it blocks in a signal handler. */
#include "config.h"

#include "tests/unit/scripted.h"

#include <signal.h>
#include <unistd.h>

#include "tests/support/suite.h"

static int let_go[2];
static sem_t stopped;

static void stay(int signal)
{
	char byte;
	(void)signal;
	sem_post(&stopped);
	if (read(let_go[0], &byte, 1) != 1)
		_exit(1);
	close(let_go[0]);
}

void waiter_stop(const struct waiter *waiter)
{
	const struct sigaction action = { .sa_handler = stay };
	sem_init(&stopped, 0, 0);
	ck_assert(pipe(let_go) == 0);
	sigaction(SIGUSR1, &action, NULL);
	pthread_kill(waiter->thread, SIGUSR1);
	scripted_await(&stopped);
}

void waiter_let_go(void)
{
	ck_assert(write(let_go[1], "", 1) == 1);
	close(let_go[1]);
}
