/*
 * main.c - reads the options and starts the daemon.
 */
#include "config.h"

#include "daemon/server.h"
#include "daemon/os/setup.h"

enum { EXIT_DONE = 0, EXIT_CANNOT = 1, EXIT_WRONG_USE = 2 };

int main(int argc, char **argv)
{
	static struct server server;
	static const int exits[] = {
		[OPTIONS_DONE] = EXIT_DONE,
		[OPTIONS_WRONG] = EXIT_WRONG_USE,
		[OPTIONS_REFUSED] = EXIT_CANNOT,
	};
	struct options options;
	setup_process(&argc, &argv);
	enum options_result result = options_read(&options, argc, argv);
	if (result == OPTIONS_RUN) {
		log_set_level(options.log_level);
		result = setup_open_ready(options.ready);
	}
	if (result != OPTIONS_RUN) {
		options_free(&options);
		return exits[result];
	}
	return server_run(&server, &options, argc, argv);
}
