# Programs started, killed and awaited; used by the tests, the demo and the bench.
noinst_LTLIBRARIES += tests/support/libsupport.la
tests_support_libsupport_la_SOURCES = \
	tests/support/support.h \
	tests/support/support.c \
	tests/support/process.c \
	tests/support/text.h \
	tests/support/stream.h \
	tests/support/raw.h \
	tests/support/raw.c \
	tests/support/daemon.h \
	tests/support/daemon.c \
	tests/support/launch.h
if WINDOWS
tests_support_libsupport_la_SOURCES += \
	tests/support/support_types_windows.h \
	tests/support/wide_windows.h \
	tests/support/support_windows.c \
	tests/support/text_windows.c \
	tests/support/pipe_windows.h \
	tests/support/descriptor_windows.c \
	tests/support/count_windows.c \
	tests/support/command_windows.h \
	tests/support/command_windows.c \
	tests/support/process_windows.h \
	tests/support/process_windows.c \
	tests/support/fork_windows.c \
	tests/support/stream_windows.c \
	tests/support/launch_windows.c
else
tests_support_libsupport_la_SOURCES += \
	tests/support/support_types_unix.h \
	tests/support/support_unix.c \
	tests/support/text_unix.c \
	tests/support/descriptor_unix.c \
	tests/support/process_unix.c \
	tests/support/stream_unix.c \
	tests/support/launch_unix.c
endif
tests_support_libsupport_la_LIBADD = protocol/libprotocol.la
if WINDOWS
tests_support_libsupport_la_LIBADD += -lbcrypt -lntdll
endif

# What Check's programs have in common.
if TESTS_ENABLED
check_LTLIBRARIES += tests/support/libsuite.la
tests_support_libsuite_la_SOURCES = \
	tests/support/suite.h \
	tests/support/suite.c
if !WINDOWS
tests_support_libsuite_la_SOURCES += \
	tests/support/users.h \
	tests/support/users_unix.c
endif
tests_support_libsuite_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_support_libsuite_la_LIBADD = tests/support/libsupport.la $(CHECK_LIBS)
endif
EXTRA_DIST += tests/support/check.sh
