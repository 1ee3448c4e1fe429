/*
 * many_uv.c - waits for many semaphores at once, in one thread, with libuv: many_uv NAME[=SECONDS]…
 *
 * Prints each result, and ends after the last one. SIGINT ends the waits that are left.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

#include "many.h"
#include "many_watch.h"

struct program {
	struct many many;
	uv_loop_t loop;
	struct many_watch *semd;
	uv_signal_t interrupt;
	int result;
};

/* The permits go back when the process ends. */
static void must(int result)
{
	if (result >= 0)
		return;
	fprintf(stderr, "many_uv: %s\n", uv_strerror(result));
	exit(EXIT_FAILURE);
}

static void stop_if_over(struct program *program)
{
	if (program->result != 0 || program->many.left == 0)
		uv_stop(&program->loop);
}

static void on_semd(void *arg, int status)
{
	struct program *program = arg;
	must(status);
	program->result = many_turn(&program->many);
	stop_if_over(program);
}

static void on_interrupt(uv_signal_t *signal, int number)
{
	struct program *program = signal->data;
	(void)number;
	program->result = many_give_up(&program->many, NULL);
	stop_if_over(program);
}

static void wait_for_all(struct program *program)
{
	must(uv_loop_init(&program->loop));
	must(uv_signal_init(&program->loop, &program->interrupt));
	program->interrupt.data = program;
	must(many_watch_start(&program->loop, program->many.fd, on_semd, program, &program->semd));
	must(uv_signal_start(&program->interrupt, on_interrupt, SIGINT));
	if (program->many.left > 0)
		uv_run(&program->loop, UV_RUN_DEFAULT);

	/* The descriptor belongs to the client, so the loop must stop watching it first. */
	many_watch_stop(program->semd);
	uv_close((uv_handle_t *)&program->interrupt, NULL);
	uv_run(&program->loop, UV_RUN_DEFAULT);
	uv_loop_close(&program->loop);
}

int main(int argc, char **argv)
{
	struct program program;
	if (argc < 2 || argc - 1 > MANY_MOST) {
		fprintf(stderr, "usage: many_uv NAME[=SECONDS]..., %d at most\n", MANY_MOST);
		return 2;
	}
	program.result = many_begin(&program.many, argv + 1, argc - 1);
	if (program.result == 0)
		wait_for_all(&program);
	if (program.result != 0)
		fprintf(stderr, "many_uv: %s\n", semd_explain());
	many_end(&program.many);
	return program.result != 0;
}
