/*
 * bench.h - the parts of semd-bench: what is measured (measure.c, reference_unix.c), against what
 * (echo_unix.c), in whose company (crowd.c), and how it is told (report.c).
 *
 * All measures are taken in rounds, every round taking each of them once, so that a slow moment of
 * the machine falls on all alike; told is the median of the rounds.
 */
#ifndef SEMD_BENCH_H
#define SEMD_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { MOST_ROUNDS = 1000 };

enum unit { NANOSECONDS, PER_SECOND };

struct measure {
	const char *name;	/* for programs */
	const char *words;	/* for people */
	enum unit unit;
	int base;		/* which measure it is compared with; its own place: none */
	const char *base_name;	/* what that one is called then */
	double (*take)(void *bench);
	double values[MOST_ROUNDS];
};

/* The middle of the rounds, and the ends; sorts the values. */
struct middle {
	double median, lowest, highest;
};
struct middle measure_middle(struct measure *measure, size_t rounds);

struct settings {
	size_t rounds;
	size_t count;		/* operations in each round */
	size_t in_flight;	/* requests, in what is pipelined */
	size_t waiters;		/* in other lines, where there are many */
	int client_cpu;		/* -1: not pinned */
	int server_cpu;
	bool json;
};

void report(FILE *to, const struct settings *settings, struct measure *measures, size_t count);

/* ---- What is measured ------------------------------------------------------------------------ */

struct semd_client;
struct semd_sem;

struct bench {
	const struct settings *settings;
	const char *daemon_socket;
	int echo;		/* connected to the echo server */
	int wire;		/* connected to the daemon, the semaphore is open as handle 0 */
	uint64_t number;	/* the last request's on `wire` */
	uint64_t seen;		/* the last reply's */
	struct semd_client *client;
	struct semd_sem *sem;
};

void bench_begin(struct bench *bench, const struct settings *settings, const char *daemon_socket,
                 const char *echo_socket);
void bench_end(struct bench *bench);

double bench_echo_round_trip(void *bench);
double bench_wire_round_trip(void *bench);
double bench_library_round_trip(void *bench);
double bench_echo_pipelined(void *bench);
double bench_wire_pipelined(void *bench);
double bench_beside_one(void *bench);
double bench_beside_many(void *bench);
double bench_posix_pair(void *bench);
double bench_sysv_undo_pair(void *bench);

uint64_t bench_clock(void);	/* nanoseconds */

/* An echo server at `path`: a child that sends back what it reads. */
struct process;
void echo_start(struct process *process, const char *path);

#endif
