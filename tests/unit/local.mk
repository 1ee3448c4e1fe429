# tests/unit: one layer by itself.
unit_cflags = $(AM_CFLAGS) $(CHECK_CFLAGS)
unit_libs = tests/support/libsuite.la protocol/libprotocol.la

# Messages compared and made up; golden vectors read from PROTOCOL.md. The fuzz driver uses both.
check_LTLIBRARIES += tests/unit/libmessage.la
tests_unit_libmessage_la_SOURCES = \
	tests/unit/random.h \
	tests/unit/message.h \
	tests/unit/message.c \
	tests/unit/golden.h \
	tests/unit/golden.c
tests_unit_libmessage_la_LIBADD = protocol/libprotocol.la

check_PROGRAMS += tests/unit/test_wire
tests_unit_test_wire_SOURCES = tests/unit/test_wire.c
tests_unit_test_wire_CFLAGS = $(unit_cflags)
tests_unit_test_wire_LDADD = tests/unit/libmessage.la $(unit_libs)
TESTS += tests/unit/test_wire

check_PROGRAMS += tests/unit/test_wire_print
tests_unit_test_wire_print_SOURCES = tests/unit/test_wire_print.c
tests_unit_test_wire_print_CFLAGS = $(unit_cflags)
tests_unit_test_wire_print_LDADD = $(unit_libs)
TESTS += tests/unit/test_wire_print

check_PROGRAMS += tests/unit/test_golden
tests_unit_test_golden_SOURCES = tests/unit/test_golden.c tests/unit/golden_messages.h
tests_unit_test_golden_CFLAGS = $(unit_cflags)
tests_unit_test_golden_LDADD = tests/unit/libmessage.la $(unit_libs)
TESTS += tests/unit/test_golden

# The public header and what the library exports.
TESTS += tests/unit/header.sh
EXTRA_DIST += tests/unit/header.sh
