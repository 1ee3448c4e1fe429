/*
 * options.c - the command line.
 *
 * All options go through options_set, as do the keys of the configuration file, so that both mean
 * the same. The exceptions (--config, --ready, --help and --version) make sense on the command line
 * only.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/options.h"
#include PLATFORM_HEADER(daemon/os/usage)

enum { MAX_IDLE_SECONDS = 1000000 };

static const char usage[] =
	"Usage: semd [OPTION]...\n"
	"Serves named counting semaphores whose permits come back when their holder dies.\n"
	"\n"
	USAGE_SOCKET
	"  --idle-exit SECONDS    leave after so long without clients, holds and semaphores\n"
	USAGE_CONFIG
	"  --log LEVEL            error, warning, info (default) or debug\n"
	USAGE_READY
	"  --no-state             keep nothing that outlives the daemon (default)\n"
	"  --state PATH           not in this release\n"
	"  --max-clients N        most clients of one user (default 4096)\n"
	"  --max-semaphores N     most semaphores of one user (default 65536)\n"
	"  --max-waiters N        most waiters of one user, one a line (default 16384)\n"
	"  --max-handles N        most open handles of one user (default 65536)\n"
	"  --max-unsent BYTES     most bytes that wait to be sent to a client (default 1048576)\n"
	"  --help, --version\n";

static const struct option long_options[] = {
	{ "socket", required_argument, NULL, 's' },
	{ "idle-exit", required_argument, NULL, 's' },
	{ "log", required_argument, NULL, 's' },
	{ "state", required_argument, NULL, 's' },
	{ "no-state", no_argument, NULL, 's' },
	{ "max-clients", required_argument, NULL, 's' },
	{ "max-semaphores", required_argument, NULL, 's' },
	{ "max-waiters", required_argument, NULL, 's' },
	{ "max-handles", required_argument, NULL, 's' },
	{ "max-unsent", required_argument, NULL, 's' },
	{ "config", required_argument, NULL, 'c' },
	{ "ready", required_argument, NULL, 'r' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 }
};

static enum options_result wrong(const char *where, const char *what, const char *advice)
{
	log_error("%s: %s: %s", where, what, advice);
	return OPTIONS_WRONG;
}

enum options_result options_number(uint32_t *into, const char *value, uint32_t least, uint32_t most,
                                   const char *where)
{
	char *end;
	errno = 0;
	unsigned long long number = strtoull(value, &end, 10);
	if (*value < '0' || *value > '9' || *end != '\0' || errno != 0 || number < least ||
	    number > most) {
		log_error("%s: '%s' is not one of the numbers allowed: give one from %u to %u",
		          where, value, least, most);
		return OPTIONS_WRONG;
	}
	*into = (uint32_t)number;
	return OPTIONS_RUN;
}

static enum options_result set_socket(struct options *options, const char *value,
                                      const char *where)
{
	if (*value == '\0')
		return wrong(where, "the path is empty", "give the path of a socket");
	if (options->socket_count == OPTIONS_MAX_SOCKETS)
		return wrong(where, "too many sockets", "give at most 16");
	options->sockets[options->socket_count] = strdup(value);
	if (!options->sockets[options->socket_count]) {
		log_error("%s: out of memory: free some", where);
		return OPTIONS_REFUSED;
	}
	options->socket_count++;
	return OPTIONS_RUN;
}

static enum options_result set_log(struct options *options, const char *value, const char *where)
{
	int level = log_level_of(value);
	if (level < 0)
		return wrong(where, "no such level", "give error, warning, info or debug");
	options->log_level = (enum log_level)level;
	return OPTIONS_RUN;
}

static enum options_result set_state(const char *where)
{
	log_error("%s: state that survives the daemon is not in this release: use --no-state",
	          where);
	return OPTIONS_REFUSED;
}

enum options_result options_set(struct options *options, const char *key, const char *value,
                                const char *where)
{
	const struct {
		const char *key;
		uint32_t *number;
		uint32_t least, most;
	} numbers[] = {
		{ "max-clients", &options->limits.clients, 1, UINT32_MAX },
		{ "max-semaphores", &options->limits.semaphores, 1, UINT32_MAX },
		{ "max-waiters", &options->limits.waiters, 1, UINT32_MAX },
		{ "max-handles", &options->limits.handles, 1, UINT32_MAX },
		{ "max-unsent", &options->max_unsent, OPTIONS_LEAST_UNSENT, INT32_MAX },
		{ "idle-exit", &options->idle_seconds, 0, MAX_IDLE_SECONDS },
	};

	if (strcmp(key, "no-state") == 0)
		return OPTIONS_RUN;
	if (strcmp(key, "state") == 0)
		return set_state(where);
	if (strcmp(key, "socket") == 0)
		return set_socket(options, value, where);
	if (strcmp(key, "log") == 0)
		return set_log(options, value, where);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (strcmp(key, numbers[i].key) != 0)
			continue;
		if (numbers[i].number == &options->idle_seconds)
			options->idle_exits = true;
		return options_number(numbers[i].number, value, numbers[i].least,
		                      numbers[i].most, where);
	}
	return wrong(where, "no such option", "semd --help lists them");
}

static void drop_sockets(struct options *options)
{
	while (options->socket_count > 0)
		free(options->sockets[--options->socket_count]);
}

static enum options_result set_config(struct options *options, const char *path)
{
	free(options->config);
	options->config = strdup(path);
	if (options->config)
		return OPTIONS_RUN;
	log_error("--config: out of memory: free some");
	return OPTIONS_REFUSED;
}

static enum options_result print(const char *text)
{
	fputs(text, stdout);
	return OPTIONS_DONE;
}

static enum options_result set_long(struct options *options, const char *key, const char *value,
                                    bool *sockets_told)
{
	char where[64];
	/* Sockets of the command line replace the sockets of the file. */
	if (strcmp(key, "socket") == 0 && !*sockets_told) {
		drop_sockets(options);
		*sockets_told = true;
	}
	snprintf(where, sizeof(where), "--%s", key);
	return options_set(options, key, value, where);
}

/*
 * Reads the options that take effect before the file is read (--config, --help and the like), or
 * with `settings` all others.
 */
static enum options_result read_arguments(struct options *options, int argc, char **argv,
                                          bool settings)
{
	enum options_result result = OPTIONS_RUN;
	bool sockets_told = false;
	int found, which = 0;
	optind = 1;
	while (result == OPTIONS_RUN &&
	       (found = getopt_long(argc, argv, ":", long_options, &which)) != -1) {
		if (found == 's' && settings)
			result = set_long(options, long_options[which].name, optarg,
			                  &sockets_told);
		else if (found == 'c' && !settings)
			result = set_config(options, optarg);
		else if (found == 'r')
			options->ready = optarg;
		else if (found == 'h')
			result = print(usage);
		else if (found == 'v')
			result = print("semd " PACKAGE_VERSION "\n");
		else if (found == ':')
			result = wrong(argv[optind - 1], "its value is missing",
			               "semd --help tells what it wants");
		else if (found == '?')
			result = wrong(argv[optind - 1], "not an option, or it has no value",
			               "semd --help lists them");
	}
	if (result == OPTIONS_RUN && optind < argc)
		return wrong(argv[optind], "not an option", "semd --help lists them");
	return result;
}

enum options_result options_read(struct options *options, int argc, char **argv)
{
	*options = (struct options){
		.log_level = LOG_INFO,
		.limits = { .clients = 4096, .semaphores = 65536, .waiters = 16384,
		            .handles = 65536 },
		.max_unsent = 1024 * 1024,
	};

	enum options_result result = read_arguments(options, argc, argv, false);
	if (result == OPTIONS_RUN && options->config)
		result = options_read_file(options, options->config);
	if (result == OPTIONS_RUN)
		result = read_arguments(options, argc, argv, true);
	return result;
}

void options_free(struct options *options)
{
	drop_sockets(options);
	free(options->config);
	options->config = NULL;
}
