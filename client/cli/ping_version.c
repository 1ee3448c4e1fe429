/*
 * ping_version.c - the commands ping and version, which ask the daemon about itself.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "client/cli/command.h"
#include "client/cli/connect.h"
#include "client/cli/errors.h"
#include "client/cli/print/json.h"
#include "client/cli/print/printable.h"
#include "client/cli/options.h"
#include "semd.h"

struct daemon {
	char release[64];
	uint32_t pid;
};

static int64_t now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int ask(struct semd_client *client, struct daemon *daemon, int64_t *round_trip_us)
{
	int64_t begin = now_us();
	int r = semd_ping(client);
	*round_trip_us = now_us() - begin;
	if (r == 0)
		r = semd_daemon(client, daemon->release, sizeof(daemon->release), &daemon->pid);
	return r == 0 ? 0 : fail("semd", r);
}

/* The words come from a daemon, or tell of its address. */
static void put_words(const char *ours, const char *words)
{
	fputs(ours, stdout);
	printable_put(stdout, words, SIZE_MAX, PRINTABLE_SENTENCE | printable_on(stdout));
}

static void put_daemon(const struct daemon *daemon)
{
	put_words("semd ", daemon->release);
	printf(", process %" PRIu32, daemon->pid);
}

int ping_run(const struct options *options)
{
	struct semd_client *client;
	struct daemon daemon = { .pid = 0 };
	int64_t round_trip_us = 0;
	int status = connect_daemon(options, &client);
	if (status != 0)
		return status;
	status = ask(client, &daemon, &round_trip_us);
	semd_disconnect(client);
	if (status != 0)
		return status;

	if (options->json) {
		struct json json;
		json_begin(&json, stdout);
		json_text(&json, "release", daemon.release);
		json_unsigned(&json, "pid", daemon.pid);
		json_signed(&json, "round_trip_us", round_trip_us);
		json_end(&json);
	} else {
		put_daemon(&daemon);
		printf(", answered in %" PRId64 " us\n", round_trip_us);
	}
	return 0;
}

static void print_version_json(const struct daemon *daemon)
{
	struct json json;
	json_begin(&json, stdout);
	json_text(&json, "client", semd_version());
	if (daemon) {
		json_text(&json, "daemon", daemon->release);
		json_unsigned(&json, "pid", daemon->pid);
	} else {
		json_null(&json, "daemon");
		json_null(&json, "pid");
	}
	json_end(&json);
}

/* A daemon is not started just to be asked for its release; that none runs is an answer, too. */
int version_run(const struct options *options)
{
	struct semd_client *client = NULL;
	struct daemon daemon;
	char why[256] = "";
	int r = semd_connect(options->socket, SEMD_NO_START, &client);
	if (r == 0)
		r = semd_daemon(client, daemon.release, sizeof(daemon.release), &daemon.pid);
	if (r != 0)
		snprintf(why, sizeof(why), "%s", semd_explain());
	semd_disconnect(client);
	if (options->json) {
		print_version_json(r == 0 ? &daemon : NULL);
		return 0;
	}
	printf("semd-cli %s\n", semd_version());
	if (r == 0)
		put_daemon(&daemon);
	else
		put_words("semd not reached: ", why);
	putchar('\n');
	return 0;
}
