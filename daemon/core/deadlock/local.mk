daemon_core_libcore_a_SOURCES += \
	daemon/core/deadlock/reduce.h \
	daemon/core/deadlock/reduce.c \
	daemon/core/deadlock/graph.h \
	daemon/core/deadlock/graph.c \
	daemon/core/deadlock/split.c \
	daemon/core/deadlock/deadlock.h \
	daemon/core/deadlock/deadlock.c
