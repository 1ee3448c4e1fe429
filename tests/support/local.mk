# Starting, killing and awaiting programs, for the tests, the demo and the benchmark.
noinst_LIBRARIES += tests/support/libsupport.a
tests_support_libsupport_a_SOURCES = \
	tests/support/amount.h \
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
tests_support_libsupport_a_SOURCES += \
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
tests_support_libsupport_a_SOURCES += \
	tests/support/support_types_unix.h \
	tests/support/support_unix.c \
	tests/support/text_unix.c \
	tests/support/descriptor_unix.c \
	tests/support/process_unix.c \
	tests/support/stream_unix.c \
	tests/support/launch_unix.c
endif
if WINDOWS
support_system = -lbcrypt -lntdll
endif
support_libs = tests/support/libsupport.a protocol/libprotocol.a $(support_system)
