/*
 * bench.h - the parts of semd-bench: the measures (measure.c, reference_*.c), the echo server they
 * are compared with (echo_*.c), other waiters (crowd.c), the machine (machine_*.c) and the report
 * (report.c).
 *
 * Measures are taken in rounds, each measure once a round, so that a slow moment of the machine
 * affects all alike. The report has the median of the rounds.
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
	const char *name;	/* in JSON */
	const char *words;	/* in the report */
	enum unit unit;
	int base;		/* index of the measure it is compared with; its own: none */
	const char *base_name;	/* that measure's name in the comparison */
	double (*take)(void *bench);
	double values[MOST_ROUNDS];
};

/* Median, lowest and highest of the rounds; sorts the values. */
struct middle {
	double median, lowest, highest;
};
struct middle measure_middle(struct measure *measure, size_t rounds);

struct settings {
	size_t rounds;
	size_t count;		/* operations in each round */
	size_t in_flight;	/* requests, if pipelined */
	size_t waiters;		/* in another line, for beside_many */
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
	support_descriptor wire;	/* connected to the daemon; handle 0 is open */
	uint64_t number;	/* of the last request on `wire` */
	uint64_t seen;		/* running number of the last reply */
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

/*
 * An acquire and a release of the kernel's own semaphores, in one process and without contention.
 * They give an order of magnitude and are no fair comparison.
 */
struct reference {
	const char *name;
	const char *words;
	double (*take)(void *bench);
};
extern const struct reference references[];
extern const size_t reference_count;

uint64_t bench_clock(void);	/* nanoseconds */

/*
 * Starts an echo server: a child that sends back what it reads. Its address is made from the
 * folder.
 */
void echo_start(struct process *process, char address[SUPPORT_PATH], const char *folder);

/* ---- The machine ----------------------------------------------------------------------------- */

/* The first CPU that we may use, and the largest possible number of CPUs. */
int machine_first_cpu(void);
size_t machine_most_cpus(void);

/* 0: this process. */
void machine_pin(pid_t pid, int cpu);

/* A place in memory for the folder, so that no server waits for a disk; NULL if none is known. */
const char *machine_memory_folder(void);

/* The daemon in the folder of this program, as after an installation; false if there is none. */
bool machine_find_daemon(char path[SUPPORT_PATH]);

#endif
