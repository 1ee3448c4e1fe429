/*
 * many_wait_windows.c - waits for many semaphores at once, in one thread, with
 * WaitForMultipleObjects: many_wait NAME[=SECONDS]…
 *
 * Prints each result, and ends after the last one. Enter a NAME to stop waiting for it. A second
 * thread reads the lines, since Windows has no event for input in a pipe.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "many.h"

enum { WORK, LINE, HANDLES };

struct input {
	char line[MANY_NAME];
	HANDLE there;	/* signaled when a line has been read */
	HANDLE taken;	/* signaled when it may be overwritten */
};

/* The permits go back when the process ends. */
static HANDLE must(HANDLE handle)
{
	if (handle)
		return handle;
	fprintf(stderr, "many_wait: error %lu\n", GetLastError());
	exit(EXIT_FAILURE);
}

static DWORD WINAPI read_lines(void *arg)
{
	struct input *input = arg;
	while (fgets(input->line, sizeof(input->line), stdin)) {
		input->line[strcspn(input->line, "\r\n")] = '\0';
		SetEvent(input->there);
		WaitForSingleObject(input->taken, INFINITE);
	}
	return 0;
}

static void begin_reading(struct input *input)
{
	input->there = must(CreateEventW(NULL, FALSE, FALSE, NULL));
	input->taken = must(CreateEventW(NULL, FALSE, FALSE, NULL));
	CloseHandle(must(CreateThread(NULL, 0, read_lines, input, 0, NULL)));
}

static int wait_for_all(struct many *many, struct input *input)
{
	const HANDLE handles[HANDLES] = { [WORK] = many->fd, [LINE] = input->there };
	int r = 0;
	while (r == 0 && many->left > 0) {
		DWORD which = WaitForMultipleObjects(HANDLES, handles, FALSE, INFINITE);
		must(which != WAIT_FAILED ? handles[WORK] : NULL);
		if (which == WAIT_OBJECT_0 + LINE) {
			r = many_give_up(many, input->line);
			SetEvent(input->taken);
		} else {
			r = many_turn(many);
		}
	}
	return r;
}

int main(int argc, char **argv)
{
	static struct input input;	/* static, since the thread uses it until the end */
	struct many many;
	if (argc < 2 || argc - 1 > MANY_MOST) {
		fprintf(stderr, "usage: many_wait NAME[=SECONDS]..., %d at most\n", MANY_MOST);
		return 2;
	}
	begin_reading(&input);
	int r = many_begin(&many, argv + 1, argc - 1);
	if (r == 0)
		r = wait_for_all(&many, &input);
	if (r != 0)
		fprintf(stderr, "many_wait: %s\n", semd_explain());
	many_end(&many);
	return r != 0;
}
