# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
EXTRA_DIST += \
	tests/windows/bench.sh \
	tests/windows/skipped \
	tests/windows/deps.sh \
	tests/windows/images.sh \
	tests/windows/skipped.sh \
	tests/windows/many.sh \
	tests/windows/run.sh \
	tests/windows/thirty.sh \
	tests/windows/wine.sh \
	tests/windows/wine_folder.sh \
	tests/windows/zip.sh

windows_programs = \
	tests/windows/access_windows \
	tests/windows/claim_windows \
	tests/windows/heirs_windows \
	tests/windows/knocking_windows \
	tests/windows/quoting_windows \
	tests/windows/told_windows \
	tests/windows/users_windows
if WINDOWS
check_PROGRAMS += $(windows_programs) tests/windows/stub
# thirty.sh is one script of semd-cli's commands for this build and a native one: SEMD_NATIVE_BUILD, or
# made there.
TESTS += $(windows_programs) \
	tests/windows/bench.sh \
	tests/windows/images.sh \
	tests/windows/skipped.sh \
	tests/windows/many.sh \
	tests/windows/run.sh \
	tests/windows/thirty.sh \
	tests/windows/zip.sh
AM_TESTS_ENVIRONMENT += OBJDUMP='$(OBJDUMP)'; export OBJDUMP; SHELL='$(SHELL)'; export SHELL;
endif

# A daemon that goes wrong, and who inherits a pipe.
tests_windows_stub_SOURCES = tests/windows/stub_windows.c

tests_windows_heirs_windows_SOURCES = tests/windows/heirs_windows.c
tests_windows_heirs_windows_CFLAGS = $(system_test_flags)
tests_windows_heirs_windows_LDADD = $(system_test_libs)

windows_test_flags = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_windows_access_windows_SOURCES = tests/windows/access_windows.c
tests_windows_access_windows_CFLAGS = $(windows_test_flags)
tests_windows_access_windows_LDADD = tests/support/libsuite.la
tests_windows_claim_windows_SOURCES = tests/windows/claim_windows.c
tests_windows_claim_windows_CFLAGS = $(windows_test_flags)
tests_windows_claim_windows_LDADD = tests/support/libsuite.la
tests_windows_knocking_windows_SOURCES = tests/windows/knocking_windows.c
tests_windows_knocking_windows_CFLAGS = $(windows_test_flags)
tests_windows_knocking_windows_LDADD = tests/support/libsuite.la
tests_windows_quoting_windows_SOURCES = \
	tests/windows/quoting_windows.c \
	client/cli/os/command_line_windows.c
tests_windows_quoting_windows_CFLAGS = $(windows_test_flags)
tests_windows_quoting_windows_LDADD = tests/support/libsuite.la
tests_windows_told_windows_SOURCES = tests/windows/told_windows.c
tests_windows_told_windows_CFLAGS = $(windows_test_flags)
tests_windows_told_windows_LDADD = tests/support/libsuite.la
tests_windows_users_windows_SOURCES = tests/windows/users_windows.c
tests_windows_users_windows_CFLAGS = $(windows_test_flags) $(UV_CFLAGS)
tests_windows_users_windows_LDADD = daemon/libshell.la tests/support/libsuite.la

# The Wine folder that wine.sh made.
clean-local: clean-wine clean-native
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
clean-native:
	rm -rf native native.log
.PHONY: clean-wine clean-native
