# tests/system

# The units of systemd.
TESTS += tests/system/units.sh
EXTRA_DIST += tests/system/units.sh

# The conversation printed in PROTOCOL.md, with a daemon.
check_PROGRAMS += tests/system/test_conversation
tests_system_test_conversation_SOURCES = tests/system/test_conversation.c
tests_system_test_conversation_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_system_test_conversation_LDADD = tests/unit/libmessage.la tests/support/libsuite.la
TESTS += tests/system/test_conversation
