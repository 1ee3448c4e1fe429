# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
EXTRA_DIST += \
	tests/windows/skipped \
	tests/windows/skipped.sh \
	tests/windows/wine.sh
if WINDOWS
TESTS += tests/windows/skipped.sh
if TESTS_ENABLED
windows_programs = tests/windows/heirs
check_PROGRAMS += $(windows_programs) tests/windows/stub
TESTS += $(windows_programs)
endif
endif

# For tests/system/starting.
tests_windows_stub_SOURCES = tests/windows/stub.c

tests_windows_heirs_SOURCES = tests/windows/heirs_windows.c
tests_windows_heirs_CFLAGS = $(system_test_flags)
tests_windows_heirs_LDADD = $(system_test_libs)

# The Wine folder that wine.sh made.
clean-local: clean-wine
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
.PHONY: clean-wine
