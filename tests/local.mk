# All test programs print TAP; those with Check do so by CK_TAP_LOG_FILE_NAME.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
PY_LOG_DRIVER = $(LOG_DRIVER)
# A program that hangs is ended, with all that it has started, and counts as an error.
test_limit = timeout -k 10 $(TEST_PROGRAM_SECONDS)
if WINDOWS
LOG_COMPILER = $(test_limit) $(SHELL) $(top_srcdir)/tests/windows/wine.sh
else
LOG_COMPILER = $(test_limit)
endif
SH_LOG_COMPILER = $(test_limit) $(SHELL)
PY_LOG_COMPILER = $(test_limit) $(PYTHON3) -B
if SANITIZED
sanitized = yes
sanitized_flags = -DSEMD_SANITIZED -DSEMD_SLOW
else
sanitized = no
sanitized_flags =
endif
# Under sanitizers and Wine a process costs many times as much, so tests start fewer of them. Under
# Wine a request costs more too.
if WINDOWS
sanitized_flags += -DSEMD_SLOW -DSEMD_FEW
endif
AM_TESTS_ENVIRONMENT = \
	CK_TAP_LOG_FILE_NAME=-; export CK_TAP_LOG_FILE_NAME; \
	CK_VERBOSITY=silent; export CK_VERBOSITY; \
	CC='$(CC)'; export CC; \
	CXX='$(CXX)'; export CXX; \
	SEMD_TEST_BUILD='$(abs_top_builddir)'; export SEMD_TEST_BUILD; \
	SEMD_TEST_STEP_SECONDS='$(TEST_STEP_SECONDS)'; export SEMD_TEST_STEP_SECONDS; \
	EXEEXT='$(EXEEXT)'; export EXEEXT; \
	SEMD_TEST_RUN='$(LOG_COMPILER)'; export SEMD_TEST_RUN; \
	SEMD_TEST_SANITIZED='$(sanitized)'; export SEMD_TEST_SANITIZED; \
	SEMD_TEST_SOURCE='$(abs_top_srcdir)'; export SEMD_TEST_SOURCE;

# Runs the tests that find more with more time for longer: see tests/support/amount.h.
check-long:
	SEMD_TEST_LONG=1 $(MAKE) $(AM_MAKEFLAGS) check
.PHONY: check-long

# For .ci/tally: the registered tests, as the names of their result files.
print-results:
	@for log in $(TEST_LOGS); do echo $$log; done | sed 's/log$$/trs/'
.PHONY: print-results

# The libraries of every program without an _LDADD of its own. Each folder sets helper_libs for its
# programs, as a variable of the target.
check_LIBRARIES += tests/support/libsuite.a
tests_support_libsuite_a_SOURCES = \
	tests/support/child.h \
	tests/support/child.c \
	tests/support/suite.h \
	tests/support/suite.c
if !WINDOWS
tests_support_libsuite_a_SOURCES += \
	tests/support/users.h \
	tests/support/users_unix.c
endif
LDADD = $(helper_libs) tests/support/libsuite.a $(support_libs) $(semd_library) $(CHECK_LIBS)
EXTRA_DIST += tests/support/check.sh

# Tests for Unix only, or that need a shell or Python; tests/windows/skipped has the reason for
# each.
unix_programs =
unix_scripts = tests/bench/bench.sh
include tests/unit/local.mk
include tests/model/local.mk
include tests/system/local.mk
include tests/qt/local.mk
include tests/demo/local.mk
include tests/fuzz/local.mk
include tests/windows/local.mk

EXTRA_DIST += $(unix_scripts)
if !WINDOWS
check_PROGRAMS += $(unix_programs)
TESTS += $(unix_programs) $(unix_scripts)
endif
