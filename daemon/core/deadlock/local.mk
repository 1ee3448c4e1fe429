daemon_core_libcore_la_SOURCES += \
	daemon/core/deadlock/reduce.h \
	daemon/core/deadlock/reduce.c \
	daemon/core/deadlock/reduce_graph.h \
	daemon/core/deadlock/reduce_graph.c \
	daemon/core/deadlock/reduce_split.c \
	daemon/core/deadlock/deadlock.h \
	daemon/core/deadlock/deadlock.c
