# Small real programs for users to copy. They are built with everything else, so that they keep
# working.
example_programs = \
	client/examples/pool \
	client/examples/producer \
	client/examples/consumer \
	client/examples/many_uv
noinst_PROGRAMS += $(example_programs)
client_examples_pool_LDADD = $(semd_library)
ring_libs = client/examples/libring.a $(semd_library)
client_examples_producer_LDADD = $(ring_libs)
client_examples_consumer_LDADD = $(ring_libs)

# The ring, for the two programs above and for the demo.
noinst_LIBRARIES += client/examples/libring.a
client_examples_libring_a_SOURCES = \
	client/examples/point.h \
	client/examples/ring.h \
	client/examples/ring.c \
	client/examples/ring_memory.h
if WINDOWS
client_examples_libring_a_SOURCES += \
	client/examples/point_windows.c \
	client/examples/ring_memory_windows.c
else
client_examples_libring_a_SOURCES += \
	client/examples/point_unix.c \
	client/examples/ring_memory_unix.c
endif

# Waiting for many semaphores at once, with different loops.
many_sources = client/examples/many.h client/examples/many.c
if WINDOWS
noinst_PROGRAMS += client/examples/many_wait
client_examples_many_wait_SOURCES = client/examples/many_wait_windows.c $(many_sources)
client_examples_many_wait_LDADD = $(semd_library)
many_watch = client/examples/many_watch.h client/examples/many_watch_windows.c
else
noinst_PROGRAMS += client/examples/many_poll
client_examples_many_poll_SOURCES = client/examples/many_poll_unix.c $(many_sources)
client_examples_many_poll_LDADD = $(semd_library)
many_watch = client/examples/many_watch.h client/examples/many_watch_unix.c
endif
client_examples_many_uv_SOURCES = client/examples/many_uv.c $(many_watch) $(many_sources)
client_examples_many_uv_LDADD = $(semd_library) $(UV_LIBS)
