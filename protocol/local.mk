noinst_LIBRARIES += protocol/libprotocol.a
protocol_libprotocol_a_SOURCES = \
	protocol/array.h \
	protocol/array.c \
	protocol/utf8.h \
	protocol/utf8.c \
	protocol/schema.h \
	protocol/wire.h \
	protocol/wire_field.h \
	protocol/wire.c \
	protocol/wire_name.c \
	protocol/wire_print.c
EXTRA_DIST += protocol/PROTOCOL.md
