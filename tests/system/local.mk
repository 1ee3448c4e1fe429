# Tests of the running daemon through the library and through raw connections.
system_programs = \
	tests/system/death \
	tests/system/leave \
	tests/system/kills \
	tests/system/items \
	tests/system/order \
	tests/system/stuck \
	tests/system/vectors \
	tests/system/lifetimes \
	tests/system/table \
	tests/system/resize \
	tests/system/looking \
	tests/system/clients \
	tests/system/pages \
	tests/system/deadlocks \
	tests/system/kick \
	tests/system/watching \
	tests/system/bound \
	tests/system/caps \
	tests/system/hostile \
	tests/system/running \
	tests/system/starting \
	tests/system/coverage \
	tests/system/scale
# What there is on Unix only: forks, signals, locks, other users.
unix_system_programs = \
	tests/system/death_unix \
	tests/system/forks_unix \
	tests/system/signals_unix \
	tests/system/crowd_unix \
	tests/system/quotas_unix \
	tests/system/rights_unix \
	tests/system/rights_table_unix \
	tests/system/pages_unix \
	tests/system/running_unix \
	tests/system/privileged_unix
if WINDOWS
served_platform = tests/system/served_windows.c
coverage_platform = tests/system/coverage_windows.c
scale_platform = tests/system/scale_windows.c
starting_platform = tests/system/starting_windows.c
else
served_platform = tests/system/served_unix.h tests/system/served_unix.c
coverage_platform = tests/system/coverage_unix.c
scale_platform = tests/system/scale_unix.c
starting_platform = tests/system/starting_unix.c
check_PROGRAMS += $(unix_system_programs) tests/system/privileged_client
endif
check_PROGRAMS += $(system_programs) tests/system/leak_client tests/system/with_daemon
TESTS += $(system_programs)
unix_tests += $(unix_system_programs) tests/system/leak.sh
EXTRA_DIST += tests/system/leak.sh

check_LTLIBRARIES += tests/system/libserved.la
tests_system_libserved_la_SOURCES = \
	tests/system/served.h \
	tests/system/served.c \
	tests/system/client_rows.h \
	tests/system/client_rows.c \
	tests/system/runs.h \
	tests/system/runs.c \
	$(served_platform)
tests_system_libserved_la_CFLAGS = $(system_test_flags)
tests_system_libserved_la_LIBADD = tests/support/libsuite.la libsemd.la

system_test_flags = $(AM_CFLAGS) $(CHECK_CFLAGS) $(sanitized_flags)
# No wrapper scripts, so that a debugger and valgrind see the program itself.
system_test_link = $(AM_LDFLAGS) -no-install
system_test_libs = tests/system/libserved.la

tests_system_death_SOURCES = tests/system/death.c
tests_system_death_CFLAGS = $(system_test_flags)
tests_system_death_LDFLAGS = $(system_test_link)
tests_system_death_LDADD = $(system_test_libs)

tests_system_death_unix_SOURCES = tests/system/death_unix.c
tests_system_death_unix_CFLAGS = $(system_test_flags)
tests_system_death_unix_LDFLAGS = $(system_test_link)
tests_system_death_unix_LDADD = $(system_test_libs)

tests_system_leave_SOURCES = tests/system/leave.c
tests_system_leave_CFLAGS = $(system_test_flags)
tests_system_leave_LDFLAGS = $(system_test_link)
tests_system_leave_LDADD = $(system_test_libs)

tests_system_kills_SOURCES = tests/system/kills.c
tests_system_kills_CFLAGS = $(system_test_flags)
tests_system_kills_LDFLAGS = $(system_test_link)
tests_system_kills_LDADD = $(system_test_libs)

tests_system_items_SOURCES = tests/system/items.c
tests_system_items_CFLAGS = $(system_test_flags)
tests_system_items_LDFLAGS = $(system_test_link)
tests_system_items_LDADD = $(system_test_libs)

tests_system_order_SOURCES = tests/system/order.c
tests_system_order_CFLAGS = $(system_test_flags)
tests_system_order_LDFLAGS = $(system_test_link)
tests_system_order_LDADD = $(system_test_libs)

tests_system_stuck_SOURCES = tests/system/stuck.c
tests_system_stuck_CFLAGS = $(system_test_flags)
tests_system_stuck_LDFLAGS = $(system_test_link)
tests_system_stuck_LDADD = $(system_test_libs)

tests_system_vectors_SOURCES = tests/system/vectors.c
tests_system_vectors_CFLAGS = $(system_test_flags)
tests_system_vectors_LDFLAGS = $(system_test_link)
tests_system_vectors_LDADD = $(system_test_libs)

tests_system_lifetimes_SOURCES = tests/system/lifetimes.c
tests_system_lifetimes_CFLAGS = $(system_test_flags)
tests_system_lifetimes_LDFLAGS = $(system_test_link)
tests_system_lifetimes_LDADD = $(system_test_libs)

tests_system_table_SOURCES = \
	tests/system/table.h \
	tests/system/table.c \
	tests/system/table_set.c \
	tests/system/table_remove.c \
	tests/system/table_close.c
tests_system_table_CFLAGS = $(system_test_flags)
tests_system_table_LDFLAGS = $(system_test_link)
tests_system_table_LDADD = $(system_test_libs)

tests_system_resize_SOURCES = tests/system/resize.c
tests_system_resize_CFLAGS = $(system_test_flags)
tests_system_resize_LDFLAGS = $(system_test_link)
tests_system_resize_LDADD = $(system_test_libs)

tests_system_looking_SOURCES = tests/system/looking.c
tests_system_looking_CFLAGS = $(system_test_flags)
tests_system_looking_LDFLAGS = $(system_test_link)
tests_system_looking_LDADD = $(system_test_libs)

tests_system_deadlocks_SOURCES = tests/system/deadlocks.c
tests_system_deadlocks_CFLAGS = $(system_test_flags)
tests_system_deadlocks_LDFLAGS = $(system_test_link)
tests_system_deadlocks_LDADD = $(system_test_libs)

tests_system_clients_SOURCES = tests/system/clients.c
tests_system_clients_CFLAGS = $(system_test_flags)
tests_system_clients_LDFLAGS = $(system_test_link)
tests_system_clients_LDADD = $(system_test_libs)

tests_system_pages_SOURCES = tests/system/pages.c
tests_system_pages_CFLAGS = $(system_test_flags)
tests_system_pages_LDFLAGS = $(system_test_link)
tests_system_pages_LDADD = $(system_test_libs)

tests_system_pages_unix_SOURCES = tests/system/pages_unix.c
tests_system_pages_unix_CFLAGS = $(system_test_flags)
tests_system_pages_unix_LDFLAGS = $(system_test_link)
tests_system_pages_unix_LDADD = $(system_test_libs)

tests_system_kick_SOURCES = tests/system/kick.c
tests_system_kick_CFLAGS = $(system_test_flags)
tests_system_kick_LDFLAGS = $(system_test_link)
tests_system_kick_LDADD = $(system_test_libs)

tests_system_watching_SOURCES = tests/system/watching.c
tests_system_watching_CFLAGS = $(system_test_flags)
tests_system_watching_LDFLAGS = $(system_test_link)
tests_system_watching_LDADD = $(system_test_libs)

tests_system_bound_SOURCES = tests/system/bound.c
tests_system_bound_CFLAGS = $(system_test_flags)
tests_system_bound_LDFLAGS = $(system_test_link)
tests_system_bound_LDADD = $(system_test_libs)

tests_system_forks_unix_SOURCES = tests/system/forks_unix.c
tests_system_forks_unix_CFLAGS = $(system_test_flags)
tests_system_forks_unix_LDFLAGS = $(system_test_link)
tests_system_forks_unix_LDADD = $(system_test_libs)

tests_system_signals_unix_SOURCES = tests/system/signals_unix.c
tests_system_signals_unix_CFLAGS = $(system_test_flags)
tests_system_signals_unix_LDFLAGS = $(system_test_link)
tests_system_signals_unix_LDADD = $(system_test_libs)

tests_system_caps_SOURCES = tests/system/caps.c
tests_system_caps_CFLAGS = $(system_test_flags)
tests_system_caps_LDFLAGS = $(system_test_link)
tests_system_caps_LDADD = $(system_test_libs)

tests_system_crowd_unix_SOURCES = tests/system/crowd_unix.c
tests_system_crowd_unix_CFLAGS = $(system_test_flags)
tests_system_crowd_unix_LDFLAGS = $(system_test_link)
tests_system_crowd_unix_LDADD = $(system_test_libs)

tests_system_quotas_unix_SOURCES = tests/system/quotas_unix.c
tests_system_quotas_unix_CFLAGS = $(system_test_flags)
tests_system_quotas_unix_LDFLAGS = $(system_test_link)
tests_system_quotas_unix_LDADD = $(system_test_libs)

tests_system_rights_unix_SOURCES = \
	tests/system/rights.h \
	tests/system/rights_unix.c \
	tests/system/rights_peer_unix.c \
	tests/system/rights_watch_unix.c \
	tests/system/rights_cli_unix.c \
	tests/system/rights_clients_unix.c \
	client/cli/admin.c \
	client/cli/connect.c \
	client/cli/errors.c \
	client/cli/numbers.c \
	client/cli/os/process_unix.c
tests_system_rights_unix_CFLAGS = $(system_test_flags)
tests_system_rights_unix_LDFLAGS = $(system_test_link)
tests_system_rights_unix_LDADD = $(system_test_libs)

tests_system_rights_table_unix_SOURCES = tests/system/rights_table_unix.c
tests_system_rights_table_unix_CFLAGS = $(system_test_flags)
tests_system_rights_table_unix_LDFLAGS = $(system_test_link)
tests_system_rights_table_unix_LDADD = $(system_test_libs)

tests_system_hostile_SOURCES = tests/system/hostile.c
tests_system_hostile_CFLAGS = $(system_test_flags)
tests_system_hostile_LDFLAGS = $(system_test_link)
tests_system_hostile_LDADD = $(system_test_libs)

tests_system_running_SOURCES = tests/system/running.c
tests_system_running_CFLAGS = $(system_test_flags)
tests_system_running_LDFLAGS = $(system_test_link)
tests_system_running_LDADD = $(system_test_libs)

tests_system_running_unix_SOURCES = tests/system/running_unix.c
tests_system_running_unix_CFLAGS = $(system_test_flags)
tests_system_running_unix_LDFLAGS = $(system_test_link)
tests_system_running_unix_LDADD = $(system_test_libs)

tests_system_starting_SOURCES = tests/system/starting.h tests/system/starting.c $(starting_platform)
tests_system_starting_CFLAGS = $(system_test_flags)
tests_system_starting_LDFLAGS = $(system_test_link)
tests_system_starting_LDADD = $(system_test_libs)

tests_system_privileged_unix_SOURCES = tests/system/privileged_unix.c
tests_system_privileged_unix_CFLAGS = $(system_test_flags)
tests_system_privileged_unix_LDFLAGS = $(system_test_link)
tests_system_privileged_unix_LDADD = $(system_test_libs)

# With the library in it, since it runs where there is none.
tests_system_privileged_client_SOURCES = tests/system/privileged_client_unix.c
tests_system_privileged_client_LDADD = client/lib/libclient.la

tests_system_coverage_SOURCES = \
	tests/system/coverage.h \
	tests/system/coverage.c \
	tests/system/coverage_messages.c \
	tests/system/coverage_statuses.c \
	$(coverage_platform)
tests_system_coverage_CFLAGS = $(system_test_flags)
tests_system_coverage_LDFLAGS = $(system_test_link)
tests_system_coverage_LDADD = $(system_test_libs)

tests_system_scale_SOURCES = tests/system/scale.h tests/system/scale.c $(scale_platform)
tests_system_scale_CFLAGS = $(system_test_flags)
tests_system_scale_LDFLAGS = $(system_test_link)
tests_system_scale_LDADD = $(system_test_libs)

tests_system_leak_client_SOURCES = tests/system/leak_client.c
tests_system_leak_client_LDFLAGS = $(system_test_link)
tests_system_leak_client_LDADD = libsemd.la

tests_system_with_daemon_SOURCES = tests/system/with_daemon.c
tests_system_with_daemon_LDADD = tests/support/libsupport.la

# The units of systemd.
unix_tests += tests/system/units.sh
EXTRA_DIST += tests/system/units.sh

# The README's comparison. "make compare" also runs what needs packages that semd does not.
if !WINDOWS
check_PROGRAMS += tests/system/compare
endif
tests_system_compare_SOURCES = \
	tests/system/compare.h \
	tests/system/compare.c \
	tests/system/compare_posix_unix.c \
	tests/system/compare_sysv_unix.c \
	tests/system/compare_flock_unix.c
tests_system_compare_LDADD = tests/support/libsupport.la libsemd.la
unix_tests += tests/system/compare tests/system/activation.sh
EXTRA_DIST += tests/system/activation.sh
EXTRA_DIST += tests/system/compare_qt.cpp tests/system/compare_others.sh
compare:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='tests/system/compare tests/system/compare_others.sh'
	cat tests/system/compare.log tests/system/compare_others.log
.PHONY: compare

# The conversation printed in PROTOCOL.md, with a daemon.
check_PROGRAMS += tests/system/test_conversation
tests_system_test_conversation_SOURCES = tests/system/test_conversation.c
tests_system_test_conversation_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_system_test_conversation_LDADD = tests/unit/libmessage.la tests/support/libsuite.la
TESTS += tests/system/test_conversation

# All that PROTOCOL.md says, with a daemon, asked by a client in Python that was written from it alone.
conformance = tests/system/conformance
unix_tests += $(conformance)/conformance.py
EXTRA_DIST += \
	$(conformance)/altering.py \
	$(conformance)/conformance.py \
	$(conformance)/document.py \
	$(conformance)/golden.py \
	$(conformance)/harness.py \
	$(conformance)/leaving.py \
	$(conformance)/limits.py \
	$(conformance)/looking.py \
	$(conformance)/malformed.py \
	$(conformance)/opening.py \
	$(conformance)/processes.py \
	$(conformance)/promises.py \
	$(conformance)/semd.py \
	$(conformance)/sessions.py \
	$(conformance)/terms.py \
	$(conformance)/watching.py

# semd-cli, by scripts.
cli_tests = \
	tests/system/cli_use.sh \
	tests/system/cli_run.sh \
	tests/system/cli_take.sh \
	tests/system/cli_show.sh \
	tests/system/cli_deadlocks.sh \
	tests/system/cli_clients.sh \
	tests/system/cli_watch.sh \
	tests/system/cli_admin.sh
unix_tests += $(cli_tests)
EXTRA_DIST += $(cli_tests) tests/system/cli_common.sh

# The examples that wait for many at once.
unix_tests += tests/system/many.sh
EXTRA_DIST += tests/system/many.sh

# What it makes of text, by itself.
check_PROGRAMS += tests/system/cli_text
tests_system_cli_text_SOURCES = \
	tests/system/cli_text.c \
	client/cli/print/buffer.c \
	client/cli/errors.c \
	client/cli/print/json.c \
	client/cli/names.c \
	client/cli/numbers.c \
	client/cli/print/printable.c \
	client/cli/words.c
if WINDOWS
tests_system_cli_text_SOURCES += client/cli/os/pattern_windows.c
else
tests_system_cli_text_SOURCES += client/cli/os/pattern_unix.c
endif
tests_system_cli_text_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_system_cli_text_LDADD = tests/support/libsuite.la protocol/libprotocol.la libsemd.la
TESTS += tests/system/cli_text

# The README's examples. Its program in C is taken out of it and compiled.
check_PROGRAMS += tests/system/readme
nodist_tests_system_readme_SOURCES = tests/system/readme.c
tests_system_readme_LDADD = libsemd.la
CLEANFILES += tests/system/readme.c
unix_tests += tests/system/readme.sh
EXTRA_DIST += tests/system/readme.sh
tests/system/readme.c: README.md
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		sed -n '/^```c$$/,/^```$$/{/^```/d;p;}' $(srcdir)/README.md >$@.tmp && mv $@.tmp $@
