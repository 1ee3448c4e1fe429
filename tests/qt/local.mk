# What semd-qt(7) says, row by row: each program shows one, and page.sh ties the page to them.
qt_rows = \
	tests/qt/key \
	tests/qt/initial \
	tests/qt/open \
	tests/qt/create \
	tests/qt/restart \
	tests/qt/rights \
	tests/qt/acquire \
	tests/qt/try \
	tests/qt/loop \
	tests/qt/release \
	tests/qt/threads \
	tests/qt/crash_acquire \
	tests/qt/crash_release \
	tests/qt/survives \
	tests/qt/last_close \
	tests/qt/destructor \
	tests/qt/looking \
	tests/qt/errors \
	tests/qt/ring_as_qt \
	tests/qt/ring
check_PROGRAMS += $(qt_rows)
TESTS += $(qt_rows)
unix_tests += tests/qt/page.sh
EXTRA_DIST += tests/qt/page.sh

check_LTLIBRARIES += tests/qt/librow.la
if WINDOWS
row_platform = tests/qt/row_windows.c
else
row_platform = tests/qt/row_unix.c
endif
tests_qt_librow_la_SOURCES = tests/qt/row.h tests/qt/row.c $(row_platform)
tests_qt_librow_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_qt_librow_la_LIBADD = tests/support/libsuite.la libsemd.la

tests_qt_key_SOURCES = tests/qt/key.c
tests_qt_key_LDADD = tests/qt/librow.la
tests_qt_initial_SOURCES = tests/qt/initial.c
tests_qt_initial_LDADD = tests/qt/librow.la
tests_qt_open_SOURCES = tests/qt/open.c
tests_qt_open_LDADD = tests/qt/librow.la
tests_qt_create_SOURCES = tests/qt/create.c
tests_qt_create_LDADD = tests/qt/librow.la
tests_qt_restart_SOURCES = tests/qt/restart.c
tests_qt_restart_LDADD = tests/qt/librow.la
tests_qt_rights_SOURCES = tests/qt/rights.c
tests_qt_rights_LDADD = tests/qt/librow.la
tests_qt_acquire_SOURCES = tests/qt/acquire.c
tests_qt_acquire_LDADD = tests/qt/librow.la
tests_qt_try_SOURCES = tests/qt/try.c
tests_qt_try_LDADD = tests/qt/librow.la
tests_qt_loop_SOURCES = tests/qt/loop.c
tests_qt_loop_LDADD = tests/qt/librow.la
tests_qt_release_SOURCES = tests/qt/release.c
tests_qt_release_LDADD = tests/qt/librow.la
tests_qt_threads_SOURCES = tests/qt/threads.c
tests_qt_threads_LDADD = tests/qt/librow.la
tests_qt_crash_acquire_SOURCES = tests/qt/crash_acquire.c
tests_qt_crash_acquire_LDADD = tests/qt/librow.la
tests_qt_crash_release_SOURCES = tests/qt/crash_release.c
tests_qt_crash_release_LDADD = tests/qt/librow.la
tests_qt_survives_SOURCES = tests/qt/survives.c
tests_qt_survives_LDADD = tests/qt/librow.la
tests_qt_last_close_SOURCES = tests/qt/last_close.c
tests_qt_last_close_LDADD = tests/qt/librow.la
tests_qt_destructor_SOURCES = tests/qt/destructor.c
tests_qt_destructor_LDADD = tests/qt/librow.la
tests_qt_looking_SOURCES = tests/qt/looking.c
tests_qt_looking_LDADD = tests/qt/librow.la
tests_qt_errors_SOURCES = tests/qt/errors.c
tests_qt_errors_LDADD = tests/qt/librow.la
tests_qt_ring_as_qt_SOURCES = tests/qt/ring_as_qt.c
tests_qt_ring_as_qt_LDADD = tests/qt/librow.la client/examples/libring.la
tests_qt_ring_SOURCES = tests/qt/ring.c
tests_qt_ring_CFLAGS = $(AM_CFLAGS) $(sanitized_flags)
tests_qt_ring_LDADD = tests/qt/librow.la client/examples/libring.la

# The class of client/examples with the interface of QSystemSemaphore. What its other processes do are
# closures, which only a fork can hand on.
if !WINDOWS
check_PROGRAMS += tests/qt/system_semaphore
endif
unix_tests += tests/qt/system_semaphore
tests_qt_system_semaphore_SOURCES = \
	client/examples/system_semaphore.h \
	client/examples/system_semaphore.cpp \
	tests/qt/system_semaphore.cpp
tests_qt_system_semaphore_LDADD = tests/qt/librow.la
