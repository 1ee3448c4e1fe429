daemon_libshell_a_SOURCES += \
	daemon/requests/dispatch.c \
	daemon/requests/dispatch.h \
	daemon/requests/on_bind.c \
	daemon/requests/on_report.c \
	daemon/requests/on_semaphore.c \
	daemon/requests/on_session.c \
	daemon/requests/on_stats.c \
	daemon/requests/on_watch.c \
	daemon/requests/requests.h \
	daemon/requests/send_rows.c \
	daemon/requests/send_rows.h \
	daemon/requests/on_watch.h
