# tests/unit: one layer by itself.
unit_cflags = $(AM_CFLAGS) $(CHECK_CFLAGS)
unit_libs = tests/support/libsuite.la protocol/libprotocol.la

# Messages compared and made up.
check_LTLIBRARIES += tests/unit/libmessage.la
tests_unit_libmessage_la_SOURCES = \
	tests/unit/random.h \
	tests/unit/message.h \
	tests/unit/message.c
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
