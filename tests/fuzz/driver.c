/*
 * driver.c - runs a fuzz target without libFuzzer: on its seeds, then on made-up inputs, the same
 * ones each time.
 *
 *	PROGRAM              in `make check`; $SEMD_FUZZ_RUNS and $SEMD_TEST_SEED choose inputs
 *	PROGRAM FILE…        runs on each file; libFuzzer leaves a file where it found a fault
 *	PROGRAM -w FOLDER    writes the seeds to FOLDER, for libFuzzer to begin with
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/support/amount.h"

enum { MAX_FILE = 1 << 20 };

static uint8_t bytes[FUZZ_ROOM];

/* Copies the input to memory of exactly its size, so that a sanitizer sees a read beyond it. */
static void run(const uint8_t *input, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);
	fuzz_check(copy);
	memcpy(copy, input, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void run_file(const char *path)
{
	static uint8_t read[MAX_FILE];
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	size_t size = fread(read, 1, sizeof(read), file);
	fclose(file);
	run(read, size);
}

static void write_seeds(const char *folder)
{
	const char *name;
	size_t size;
	for (size_t i = 0; fuzz_seed(i, bytes, &size, &name); i++) {
		char path[4096];
		snprintf(path, sizeof(path), "%s/%03zu-%s", folder, i, name);
		FILE *file = fopen(path, "wb");
		if (!file || fwrite(bytes, size, 1, file) != 1) {
			perror(path);
			exit(EXIT_FAILURE);
		}
		fclose(file);
	}
}

static void run_made_up(void)
{
	uint64_t runs = amount("SEMD_FUZZ_RUNS", fuzz_runs / 10, fuzz_runs);
	struct random random = { amount_from("SEMD_TEST_SEED", 1) };
	printf("# SEMD_TEST_SEED=%" PRIu64 " SEMD_FUZZ_RUNS=%" PRIu64 "\n", random.state, runs);
	while (runs-- > 0)
		run(bytes, fuzz_make(&random, bytes));
}

static void run_all(void)
{
	const char *name;
	size_t size;
	puts("1..2");
	fflush(stdout);
	run((const uint8_t *)"", 0);
	for (size_t i = 0; fuzz_seed(i, bytes, &size, &name); i++)
		run(bytes, size);
	puts("ok 1 - seeds");
	fflush(stdout);
	run_made_up();
	puts("ok 2 - made-up inputs");
}

int main(int argc, char **argv)
{
	fuzz_begin();
	if (argc > 1 && strcmp(argv[1], "-w") != 0) {
		for (int i = 1; i < argc; i++)
			run_file(argv[i]);
	} else if (argc == 3) {
		write_seeds(argv[2]);
	} else {
		run_all();
	}
	return EXIT_SUCCESS;
}
