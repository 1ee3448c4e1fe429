/*
 * server.c - starts the daemon, reloads its options, and ends it.
 *
 * It owns the loop and the objects that exist once. Other files serve the clients.
 */
#include "config.h"

#include "daemon/bound_client.h"
#include "daemon/process_ends.h"
#include "daemon/log.h"
#include "daemon/server.h"
#include "daemon/os/setup.h"

enum {
	MILLISECONDS = 1000,		/* in a second */
	FIRST_CLIENT_SECONDS = 10	/* the least time to wait for the first client */
};

static bool in_group(void *arg, void *speaker, uint32_t gid)
{
	struct server *server = arg;
	return peer_in_group(&server->peers, speaker, connection_stream(speaker), gid);
}

static int make_engine(struct server *server)
{
	const struct engine_host host = {
		.arg = server,
		.answer = connection_answer,
		.in_group = in_group,
		.lost = connection_lost,
		.unbound = bound_client_gone,
	};
	server->config = (struct engine_config){
		.limits = server->options.limits,
		.admin_uid = peers_own_user(&server->peers),
		.nobody_uid = peers_nobody(&server->peers),
	};
	uv_random(NULL, NULL, &server->config.hash_key, sizeof(server->config.hash_key), 0, NULL);
	uv_random(NULL, NULL, &server->run, sizeof(server->run), 0, NULL);
	server->engine = engine_new(&server->config, &host);
	return server->engine ? 0 : UV_ENOMEM;
}

static void look_for_ends(void *arg)
{
	struct server *server = arg;
	turn_begin(server);
	process_ends_look(server);
}

void server_reload(struct server *server)
{
	struct options options;
	if (options_read(&options, server->argc, server->argv) != OPTIONS_RUN) {
		log_warning("the configuration stays as it was");
		options_free(&options);
		return;
	}
	options_free(&server->options);
	server->options = options;
	server->config.limits = options.limits;
	engine_configure(server->engine, &server->config);
	log_set_level(options.log_level);
	uv_timer_stop(&server->idle);
	log_info("the configuration was read again; sockets stay as they are");
}

/* Bound clients count as clients, and every hold has a client. */
static bool is_idle(const struct server *server)
{
	struct engine_counts counts;
	engine_count(server->engine, &counts);
	return TAILQ_EMPTY(&server->connections.all) && counts.clients == 0 &&
		counts.semaphores == 0;
}

static void idle_is_over(uv_timer_t *timer)
{
	struct server *server = timer->data;
	turn_begin(server);
	if (!is_idle(server))
		return;
	/*
	 * A client that has connected by now is served. A client that connects later finds no
	 * daemon.
	 */
	listeners_refuse(server);
	listeners_let_in(server);
	if (is_idle(server))
		server_stop(server, "idle");
	else if (listeners_reopen(server) != 0)
		server_stop(server, "its socket is gone");
}

/* The program that started the daemon and waits for --ready needs time to connect. */
static uint64_t idle_seconds(const struct server *server)
{
	uint32_t seconds = server->options.idle_seconds;
	bool is_awaited = server->options.ready && server->requests == 0;
	return is_awaited && seconds < FIRST_CLIENT_SECONDS ? FIRST_CLIENT_SECONDS : seconds;
}

void server_consider_idle(struct server *server)
{
	if (!server->options.idle_exits)
		return;
	if (!is_idle(server))
		uv_timer_stop(&server->idle);
	else if (!uv_is_active((uv_handle_t *)&server->idle))
		uv_timer_start(&server->idle, idle_is_over, idle_seconds(server) * MILLISECONDS, 0);
}

static int prepare(struct server *server)
{
	int error = uv_loop_init(&server->loop);
	if (error != 0)
		return error;
	listeners_init(&server->listeners);
	turn_init(server);
	deadlocks_init(server);
	supervisor_init(server);
	uv_timer_init(&server->loop, &server->idle);
	server->idle.data = server;
	if (connections_init(&server->connections) != 0 || peers_init(&server->peers) != 0)
		return UV_ENOMEM;
	error = make_engine(server);
	if (error == 0)
		error = processes_init(&server->processes, &server->loop, look_for_ends, server);
	return error == 0 ? signals_watch(server) : error;
}

void server_stop(struct server *server, const char *why)
{
	if (server->stopping)
		return;
	server->stopping = true;
	log_info("ending: %s", why);
	supervisor_stopping(server);
	listeners_close(server);
	connection_end_all(server, WIRE_ECONN, "the daemon ends");
}

void server_close(struct server *server)
{
	turn_close(server);
	deadlocks_close(server);
	supervisor_close(server);
	uv_close((uv_handle_t *)&server->idle, NULL);
	processes_close(&server->processes);
	signals_close(server);
}

static void serve(struct server *server)
{
	setup_tell_ready();
	supervisor_ready(server);
	uv_run(&server->loop, UV_RUN_DEFAULT);
}

static void clean_up(struct server *server)
{
	bound_client_end_everywhere(server);
	engine_free(server->engine);
	processes_deinit(&server->processes);
	connections_deinit(&server->connections);
	peers_deinit(&server->peers);
	options_free(&server->options);
	uv_loop_close(&server->loop);
}

int server_run(struct server *server, const struct options *options, int argc, char **argv)
{
	server->options = *options;
	server->argc = argc;
	server->argv = argv;
	server->stopping = false;
	server->started = uv_hrtime();
	server->requests = 0;
	server->kicks = (struct log_limit){ .lines = 0 };

	int error = prepare(server);
	if (error != 0) {
		/* Nothing is freed, since the process ends now. */
		log_error("starting: %s: free memory, or raise the limit of descriptors",
		          uv_strerror(error));
		return 1;
	}
	error = listeners_open(server);
	if (error == 0) {
		serve(server);
	} else {
		listeners_close(server);
		server_close(server);
		uv_run(&server->loop, UV_RUN_DEFAULT);
	}
	clean_up(server);
	return error == 0 ? 0 : 1;
}
