# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
EXTRA_DIST += \
	tests/windows/skipped \
	tests/windows/skipped.sh \
	tests/windows/wine.sh
windows_programs = \
	tests/windows/access \
	tests/windows/claim \
	tests/windows/told \
	tests/windows/users
if WINDOWS
check_PROGRAMS += $(windows_programs)
TESTS += $(windows_programs) tests/windows/skipped.sh
endif

windows_test_flags = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_windows_access_SOURCES = tests/windows/access.c
tests_windows_access_CFLAGS = $(windows_test_flags)
tests_windows_access_LDADD = tests/support/libsuite.la -lntdll
tests_windows_claim_SOURCES = tests/windows/claim.c
tests_windows_claim_CFLAGS = $(windows_test_flags)
tests_windows_claim_LDADD = tests/support/libsuite.la
tests_windows_told_SOURCES = tests/windows/told.c
tests_windows_told_CFLAGS = $(windows_test_flags)
tests_windows_told_LDADD = tests/support/libsuite.la
tests_windows_users_SOURCES = tests/windows/users.c
tests_windows_users_CFLAGS = $(windows_test_flags) $(UV_CFLAGS)
tests_windows_users_LDADD = daemon/libshell.la tests/support/libsuite.la

# The Wine folder that wine.sh made.
clean-local: clean-wine
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
.PHONY: clean-wine
