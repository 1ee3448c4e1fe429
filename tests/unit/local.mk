# tests/unit: tests of one layer by itself. A program is made from the source of the same name
# unless stated otherwise.
engine_tests = \
	tests/unit/test_engine_answers \
	tests/unit/test_deadlock_search \
	tests/unit/test_engine_clients \
	tests/unit/test_engine_clients_pages \
	tests/unit/test_engine_deadlock \
	tests/unit/test_engine_deadlock_report \
	tests/unit/test_engine_end \
	tests/unit/test_engine_kick \
	tests/unit/test_engine_line \
	tests/unit/test_engine_line_memory \
	tests/unit/test_engine_memory \
	tests/unit/test_engine_open \
	tests/unit/test_engine_quota \
	tests/unit/test_engine_report \
	tests/unit/test_engine_rights \
	tests/unit/test_engine_stats \
	tests/unit/test_engine_stuck \
	tests/unit/test_engine_table \
	tests/unit/test_engine_vector \
	tests/unit/test_engine_wait \
	tests/unit/test_engine_watch \
	tests/unit/test_engine_watch_many \
	tests/unit/test_engine_watch_waits
# The library with a daemon, and with a peer that follows a script.
daemon_tests = \
	tests/unit/test_client_daemon \
	tests/unit/test_client_loop \
	tests/unit/test_client_loop_threads \
	tests/unit/test_client_loop_turns
unix_daemon_tests = \
	tests/unit/test_client_descriptor_unix \
	tests/unit/test_client_fork \
	tests/unit/test_client_loop_fork \
	tests/unit/test_client_signals
peer_tests = \
	tests/unit/test_client_loop_edge \
	tests/unit/test_client_loop_peer \
	tests/unit/test_client_loop_room \
	tests/unit/test_client_peer \
	tests/unit/test_client_watch
unix_peer_tests = \
	tests/unit/test_client_interrupted_unix \
	tests/unit/test_client_loop_late_unix
# Internal functions of the library.
inside_tests = \
	tests/unit/test_client \
	tests/unit/test_client_places
inside_peer_tests = \
	tests/unit/test_client_later \
	tests/unit/test_client_session
other_unit_tests = \
	tests/unit/test_array \
	tests/unit/test_golden \
	tests/unit/test_support \
	tests/unit/test_utf8 \
	tests/unit/test_wire \
	tests/unit/test_wire_print
if WINDOWS
both_tests = tests/unit/test_client_handles
endif
unit_tests = $(engine_tests) $(daemon_tests) $(peer_tests) $(inside_tests) $(inside_peer_tests) \
	$(both_tests) $(other_unit_tests)
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
unix_programs += $(unix_daemon_tests) $(unix_peer_tests) \
	tests/unit/test_client_started_unix \
	tests/unit/test_connection_unix \
	tests/unit/test_connection_unread_unix \
	tests/unit/test_pidwatch_unix
# The public header and what the library exports; platforms differ in files of their own only.
unix_scripts += tests/unit/header.sh tests/unit/platform.sh
EXTRA_DIST += tests/unit/alone

# Helpers: random messages, golden vectors, an engine with a listener, a daemon, a scripted peer, a
# loop.
tests_support_libsuite_a_SOURCES += \
	tests/unit/golden.h \
	tests/unit/golden.c \
	tests/unit/golden_messages.h \
	tests/unit/message.h \
	tests/unit/message.c \
	tests/unit/random.h
check_LIBRARIES += tests/unit/libstage.a tests/unit/libwithdaemon.a tests/unit/libscripted.a \
	tests/unit/libloop.a
tests_unit_libstage_a_SOURCES = \
	tests/unit/client_list.h \
	tests/unit/client_list.c \
	tests/unit/deadlock_scene.h \
	tests/unit/deadlock_scene.c \
	tests/unit/scene.h \
	tests/unit/scene.c \
	tests/unit/seen_deadlocks.h \
	tests/unit/seen_deadlocks.c \
	tests/unit/stage.h \
	tests/unit/stage.c \
	tests/unit/stage_show.c \
	tests/unit/watch_scene.h \
	tests/unit/watch_scene.c \
	tests/unit/watcher.h \
	tests/unit/watcher.c
tests_unit_libwithdaemon_a_SOURCES = \
	tests/unit/with_daemon.h \
	tests/unit/with_daemon.c
tests_unit_libscripted_a_SOURCES = \
	tests/unit/later.h \
	tests/unit/later.c \
	tests/unit/peer.h \
	tests/unit/peer.c \
	tests/unit/scripted.h \
	tests/unit/scripted.c
tests_unit_libloop_a_SOURCES = \
	tests/unit/edge.h \
	tests/unit/loop.h \
	tests/unit/loop.c \
	tests/unit/stop.h
if WINDOWS
tests_unit_libscripted_a_SOURCES += tests/unit/peer_windows.c tests/unit/scripted_windows.c
tests_unit_libloop_a_SOURCES += tests/unit/edge_windows.c tests/unit/stop_windows.c
else
tests_unit_libscripted_a_SOURCES += tests/unit/peer_unix.c tests/unit/scripted_unix.c
tests_unit_libloop_a_SOURCES += tests/unit/edge_unix.c tests/unit/stop_unix.c
endif

# The daemon in the test's process, with simulated clients and processes. The fuzzer uses it too.
if !WINDOWS
check_LIBRARIES += tests/unit/libworld.a
endif
tests_unit_libworld_a_SOURCES = \
	tests/unit/connection_scene_unix.h \
	tests/unit/connection_scene_unix.c \
	tests/unit/world_unix.h \
	tests/unit/world_unix.c

engine_libs = tests/unit/libstage.a daemon/core/libcore.a
engine_exes = $(engine_tests:=$(EXEEXT))
$(engine_exes): helper_libs = $(engine_libs)
$(engine_exes): $(engine_libs)
daemon_libs = tests/unit/libloop.a tests/unit/libwithdaemon.a
daemon_exes = $(daemon_tests:=$(EXEEXT)) $(unix_daemon_tests:=$(EXEEXT))
$(daemon_exes): helper_libs = $(daemon_libs)
$(daemon_exes): $(daemon_libs)
peer_libs = tests/unit/libscripted.a tests/unit/libloop.a
peer_exes = $(peer_tests:=$(EXEEXT)) $(unix_peer_tests:=$(EXEEXT))
$(peer_exes): helper_libs = $(peer_libs)
$(peer_exes): $(peer_libs)
both_exes = $(both_tests:=$(EXEEXT))
$(both_exes): helper_libs = $(daemon_libs) tests/unit/libscripted.a
$(both_exes): $(daemon_libs) tests/unit/libscripted.a
inside_exes = $(inside_tests:=$(EXEEXT))
$(inside_exes): helper_libs = client/lib/libclient.a
$(inside_exes): client/lib/libclient.a
inside_peer_exes = $(inside_peer_tests:=$(EXEEXT))
$(inside_peer_exes): helper_libs = tests/unit/libscripted.a client/lib/libclient.a
$(inside_peer_exes): tests/unit/libscripted.a client/lib/libclient.a
shell_exes = tests/unit/test_pidwatch_unix$(EXEEXT) tests/windows/users_windows$(EXEEXT)
$(shell_exes): helper_libs = $(shell_libs)
$(shell_exes): daemon/libshell.a daemon/core/libcore.a
world_exes = tests/unit/test_connection_unix$(EXEEXT) \
	tests/unit/test_connection_unread_unix$(EXEEXT) \
	tests/fuzz/fuzz_shell_unix$(EXEEXT)
$(world_exes): helper_libs = tests/unit/libworld.a $(shell_libs)
$(world_exes): tests/unit/libworld.a daemon/libshell.a daemon/core/libcore.a

tests_unit_test_deadlock_search_SOURCES = \
	tests/unit/deadlock_history.h \
	tests/unit/deadlock_history.c \
	tests/unit/deadlock_search.h \
	tests/unit/deadlock_search.c \
	tests/unit/test_deadlock_search.c
if WINDOWS
tests_unit_test_client_handles_SOURCES = tests/unit/test_client_handles_windows.c
tests_unit_test_client_places_SOURCES = tests/unit/test_client_places_windows.c
# Both tests use the user's only pipe, so they must not run at the same time. A variable hides the
# target from Automake, which would take this line for the rule of the test.
after_places = tests/system/starting.log
$(after_places): tests/unit/test_client_places.log
else
tests_unit_test_client_places_SOURCES = tests/unit/test_client_places_unix.c
endif
tests_unit_test_engine_line_memory_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
tests_unit_test_engine_memory_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=array_grow
