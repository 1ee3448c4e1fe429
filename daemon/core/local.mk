noinst_LTLIBRARIES += daemon/core/libcore.la
daemon_core_libcore_la_SOURCES = \
	daemon/core/engine.h
daemon_core_libcore_la_LIBADD = protocol/libprotocol.la
