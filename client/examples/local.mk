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
	client/examples/ring.c
client_examples_libring_la_LIBADD = libsemd.la

# The same with two different loops.
noinst_PROGRAMS += client/examples/many_poll client/examples/many_uv
many_sources = client/examples/many.h client/examples/many.c
client_examples_many_poll_SOURCES = client/examples/many_poll.c $(many_sources)
client_examples_many_poll_CFLAGS = $(example_cflags)
client_examples_many_poll_LDFLAGS = $(example_ldflags)
client_examples_many_poll_LDADD = libsemd.la

client_examples_many_uv_SOURCES = client/examples/many_uv.c $(many_sources)
client_examples_many_uv_CFLAGS = $(example_cflags) $(UV_CFLAGS)
client_examples_many_uv_LDFLAGS = $(example_ldflags)
client_examples_many_uv_LDADD = libsemd.la $(UV_LIBS)
