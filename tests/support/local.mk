# Programs started, killed and awaited; used by the tests, the demo and the bench.
noinst_LTLIBRARIES += tests/support/libsupport.la
tests_support_libsupport_la_SOURCES = \
	tests/support/support.h \
	tests/support/support.c \
	tests/support/process.c \
	tests/support/stream.h \
	tests/support/raw.h \
	tests/support/raw.c \
	tests/support/daemon.h \
	tests/support/daemon.c \
	tests/support/launch.h
tests_support_libsupport_la_SOURCES += \
	tests/support/support_types_unix.h \
	tests/support/support_unix.c \
	tests/support/descriptor_unix.c \
	tests/support/process_unix.c \
	tests/support/stream_unix.c \
	tests/support/launch_unix.c
tests_support_libsupport_la_LIBADD = protocol/libprotocol.la

# What Check's programs have in common.
if TESTS_ENABLED
check_LTLIBRARIES += tests/support/libsuite.la
tests_support_libsuite_la_SOURCES = \
	tests/support/suite.h \
	tests/support/suite.c \
	tests/support/users.h \
	tests/support/users_unix.c
tests_support_libsuite_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_support_libsuite_la_LIBADD = tests/support/libsupport.la $(CHECK_LIBS)
endif
