bin_PROGRAMS += semd-cli
semd_cli_SOURCES =
semd_cli_CFLAGS = $(AM_CFLAGS) $(SEMD_PIE_CFLAGS) $(SMARTCOLS_CFLAGS)
semd_cli_LDFLAGS = $(AM_LDFLAGS) $(SEMD_PIE_LDFLAGS)
semd_cli_LDADD = libsemd.la $(SMARTCOLS_LIBS)
dist_man_MANS += client/cli/semd-cli.1
