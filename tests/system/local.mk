# tests/system

# The units of systemd.
TESTS += tests/system/units.sh
EXTRA_DIST += tests/system/units.sh

# semd-cli, by scripts.
cli_tests = \
	tests/system/cli_use.sh \
	tests/system/cli_run.sh \
	tests/system/cli_take.sh \
	tests/system/cli_show.sh \
	tests/system/cli_admin.sh
TESTS += $(cli_tests)
EXTRA_DIST += $(cli_tests) tests/system/cli_common.sh

# Their daemon.
check_PROGRAMS += tests/system/with_daemon
tests_system_with_daemon_SOURCES = tests/system/with_daemon.c
tests_system_with_daemon_LDADD = tests/support/libsupport.la
