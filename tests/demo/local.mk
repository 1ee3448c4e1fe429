# The demo shows what semd is for, and checks it. Both ./bootstrap demo and make check run it.
check_PROGRAMS += tests/demo/demo
if WINDOWS
trace_platform = tests/demo/trace_windows.c
else
trace_platform = tests/demo/trace_unix.c
endif
tests_demo_demo_SOURCES = \
	tests/demo/demo.h \
	tests/demo/demo.c \
	tests/demo/slots.c \
	tests/demo/ring_story.c \
	tests/demo/files.h \
	tests/demo/files.c \
	tests/demo/squeeze.h \
	tests/demo/squeeze.c \
	tests/demo/trace.h \
	tests/demo/trace.c \
	$(trace_platform)
tests_demo_demo_LDADD = client/examples/libring.a $(support_libs) $(semd_library)
TESTS += tests/demo/demo.sh
EXTRA_DIST += tests/demo/demo.sh
