/*
 * bench.h - the parts of semd-bench: what is measured (measure.c, reference_*.c), against what
 * (echo_*.c), in whose company (crowd.c), on what machine (machine_*.c), and how it is told (report.c).
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

#include "tests/support/support.h"

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
	support_descriptor echo;	/* connected to the echo server */
	support_descriptor wire;	/* connected to the daemon, the semaphore is open as handle 0 */
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

/* An acquire and a release of the kernel's own semaphores, in one process and without contention: for
 * orientation, not for comparison. */
struct reference {
	const char *name;
	const char *words;
	double (*take)(void *bench);
};
extern const struct reference references[];
extern const size_t reference_count;

uint64_t bench_clock(void);	/* nanoseconds */

/* An echo server, a child that sends back what it reads; `address` is to be its own, made from the
 * folder. */
void echo_start(struct process *process, char address[SUPPORT_PATH], const char *folder);

/* ---- The machine ------------------------------------------------------------------------------- */

/* The first that may be used, and the most that there can be. */
int machine_first_cpu(void);
size_t machine_most_cpus(void);

/* 0: this process. */
void machine_pin(pid_t pid, int cpu);

/* Where a folder is not on a disk, which a server might wait for; NULL: no such place is known. */
const char *machine_memory_folder(void);

/* The daemon that lies beside this program, as where it is installed; false if there is none. */
bool machine_find_daemon(char path[SUPPORT_PATH]);

#endif
