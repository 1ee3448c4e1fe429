noinst_LTLIBRARIES += daemon/core/libcore.la
daemon_core_libcore_la_SOURCES = \
	daemon/core/engine.h \
	daemon/core/engine.c \
	daemon/core/core.h \
	daemon/core/facts.h \
	daemon/core/facts.c \
	daemon/core/hash.h \
	daemon/core/hash.c \
	daemon/core/heap.h \
	daemon/core/heap.c \
	daemon/core/user.h \
	daemon/core/user.c \
	daemon/core/sem.h \
	daemon/core/sem.c \
	daemon/core/hold.h \
	daemon/core/hold.c \
	daemon/core/client.h \
	daemon/core/client.c \
	daemon/core/session.h \
	daemon/core/session.c \
	daemon/core/handle.h \
	daemon/core/handle.c \
	daemon/core/open.c \
	daemon/core/trial.h \
	daemon/core/trial.c \
	daemon/core/oversize.h \
	daemon/core/oversize.c \
	daemon/core/line.h \
	daemon/core/line.c \
	daemon/core/stuck_changes.h \
	daemon/core/stuck_changes.c \
	daemon/core/stuck.h \
	daemon/core/stuck.c \
	daemon/core/waiter.h \
	daemon/core/waiter.c \
	daemon/core/apply.h \
	daemon/core/apply.c \
	daemon/core/serve.h \
	daemon/core/serve.c \
	daemon/core/admin.h \
	daemon/core/admin.c
daemon_core_libcore_la_LIBADD = protocol/libprotocol.la
