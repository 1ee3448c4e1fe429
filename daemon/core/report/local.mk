daemon_core_libcore_a_SOURCES += \
	daemon/core/report/report.h \
	daemon/core/report/resume.h \
	daemon/core/report/report.c \
	daemon/core/report/report_show.c \
	daemon/core/report/report_clients.c \
	daemon/core/report/report_deadlocks.c \
	daemon/core/report/recent.h \
	daemon/core/report/recent.c \
	daemon/core/report/watch.h \
	daemon/core/report/watch.c \
	daemon/core/report/stats.c
