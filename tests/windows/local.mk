# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
EXTRA_DIST += \
	tests/windows/skipped \
	tests/windows/skipped.sh \
	tests/windows/thirty.sh \
	tests/windows/wine.sh \
	tests/windows/wine_folder.sh
if WINDOWS
TESTS += tests/windows/skipped.sh

# One script of semd-cli's commands for this build and a native one: SEMD_NATIVE_BUILD, or made there.
TESTS += tests/windows/thirty.sh

check_PROGRAMS += tests/windows/quoting_windows
tests_windows_quoting_windows_SOURCES = \
	tests/windows/quoting_windows.c \
	client/cli/command_line_windows.c
tests_windows_quoting_windows_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
tests_windows_quoting_windows_LDADD = tests/support/libsuite.la
TESTS += tests/windows/quoting_windows
endif

# The Wine folder that wine.sh made.
clean-local: clean-wine clean-native
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
clean-native:
	rm -rf native native.log
.PHONY: clean-wine clean-native
