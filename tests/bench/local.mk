# semd-bench: latency and throughput, compared with a plain echo server.
if WINDOWS
bin_PROGRAMS += semd-bench
else
noinst_PROGRAMS += semd-bench
bin_PROGRAMS += installed/semd-bench
endif
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
semd_bench_LDADD = $(support_libs) $(semd_library)
installed_semd_bench_SOURCES = $(semd_bench_SOURCES)
installed_semd_bench_LDFLAGS = $(installed_ldflags)
installed_semd_bench_LDADD = $(semd_bench_LDADD)
dist_man_MANS += tests/bench/semd-bench.1
