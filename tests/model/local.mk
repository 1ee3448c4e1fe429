# Random histories against a simple model; the seed is printed, SEMD_SEED and SEMD_HISTORIES choose.
check_PROGRAMS += tests/model/test_model
TESTS += tests/model/test_model
tests_model_test_model_SOURCES = \
	tests/model/apart.h \
	tests/model/drive.c \
	tests/model/drive.h \
	tests/model/drive_calls.c \
	tests/model/drive_deadlocks.c \
	tests/model/history.c \
	tests/model/history.h \
	tests/model/history_print.c \
	tests/model/history_tight.c \
	tests/model/model.c \
	tests/model/model.h \
	tests/model/model_admin.c \
	tests/model/model_apply.c \
	tests/model/model_deadlock.c \
	tests/model/model_line.c \
	tests/model/model_stuck.c \
	tests/model/model_trial.c \
	tests/model/model_trial.h \
	tests/model/report.c \
	tests/model/report.h \
	tests/model/report_clients.c \
	tests/model/report_differs.c \
	tests/model/rules.c \
	tests/model/rules.h \
	tests/model/rules_count.c \
	tests/model/rules_line.c \
	tests/model/rules_line.h \
	tests/model/scenes.c \
	tests/model/scenes.h \
	tests/model/shrink.c \
	tests/model/shrink.h \
	tests/model/test_model.c
model_exe = tests/model/test_model$(EXEEXT)
$(model_exe): helper_libs = daemon/core/libcore.a
$(model_exe): daemon/core/libcore.a
if WINDOWS
tests_model_test_model_SOURCES += tests/model/apart_windows.c
else
tests_model_test_model_SOURCES += tests/model/apart_unix.c
endif

# The same against copies of the engine, each with a planted fault.
unix_scripts += tests/model/faults.sh
AM_TESTS_ENVIRONMENT += SEMD_TEST_CC='$(CC)'; export SEMD_TEST_CC;
