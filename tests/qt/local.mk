# The rows of semd-qt(7): each program shows one row, and page.sh compares the page with the
# programs.
qt_rows = \
	tests/qt/key \
	tests/qt/initial \
	tests/qt/open \
	tests/qt/create \
	tests/qt/restart \
	tests/qt/rights \
	tests/qt/acquire \
	tests/qt/try \
	tests/qt/loop \
	tests/qt/release \
	tests/qt/threads \
	tests/qt/crash_acquire \
	tests/qt/crash_release \
	tests/qt/survives \
	tests/qt/last_close \
	tests/qt/destructor \
	tests/qt/looking \
	tests/qt/errors \
	tests/qt/ring_as_qt \
	tests/qt/ring
check_PROGRAMS += $(qt_rows)
TESTS += $(qt_rows)
unix_scripts += tests/qt/page.sh

check_LIBRARIES += tests/qt/librow.a
tests_qt_librow_a_SOURCES = tests/qt/row.h tests/qt/row.c
if WINDOWS
tests_qt_librow_a_SOURCES += tests/qt/row_windows.c
else
tests_qt_librow_a_SOURCES += tests/qt/row_unix.c
endif
row_libs = tests/qt/librow.a client/examples/libring.a
row_exes = $(qt_rows:=$(EXEEXT)) tests/qt/system_semaphore$(EXEEXT)
$(row_exes): helper_libs = $(row_libs)
$(row_exes): $(row_libs)

# The class of client/examples with the interface of QSystemSemaphore. Its other processes run
# closures, which only fork can pass on. It is the only C++ here, so a rule compiles it.
unix_programs += tests/qt/system_semaphore
system_semaphore_objects = \
	client/examples/system_semaphore.$(OBJEXT) \
	tests/qt/system_semaphore.$(OBJEXT)
tests_qt_system_semaphore_SOURCES =
tests_qt_system_semaphore_LDADD = $(system_semaphore_objects) $(LDADD)
tests_qt_system_semaphore_LINK = $(CXX) $(CXXFLAGS) $(common_cflags) $(AM_LDFLAGS) $(LDFLAGS) -o $@
$(system_semaphore_objects): %.$(OBJEXT): %.cpp
	$(AM_V_CC)$(MKDIR_P) $(@D) && \
		$(CXX) $(DEFAULT_INCLUDES) $(INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) \
		-std=c++17 $(SEMD_CXX_WARNINGS) $(common_cflags) $(CXXFLAGS) -c -o $@ $<
EXTRA_DIST += \
	client/examples/system_semaphore.h \
	client/examples/system_semaphore.cpp \
	tests/qt/system_semaphore.cpp
