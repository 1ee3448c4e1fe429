# tests/windows: how the tests of a Windows build are run on another system, and what only it has.
EXTRA_DIST += \
	tests/windows/skipped \
	tests/windows/skipped.sh \
	tests/windows/wine.sh
if WINDOWS
TESTS += tests/windows/skipped.sh
endif

# The Wine folder that wine.sh made.
clean-local: clean-wine
clean-wine:
	$(SHELL) $(srcdir)/tests/windows/wine.sh --end '$(abs_top_builddir)'
.PHONY: clean-wine
