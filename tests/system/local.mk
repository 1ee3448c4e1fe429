# Tests of the running daemon through the library and through raw connections.
system_programs = \
	tests/system/bound \
	tests/system/caps \
	tests/system/cli_text \
	tests/system/clients \
	tests/system/coverage \
	tests/system/deadlocks \
	tests/system/death \
	tests/system/ends \
	tests/system/hostile \
	tests/system/items \
	tests/system/kick \
	tests/system/kills \
	tests/system/leave \
	tests/system/lifetimes \
	tests/system/looking \
	tests/system/messages \
	tests/system/order \
	tests/system/pages \
	tests/system/resize \
	tests/system/running \
	tests/system/scale \
	tests/system/starting \
	tests/system/stuck \
	tests/system/table \
	tests/system/test_conversation \
	tests/system/vectors \
	tests/system/watching
check_PROGRAMS += $(system_programs)
TESTS += $(system_programs)
# Unix only: forks, signals, locks, other users, and the README's comparison with other semaphores.
unix_system_programs = \
	tests/system/crowd_unix \
	tests/system/death_unix \
	tests/system/forks_unix \
	tests/system/pages_unix \
	tests/system/privileged_unix \
	tests/system/quotas_unix \
	tests/system/rights_table_unix \
	tests/system/rights_unix \
	tests/system/running_unix \
	tests/system/signals_unix
unix_programs += $(unix_system_programs) tests/system/compare
unix_scripts += \
	tests/system/activation.sh \
	tests/system/cli_admin.sh \
	tests/system/cli_clients.sh \
	tests/system/cli_deadlocks.sh \
	tests/system/cli_later.sh \
	tests/system/cli_run.sh \
	tests/system/cli_show.sh \
	tests/system/cli_take.sh \
	tests/system/cli_use.sh \
	tests/system/cli_watch.sh \
	tests/system/leak.sh \
	tests/system/many.sh \
	tests/system/readme.sh \
	tests/system/units.sh
EXTRA_DIST += tests/system/cli_common.sh

# Helpers of these tests.
check_LIBRARIES += tests/system/libserved.a
tests_system_libserved_a_SOURCES = \
	tests/system/served.h \
	tests/system/served.c \
	tests/system/client_rows.h \
	tests/system/client_rows.c \
	tests/system/runs.h \
	tests/system/runs.c
if WINDOWS
tests_system_libserved_a_SOURCES += tests/system/served_windows.c
coverage_platform = tests/system/coverage_windows.c
scale_platform = tests/system/scale_windows.c
starting_platform = tests/system/starting_windows.c
else
tests_system_libserved_a_SOURCES += tests/system/served_unix.h tests/system/served_unix.c
coverage_platform = tests/system/coverage_unix.c
scale_platform = tests/system/scale_unix.c
starting_platform = tests/system/starting_unix.c
endif

tests_system_coverage_SOURCES = \
	tests/system/coverage.h \
	tests/system/coverage.c \
	tests/system/coverage_messages.c \
	tests/system/coverage_statuses.c \
	$(coverage_platform)
tests_system_scale_SOURCES = tests/system/scale.h tests/system/scale.c $(scale_platform)
tests_system_starting_SOURCES = tests/system/starting.h tests/system/starting.c $(starting_platform)
tests_system_table_SOURCES = \
	tests/system/table.h \
	tests/system/table.c \
	tests/system/table_set.c \
	tests/system/table_remove.c \
	tests/system/table_close.c
tests_system_rights_unix_SOURCES = \
	tests/system/rights.h \
	tests/system/rights_unix.c \
	tests/system/rights_peer_unix.c \
	tests/system/rights_watch_unix.c \
	tests/system/rights_cli_unix.c \
	tests/system/rights_clients_unix.c

system_exes = $(system_programs:=$(EXEEXT)) $(unix_system_programs:=$(EXEEXT)) \
	tests/windows/heirs_windows$(EXEEXT)
$(system_exes): helper_libs = tests/system/libserved.a
$(system_exes): tests/system/libserved.a
# These call functions of semd-cli itself: printing of text, and the rights of other users.
cli_exes = tests/system/cli_text$(EXEEXT) tests/system/rights_unix$(EXEEXT)
$(cli_exes): helper_libs = tests/system/libserved.a client/cli/libcli.a
$(cli_exes): tests/system/libserved.a client/cli/libcli.a

# Programs that the tests start.
check_PROGRAMS += tests/system/leak_client tests/system/with_daemon tests/system/with_later_daemon \
	tests/system/readme
tests_system_with_daemon_LDADD = $(support_libs)
tests_system_with_later_daemon_LDADD = tests/unit/libscripted.a $(support_libs)
if !WINDOWS
check_PROGRAMS += tests/system/privileged_client
endif
# Contains the library, since it runs where libsemd is not installed.
tests_system_privileged_client_SOURCES = tests/system/privileged_client_unix.c
tests_system_privileged_client_LDADD = client/lib/libclient.a protocol/libprotocol.a

# The README's program in C is extracted and compiled.
nodist_tests_system_readme_SOURCES = tests/system/readme.c
CLEANFILES += tests/system/readme.c
tests/system/readme.c: README.md
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		sed -n '/^```c$$/,/^```$$/{/^```/d;p;}' $(srcdir)/README.md >$@.tmp && mv $@.tmp $@

# "make compare" also runs comparisons that need more packages than semd.
tests_system_compare_SOURCES = \
	tests/system/compare.h \
	tests/system/compare.c \
	tests/system/compare_posix_unix.c \
	tests/system/compare_sysv_unix.c \
	tests/system/compare_flock_unix.c
EXTRA_DIST += tests/system/compare_qt.cpp tests/system/compare_others.sh
compare:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='tests/system/compare tests/system/compare_others.sh'
	cat tests/system/compare.log tests/system/compare_others.log
.PHONY: compare

# Checks PROTOCOL.md with a daemon and a Python client that was written from the document alone.
conformance = tests/system/conformance
unix_scripts += $(conformance)/conformance.py
EXTRA_DIST += \
	$(conformance)/altering.py \
	$(conformance)/document.py \
	$(conformance)/golden.py \
	$(conformance)/harness.py \
	$(conformance)/leaving.py \
	$(conformance)/limits.py \
	$(conformance)/looking.py \
	$(conformance)/malformed.py \
	$(conformance)/opening.py \
	$(conformance)/order.py \
	$(conformance)/processes.py \
	$(conformance)/promises.py \
	$(conformance)/quickstart.py \
	$(conformance)/semd.py \
	$(conformance)/sessions.py \
	$(conformance)/terms.py \
	$(conformance)/watching.py
