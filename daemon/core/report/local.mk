daemon_core_libcore_la_SOURCES += \
	daemon/core/report/report.h \
	daemon/core/report/finger.h \
	daemon/core/report/report.c \
	daemon/core/report/report_show.c \
	daemon/core/report/report_clients.c \
	daemon/core/report/report_deadlocks.c \
	daemon/core/report/change.h \
	daemon/core/report/change.c \
	daemon/core/report/watch.h \
	daemon/core/report/watch.c \
	daemon/core/report/stats.c
