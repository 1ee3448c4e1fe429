/*
 * driver.c - runs a fuzz target without libFuzzer: on the golden frames, then on so many mutations of
 * them; the same ones each time.
 *
 *	PROGRAM              in `make check`; $SEMD_FUZZ_RUNS and $SEMD_TEST_SEED change what is tried
 *	PROGRAM FILE…        on each file, as libFuzzer leaves one where it found something
 *	PROGRAM -w FOLDER    writes the golden frames there, for libFuzzer to begin with
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/mutate.h"
#include "tests/support/amount.h"

enum { RUNS = 200000, MAX_FILE = 1 << 20 };

static struct golden golden;

/* In memory of exactly that size, so that a sanitizer sees what is read beyond it. */
static void run(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);
	fuzz_check(copy != NULL);
	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void run_file(const char *path)
{
	static uint8_t bytes[MAX_FILE];
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	size_t size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	run(bytes, size);
}

static void write_frames(const char *folder)
{
	for (size_t i = 0; i < golden.count; i++) {
		char path[4096];
		snprintf(path, sizeof(path), "%s/%03zu-%s", folder, i, golden.frames[i].name);
		FILE *file = fopen(path, "wb");
		if (!file || fwrite(golden.frames[i].bytes, golden.frames[i].size, 1, file) != 1) {
			perror(path);
			exit(EXIT_FAILURE);
		}
		fclose(file);
	}
}

static void run_mutations(void)
{
	uint8_t bytes[MUTATE_ROOM];
	uint64_t runs = amount("SEMD_FUZZ_RUNS", RUNS / 10, RUNS);
	struct random random = { amount_from("SEMD_TEST_SEED", 1) };
	printf("# SEMD_TEST_SEED=%" PRIu64 " SEMD_FUZZ_RUNS=%" PRIu64 "\n", random.state, runs);
	while (runs-- > 0)
		run(bytes, mutate(&random, &golden, bytes));
}

static void run_all(void)
{
	puts("1..2");
	fflush(stdout);
	run((const uint8_t *)"", 0);
	for (size_t i = 0; i < golden.count; i++)
		run(golden.frames[i].bytes, golden.frames[i].size);
	puts("ok 1 - golden frames");
	fflush(stdout);
	run_mutations();
	puts("ok 2 - mutations");
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "-w") != 0) {
		for (int i = 1; i < argc; i++)
			run_file(argv[i]);
		return EXIT_SUCCESS;
	}
	golden_read(&golden);
	if (argc == 3)
		write_frames(argv[2]);
	else
		run_all();
	return EXIT_SUCCESS;
}
