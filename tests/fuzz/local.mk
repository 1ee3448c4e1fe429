# tests/fuzz: each target has a file with LLVMFuzzerTestOneInput; driver.c runs it without
# libFuzzer.
check_PROGRAMS += tests/fuzz/fuzz_wire
tests_fuzz_fuzz_wire_SOURCES = \
	tests/fuzz/fuzz.h \
	tests/fuzz/frames.c \
	tests/fuzz/mutate.h \
	tests/fuzz/mutate.c \
	tests/fuzz/driver.c \
	tests/fuzz/fuzz_wire.c
TESTS += tests/fuzz/fuzz_wire

unix_programs += tests/fuzz/fuzz_shell_unix
tests_fuzz_fuzz_shell_unix_SOURCES = \
	tests/fuzz/driver.c \
	tests/fuzz/fuzz_shell_unix.c \
	tests/fuzz/scripts.c

# `make fuzz` runs libFuzzer for FUZZ_SECONDS, starting from the golden frames and its earlier
# findings. libFuzzer belongs to clang, so its targets are compiled again, with coverage.
FUZZ_CC = clang
FUZZ_FLAGS = -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
FUZZ_SECONDS = 60
fuzz_wire_sources = \
	tests/fuzz/fuzz_wire.c \
	protocol/wire.c \
	protocol/wire_name.c \
	protocol/wire_print.c

fuzz: tests/fuzz/fuzz_wire
	$(MKDIR_P) tests/fuzz/seeds tests/fuzz/corpus
	SEMD_TEST_SOURCE='$(abs_top_srcdir)' tests/fuzz/fuzz_wire -w tests/fuzz/seeds
	cd $(srcdir) && $(FUZZ_CC) -std=gnu11 -g -O1 $(FUZZ_FLAGS) -I. -I'$(abs_builddir)' \
		-o '$(abs_builddir)'/tests/fuzz/fuzz_wire_cov $(fuzz_wire_sources)
	tests/fuzz/fuzz_wire_cov -max_total_time=$(FUZZ_SECONDS) -max_len=4200 \
		-print_final_stats=1 \
		-artifact_prefix=tests/fuzz/ tests/fuzz/corpus tests/fuzz/seeds

clean-local: clean-fuzz
clean-fuzz:
	rm -rf tests/fuzz/seeds tests/fuzz/corpus tests/fuzz/fuzz_wire_cov
.PHONY: fuzz clean-fuzz
