# tests/system

# The units of systemd.
TESTS += tests/system/units.sh
EXTRA_DIST += tests/system/units.sh

# The README's comparison. "make compare" also runs what needs packages that semd does not.
check_PROGRAMS += tests/system/compare
tests_system_compare_SOURCES = \
	tests/system/compare.h \
	tests/system/compare.c \
	tests/system/compare_posix.c \
	tests/system/compare_sysv.c \
	tests/system/compare_flock.c
tests_system_compare_LDADD = tests/support/libsupport.la libsemd.la
TESTS += tests/system/compare
EXTRA_DIST += tests/system/compare_qt.cpp tests/system/compare_others.sh
compare:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='tests/system/compare tests/system/compare_others.sh'
	cat tests/system/compare.log tests/system/compare_others.log
.PHONY: compare
