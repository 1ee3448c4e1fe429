# tests/windows: scripts that run the tests of a Windows build on another system, and tests for
# Windows alone.
EXTRA_DIST += \
	tests/windows/bench.sh \
	tests/windows/skipped \
	tests/windows/deps.sh \
	tests/windows/images.sh \
	tests/windows/skipped.sh \
	tests/windows/many.sh \
	tests/windows/run.sh \
	tests/windows/like_native.sh \
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
# like_native.sh plays the same commands with this build and with a native one: SEMD_NATIVE_BUILD,
# or a build of its own.
TESTS += $(windows_programs) \
	tests/windows/bench.sh \
	tests/windows/images.sh \
	tests/windows/skipped.sh \
	tests/windows/many.sh \
	tests/windows/run.sh \
	tests/windows/like_native.sh \
	tests/windows/zip.sh
AM_TESTS_ENVIRONMENT += OBJDUMP='$(OBJDUMP)'; export OBJDUMP; SHELL='$(SHELL)'; export SHELL;
endif

# Runs in place of the daemon, for failing starts.
tests_windows_stub_SOURCES = tests/windows/stub_windows.c

quoting_exe = tests/windows/quoting_windows$(EXEEXT)
$(quoting_exe): helper_libs = client/cli/libcli.a
$(quoting_exe): client/cli/libcli.a

# Removes the Wine folder that wine.sh made.
clean-local: clean-wine clean-native
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
clean-native:
	rm -rf native native.log
.PHONY: clean-wine clean-native
