# semd-bench: latency and throughput beside a plain echo server.
bin_PROGRAMS += semd-bench
semd_bench_SOURCES = \
	tests/bench/bench.h \
	tests/bench/main.c \
	tests/bench/measure.c \
	tests/bench/crowd.c \
	tests/bench/report.c
if WINDOWS
semd_bench_SOURCES += \
	tests/bench/echo_windows.c \
	tests/bench/machine_windows.c \
	tests/bench/reference_windows.c
else
semd_bench_SOURCES += \
	tests/bench/echo_unix.c \
	tests/bench/machine_unix.c \
	tests/bench/reference_unix.c
endif
semd_bench_LDADD = tests/support/libsupport.la libsemd.la
dist_man_MANS += tests/bench/semd-bench.1
EXTRA_DIST += tests/bench/bench.sh
