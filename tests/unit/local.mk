# tests/unit: one layer by itself.
unit_cflags = $(AM_CFLAGS) $(CHECK_CFLAGS)
unit_libs = tests/support/libsuite.la protocol/libprotocol.la

# What tests build on. It starts itself, so there is no wrapper script.
check_PROGRAMS += tests/unit/test_support
tests_unit_test_support_SOURCES = tests/unit/test_support.c
tests_unit_test_support_CFLAGS = $(unit_cflags)
tests_unit_test_support_LDFLAGS = $(AM_LDFLAGS) -no-install
tests_unit_test_support_LDADD = $(unit_libs)
TESTS += tests/unit/test_support

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

check_PROGRAMS += tests/unit/test_utf8
tests_unit_test_utf8_SOURCES = tests/unit/test_utf8.c
tests_unit_test_utf8_CFLAGS = $(unit_cflags)
tests_unit_test_utf8_LDADD = $(unit_libs)
TESTS += tests/unit/test_utf8

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
unix_tests += tests/unit/header.sh
EXTRA_DIST += tests/unit/header.sh

# Platforms differ in files of their own only.
unix_tests += tests/unit/platform.sh
EXTRA_DIST += tests/unit/platform.sh tests/unit/alone

# The engine, with somebody who listens to it.
check_LTLIBRARIES += tests/unit/libstage.la
tests_unit_libstage_la_SOURCES = \
	tests/unit/stage.h \
	tests/unit/stage.c \
	tests/unit/seen_deadlocks.h \
	tests/unit/seen_deadlocks.c \
	tests/unit/scene.h \
	tests/unit/scene.c
tests_unit_libstage_la_CFLAGS = $(unit_cflags)
tests_unit_libstage_la_LIBADD = daemon/core/libcore.la tests/support/libsuite.la

check_PROGRAMS += tests/unit/test_engine_table
tests_unit_test_engine_table_SOURCES = tests/unit/test_engine_table.c
tests_unit_test_engine_table_CFLAGS = $(unit_cflags)
tests_unit_test_engine_table_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_table

check_PROGRAMS += tests/unit/test_engine_end
tests_unit_test_engine_end_SOURCES = tests/unit/test_engine_end.c
tests_unit_test_engine_end_CFLAGS = $(unit_cflags)
tests_unit_test_engine_end_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_end

check_PROGRAMS += tests/unit/test_engine_line
tests_unit_test_engine_line_SOURCES = tests/unit/test_engine_line.c
tests_unit_test_engine_line_CFLAGS = $(unit_cflags)
tests_unit_test_engine_line_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_line

check_PROGRAMS += tests/unit/test_engine_stuck
tests_unit_test_engine_stuck_SOURCES = tests/unit/test_engine_stuck.c
tests_unit_test_engine_stuck_CFLAGS = $(unit_cflags)
tests_unit_test_engine_stuck_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_stuck

check_PROGRAMS += tests/unit/test_engine_vector
tests_unit_test_engine_vector_SOURCES = tests/unit/test_engine_vector.c
tests_unit_test_engine_vector_CFLAGS = $(unit_cflags)
tests_unit_test_engine_vector_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_vector

check_PROGRAMS += tests/unit/test_engine_wait
tests_unit_test_engine_wait_SOURCES = tests/unit/test_engine_wait.c
tests_unit_test_engine_wait_CFLAGS = $(unit_cflags)
tests_unit_test_engine_wait_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_wait

check_PROGRAMS += tests/unit/test_engine_open
tests_unit_test_engine_open_SOURCES = tests/unit/test_engine_open.c
tests_unit_test_engine_open_CFLAGS = $(unit_cflags)
tests_unit_test_engine_open_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_open

check_PROGRAMS += tests/unit/test_engine_rights
tests_unit_test_engine_rights_SOURCES = tests/unit/test_engine_rights.c
tests_unit_test_engine_rights_CFLAGS = $(unit_cflags)
tests_unit_test_engine_rights_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_rights

check_PROGRAMS += tests/unit/test_engine_quota
tests_unit_test_engine_quota_SOURCES = tests/unit/test_engine_quota.c
tests_unit_test_engine_quota_CFLAGS = $(unit_cflags)
tests_unit_test_engine_quota_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_quota

check_PROGRAMS += tests/unit/test_engine_report
tests_unit_test_engine_report_SOURCES = tests/unit/test_engine_report.c
tests_unit_test_engine_report_CFLAGS = $(unit_cflags)
tests_unit_test_engine_report_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_report

check_PROGRAMS += tests/unit/test_engine_kick
tests_unit_test_engine_kick_SOURCES = tests/unit/test_engine_kick.c
tests_unit_test_engine_kick_CFLAGS = $(unit_cflags)
tests_unit_test_engine_kick_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_kick

check_PROGRAMS += tests/unit/test_engine_clients
tests_unit_test_engine_clients_SOURCES = tests/unit/test_engine_clients.c
tests_unit_test_engine_clients_CFLAGS = $(unit_cflags)
tests_unit_test_engine_clients_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_clients

check_PROGRAMS += tests/unit/test_engine_deadlock
tests_unit_test_engine_deadlock_SOURCES = tests/unit/test_engine_deadlock.c
tests_unit_test_engine_deadlock_CFLAGS = $(unit_cflags)
tests_unit_test_engine_deadlock_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_deadlock

check_PROGRAMS += tests/unit/test_deadlock_search
tests_unit_test_deadlock_search_SOURCES = \
	tests/unit/deadlock_search.h \
	tests/unit/deadlock_search.c \
	tests/unit/deadlock_history.h \
	tests/unit/deadlock_history.c \
	tests/unit/test_deadlock_search.c
tests_unit_test_deadlock_search_CFLAGS = $(unit_cflags)
tests_unit_test_deadlock_search_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_deadlock_search

check_LTLIBRARIES += tests/unit/libwatcher.la
tests_unit_libwatcher_la_SOURCES = \
	tests/unit/watcher.h \
	tests/unit/watcher.c \
	tests/unit/watch_scene.h \
	tests/unit/watch_scene.c
tests_unit_libwatcher_la_CFLAGS = $(unit_cflags)
tests_unit_libwatcher_la_LIBADD = tests/unit/libstage.la

check_PROGRAMS += tests/unit/test_engine_watch
tests_unit_test_engine_watch_SOURCES = tests/unit/test_engine_watch.c
tests_unit_test_engine_watch_CFLAGS = $(unit_cflags)
tests_unit_test_engine_watch_LDADD = tests/unit/libwatcher.la
TESTS += tests/unit/test_engine_watch

check_PROGRAMS += tests/unit/test_engine_watch_waits
tests_unit_test_engine_watch_waits_SOURCES = tests/unit/test_engine_watch_waits.c
tests_unit_test_engine_watch_waits_CFLAGS = $(unit_cflags)
tests_unit_test_engine_watch_waits_LDADD = tests/unit/libwatcher.la
TESTS += tests/unit/test_engine_watch_waits

check_PROGRAMS += tests/unit/test_engine_watch_many
tests_unit_test_engine_watch_many_SOURCES = tests/unit/random.h tests/unit/test_engine_watch_many.c
tests_unit_test_engine_watch_many_CFLAGS = $(unit_cflags)
tests_unit_test_engine_watch_many_LDADD = tests/unit/libwatcher.la
TESTS += tests/unit/test_engine_watch_many

check_PROGRAMS += tests/unit/test_engine_stats
tests_unit_test_engine_stats_SOURCES = tests/unit/test_engine_stats.c
tests_unit_test_engine_stats_CFLAGS = $(unit_cflags)
tests_unit_test_engine_stats_LDADD = tests/unit/libstage.la
TESTS += tests/unit/test_engine_stats

# What the daemon makes of the kernel's answers.
if !WINDOWS
check_PROGRAMS += tests/unit/test_pidwatch_unix
endif
tests_unit_test_pidwatch_unix_SOURCES = tests/unit/test_pidwatch_unix.c
tests_unit_test_pidwatch_unix_CFLAGS = $(unit_cflags) $(UV_CFLAGS)
tests_unit_test_pidwatch_unix_LDADD = daemon/libshell.la tests/support/libsuite.la
unix_tests += tests/unit/test_pidwatch_unix

# Where the library finds a daemon, and how it starts one.
check_PROGRAMS += tests/unit/test_client_places
if WINDOWS
tests_unit_test_client_places_SOURCES = tests/unit/test_client_places_windows.c
# Both are about pipes of which there is but one, so one after the other. Automake, which would take this
# for the test's own rule, does not look into a variable.
after_places = tests/system/starting.log
$(after_places): tests/unit/test_client_places.log
else
tests_unit_test_client_places_SOURCES = tests/unit/test_client_places_unix.c
check_PROGRAMS += tests/unit/test_client_started_unix
endif
tests_unit_test_client_places_CFLAGS = $(unit_cflags)
tests_unit_test_client_places_LDADD = client/lib/libclient.la $(unit_libs)
TESTS += tests/unit/test_client_places
tests_unit_test_client_started_unix_SOURCES = tests/unit/test_client_started_unix.c
tests_unit_test_client_started_unix_CFLAGS = $(unit_cflags)
tests_unit_test_client_started_unix_LDADD = libsemd.la $(unit_libs)
unix_tests += tests/unit/test_client_started_unix

# The library: its parts, against a scripted peer, and against a daemon.
check_PROGRAMS += tests/unit/test_client
tests_unit_test_client_SOURCES = tests/unit/test_client.c
tests_unit_test_client_CFLAGS = $(unit_cflags)
tests_unit_test_client_LDADD = client/lib/libclient.la $(unit_libs)
TESTS += tests/unit/test_client

peer_sources = \
	tests/unit/peer.h \
	tests/unit/peer.c
if WINDOWS
peer_sources += tests/unit/peer_windows.c
else
peer_sources += tests/unit/peer_unix.c
endif
check_PROGRAMS += tests/unit/test_client_peer
tests_unit_test_client_peer_SOURCES = tests/unit/test_client_peer.c $(peer_sources)
tests_unit_test_client_peer_CFLAGS = $(unit_cflags)
tests_unit_test_client_peer_LDADD = libsemd.la $(unit_libs)
TESTS += tests/unit/test_client_peer

check_PROGRAMS += tests/unit/test_client_watch
tests_unit_test_client_watch_SOURCES = tests/unit/test_client_watch.c $(peer_sources)
tests_unit_test_client_watch_CFLAGS = $(unit_cflags)
tests_unit_test_client_watch_LDADD = libsemd.la $(unit_libs)
TESTS += tests/unit/test_client_watch

check_LTLIBRARIES += tests/unit/libwithdaemon.la
tests_unit_libwithdaemon_la_SOURCES = tests/unit/with_daemon.h tests/unit/with_daemon.c
tests_unit_libwithdaemon_la_CFLAGS = $(unit_cflags)
tests_unit_libwithdaemon_la_LIBADD = libsemd.la tests/support/libsuite.la

check_PROGRAMS += tests/unit/test_client_daemon
tests_unit_test_client_daemon_SOURCES = tests/unit/test_client_daemon.c
tests_unit_test_client_daemon_CFLAGS = $(unit_cflags)
tests_unit_test_client_daemon_LDADD = tests/unit/libwithdaemon.la $(unit_libs)
TESTS += tests/unit/test_client_daemon

# The part for programs with a loop of their own.
check_LTLIBRARIES += tests/unit/libloop.la
tests_unit_libloop_la_SOURCES = tests/unit/loop.h tests/unit/loop.c
tests_unit_libloop_la_CFLAGS = $(unit_cflags)
tests_unit_libloop_la_LIBADD = libsemd.la tests/support/libsuite.la

edge_sources = tests/unit/edge.h
stop_sources = tests/unit/stop.h
if WINDOWS
edge_sources += tests/unit/edge_windows.c
stop_sources += tests/unit/stop_windows.c
else
edge_sources += tests/unit/edge_unix.c
stop_sources += tests/unit/stop_unix.c
endif
check_PROGRAMS += tests/unit/test_client_loop tests/unit/test_client_loop_turns
tests_unit_test_client_loop_SOURCES = tests/unit/test_client_loop.c
tests_unit_test_client_loop_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_LDADD = tests/unit/libloop.la tests/unit/libwithdaemon.la
tests_unit_test_client_loop_turns_SOURCES = tests/unit/test_client_loop_turns.c $(edge_sources)
tests_unit_test_client_loop_turns_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_turns_LDADD = tests/unit/libloop.la tests/unit/libwithdaemon.la
TESTS += tests/unit/test_client_loop tests/unit/test_client_loop_turns

# With a peer that does what the test says.
scripted_sources = \
	$(peer_sources) \
	tests/unit/scripted.h \
	tests/unit/scripted.c
if WINDOWS
scripted_sources += tests/unit/scripted_windows.c
else
scripted_sources += tests/unit/scripted_unix.c
endif
check_PROGRAMS += tests/unit/test_client_loop_room tests/unit/test_client_loop_peer
tests_unit_test_client_loop_room_SOURCES = tests/unit/test_client_loop_room.c $(scripted_sources)
tests_unit_test_client_loop_room_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_room_LDADD = tests/unit/libloop.la $(unit_libs)
tests_unit_test_client_loop_peer_SOURCES = tests/unit/test_client_loop_peer.c $(scripted_sources)
tests_unit_test_client_loop_peer_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_peer_LDADD = tests/unit/libloop.la $(unit_libs)
TESTS += tests/unit/test_client_loop_room tests/unit/test_client_loop_peer

check_PROGRAMS += tests/unit/test_client_loop_edge
tests_unit_test_client_loop_edge_SOURCES = tests/unit/test_client_loop_edge.c $(scripted_sources) \
	$(edge_sources)
tests_unit_test_client_loop_edge_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_edge_LDADD = tests/unit/libloop.la $(unit_libs)
TESTS += tests/unit/test_client_loop_edge

check_PROGRAMS += tests/unit/test_client_loop_threads
tests_unit_test_client_loop_threads_SOURCES = tests/unit/test_client_loop_threads.c $(stop_sources)
tests_unit_test_client_loop_threads_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_threads_LDADD = tests/unit/libloop.la tests/unit/libwithdaemon.la
TESTS += tests/unit/test_client_loop_threads

# What only Unix has: forks, signals, and a look at threads that wait.
unix_client_tests = \
	tests/unit/test_client_descriptor_unix \
	tests/unit/test_client_fork \
	tests/unit/test_client_loop_fork \
	tests/unit/test_client_signals \
	tests/unit/test_client_interrupted_unix \
	tests/unit/test_client_loop_late_unix
if !WINDOWS
check_PROGRAMS += $(unix_client_tests)
endif
unix_tests += $(unix_client_tests)
tests_unit_test_client_descriptor_unix_SOURCES = tests/unit/test_client_descriptor_unix.c
tests_unit_test_client_descriptor_unix_CFLAGS = $(unit_cflags)
tests_unit_test_client_descriptor_unix_LDADD = tests/unit/libwithdaemon.la $(unit_libs)
tests_unit_test_client_fork_SOURCES = tests/unit/test_client_fork.c
tests_unit_test_client_fork_CFLAGS = $(unit_cflags)
tests_unit_test_client_fork_LDADD = tests/unit/libwithdaemon.la $(unit_libs)
tests_unit_test_client_loop_fork_SOURCES = tests/unit/test_client_loop_fork.c
tests_unit_test_client_loop_fork_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_fork_LDADD = tests/unit/libloop.la tests/unit/libwithdaemon.la
tests_unit_test_client_signals_SOURCES = tests/unit/test_client_signals.c
tests_unit_test_client_signals_CFLAGS = $(unit_cflags)
tests_unit_test_client_signals_LDADD = tests/unit/libloop.la tests/unit/libwithdaemon.la
tests_unit_test_client_interrupted_unix_SOURCES = tests/unit/test_client_interrupted_unix.c \
	$(scripted_sources)
tests_unit_test_client_interrupted_unix_CFLAGS = $(unit_cflags)
tests_unit_test_client_interrupted_unix_LDADD = tests/unit/libloop.la $(unit_libs)
tests_unit_test_client_loop_late_unix_SOURCES = tests/unit/test_client_loop_late_unix.c $(scripted_sources)
tests_unit_test_client_loop_late_unix_CFLAGS = $(unit_cflags)
tests_unit_test_client_loop_late_unix_LDADD = tests/unit/libloop.la $(unit_libs)

# What only Windows has.
if WINDOWS
check_PROGRAMS += tests/unit/test_client_handles
tests_unit_test_client_handles_SOURCES = tests/unit/test_client_handles_windows.c $(peer_sources)
tests_unit_test_client_handles_CFLAGS = $(unit_cflags)
tests_unit_test_client_handles_LDADD = tests/unit/libwithdaemon.la $(unit_libs)
TESTS += tests/unit/test_client_handles
endif
