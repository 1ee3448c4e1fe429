# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
windows_tests = \
	tests/windows/skipped.sh \
	tests/windows/images.sh \
	tests/windows/zip.sh
EXTRA_DIST += $(windows_tests) \
	tests/windows/deps.sh \
	tests/windows/skipped \
	tests/windows/wine.sh
if WINDOWS
TESTS += $(windows_tests)
AM_TESTS_ENVIRONMENT += OBJDUMP='$(OBJDUMP)'; export OBJDUMP; SHELL='$(SHELL)'; export SHELL;
endif

# The Wine folder that wine.sh made.
clean-local: clean-wine
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
.PHONY: clean-wine
