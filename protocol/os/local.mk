if WINDOWS
protocol_libprotocol_a_SOURCES += \
	protocol/os/utf16_windows.h \
	protocol/os/utf16_windows.c
endif
