/*
 * many_poll_unix.c - waits for many semaphores at once, in one thread, with poll(2):
 * many_poll NAME[=SECONDS]…
 *
 * Prints each result, and ends after the last one. Enter a NAME to stop waiting for it.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "many.h"

enum { SEMD, INPUT, DESCRIPTORS };

/* A read returns whole lines: they are short, and come from a terminal or from echo. */
static int read_names(struct many *many, int *input)
{
	char lines[4096], *rest, *name;
	ssize_t size = read(*input, lines, sizeof(lines) - 1);
	int r = 0;
	if (size <= 0) {
		*input = -1;	/* poll ignores it */
		return 0;
	}
	lines[size] = '\0';
	for (name = strtok_r(lines, "\n", &rest); r == 0 && name; name = strtok_r(NULL, "\n", &rest))
		r = many_give_up(many, name);
	return r;
}

/* The permits go back when the process ends. */
static void wait_for_any(struct pollfd *polled)
{
	while (poll(polled, DESCRIPTORS, -1) < 0) {
		if (errno == EINTR)	/* a signal handler ran */
			continue;
		perror("many_poll: poll");
		exit(EXIT_FAILURE);
	}
}

static int wait_for_all(struct many *many)
{
	struct pollfd polled[DESCRIPTORS] = {
		[SEMD] = { .fd = many->fd, .events = POLLIN },
		[INPUT] = { .fd = STDIN_FILENO, .events = POLLIN },
	};
	int r = 0;
	while (r == 0 && many->left > 0) {
		wait_for_any(polled);
		if (polled[INPUT].revents)
			r = read_names(many, &polled[INPUT].fd);
		if (r == 0 && polled[SEMD].revents)
			r = many_turn(many);
	}
	return r;
}

int main(int argc, char **argv)
{
	struct many many;
	if (argc < 2 || argc - 1 > MANY_MOST) {
		fprintf(stderr, "usage: many_poll NAME[=SECONDS]..., %d at most\n", MANY_MOST);
		return 2;
	}
	int r = many_begin(&many, argv + 1, argc - 1);
	if (r == 0)
		r = wait_for_all(&many);
	if (r != 0)
		fprintf(stderr, "many_poll: %s\n", semd_explain());
	many_end(&many);
	return r != 0;
}
