# Small real programs that users copy; built with everything else so that they stay true.
example_cflags = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS)
example_ldflags = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)

noinst_PROGRAMS += client/examples/pool client/examples/producer client/examples/consumer
client_examples_pool_SOURCES = client/examples/pool.c
client_examples_pool_CFLAGS = $(example_cflags)
client_examples_pool_LDFLAGS = $(example_ldflags)
client_examples_pool_LDADD = libsemd.la

client_examples_producer_SOURCES = client/examples/producer.c
client_examples_producer_CFLAGS = $(example_cflags)
client_examples_producer_LDFLAGS = $(example_ldflags)
client_examples_producer_LDADD = client/examples/libring.la

client_examples_consumer_SOURCES = client/examples/consumer.c
client_examples_consumer_CFLAGS = $(example_cflags)
client_examples_consumer_LDFLAGS = $(example_ldflags)
client_examples_consumer_LDADD = client/examples/libring.la

# For the two above and for the demo.
noinst_LTLIBRARIES += client/examples/libring.la
client_examples_libring_la_SOURCES = \
	client/examples/point.h \
	client/examples/ring.h \
	client/examples/ring.c \
	client/examples/ring_memory.h
if WINDOWS
client_examples_libring_la_SOURCES += \
	client/examples/point_windows.c \
	client/examples/ring_memory_windows.c
else
client_examples_libring_la_SOURCES += \
	client/examples/point_unix.c \
	client/examples/ring_memory_unix.c
endif
client_examples_libring_la_LIBADD = libsemd.la

# The same with different loops.
many_sources = client/examples/many.h client/examples/many.c
if WINDOWS
noinst_PROGRAMS += client/examples/many_wait
client_examples_many_wait_SOURCES = client/examples/many_wait_windows.c $(many_sources)
client_examples_many_wait_CFLAGS = $(example_cflags)
client_examples_many_wait_LDFLAGS = $(example_ldflags)
client_examples_many_wait_LDADD = libsemd.la
many_watch = client/examples/many_watch.h client/examples/many_watch_windows.c
else
noinst_PROGRAMS += client/examples/many_poll
client_examples_many_poll_SOURCES = client/examples/many_poll_unix.c $(many_sources)
client_examples_many_poll_CFLAGS = $(example_cflags)
client_examples_many_poll_LDFLAGS = $(example_ldflags)
client_examples_many_poll_LDADD = libsemd.la
many_watch = client/examples/many_watch.h client/examples/many_watch_unix.c
endif

noinst_PROGRAMS += client/examples/many_uv
client_examples_many_uv_SOURCES = client/examples/many_uv.c $(many_watch) $(many_sources)
client_examples_many_uv_CFLAGS = $(example_cflags) $(UV_CFLAGS)
client_examples_many_uv_LDFLAGS = $(example_ldflags)
client_examples_many_uv_LDADD = libsemd.la $(UV_LIBS)
