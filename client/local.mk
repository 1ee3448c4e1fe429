include_HEADERS += client/semd.h
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA = client/libsemd.pc
dist_man_MANS += client/libsemd.3 client/semd-qt.7
EXTRA_DIST += client/libsemd.sym

# libsemd: the objects of client/lib and protocol, exporting only the functions in libsemd.sym.
libsemd_objects = $(client_lib_libclient_a_OBJECTS) $(protocol_libprotocol_a_OBJECTS)
libsemd_link = $(AM_V_CCLD)$(CC) -shared $(CFLAGS) $(SEMD_HARDENING) $(SEMD_HARDENING_LDFLAGS) \
	$(PTHREAD_FLAGS) $(SEMD_SHARED_LDFLAGS) $(LDFLAGS)

# Programs in the build folder use the library there, installed programs the installed one. So on
# Unix each program is linked twice from the same objects. Programs for Windows contain the library.
if WINDOWS
semd_library = libsemd.a
noinst_DATA = $(libsemd_dll)
else
semd_library = libsemd.so
noinst_DATA = libsemd.so
in_place_ldflags = -Wl,-rpath,$(abs_top_builddir) -Wl,--as-needed
installed_ldflags = $(common_ldflags) \
	$(if $(filter $(SEMD_LOADER_FOLDERS),$(libdir)),,-Wl,-rpath,$(libdir))
endif

if STATIC
lib_LIBRARIES += libsemd.a
endif
libsemd_a_SOURCES =
libsemd_a_LIBADD = $(libsemd_objects)
libsemd_a_DEPENDENCIES = $(libsemd_objects)

libsemd_so = libsemd.so.$(SEMD_ABI_FILE)
$(libsemd_so): $(libsemd_objects) client/libsemd.map
	$(libsemd_link) -Wl,-soname,libsemd.so.$(SEMD_ABI) -Wl,--version-script=client/libsemd.map \
		-o $@ $(libsemd_objects) $(LIBS)
libsemd.so: $(libsemd_so)
	$(AM_V_GEN)ln -sf $(libsemd_so) libsemd.so.$(SEMD_ABI) && ln -sf $(libsemd_so) $@
client/libsemd.map: client/libsemd.sym
	$(AM_V_GEN)$(MKDIR_P) client && \
		sed '1s/^/{ global: /; s/$$/;/; $$s/$$/ local: *; };/' \
			$(srcdir)/client/libsemd.sym >$@

libsemd_dll = libsemd-$(SEMD_ABI).dll
$(libsemd_dll): $(libsemd_objects) client/libsemd.def
	$(libsemd_link) -Wl,--out-implib,libsemd.dll.a -o $@ $(libsemd_objects) \
		client/libsemd.def $(LIBS)
libsemd.dll.a: $(libsemd_dll)
client/libsemd.def: client/libsemd.sym
	$(AM_V_GEN)$(MKDIR_P) client && \
		{ echo LIBRARY $(libsemd_dll); echo EXPORTS; cat $(srcdir)/client/libsemd.sym; } >$@
CLEANFILES += client/libsemd.map client/libsemd.def libsemd.so* libsemd-*.dll libsemd.dll.a

if WINDOWS
install-exec-local: $(libsemd_dll)
	$(MKDIR_P) '$(DESTDIR)$(bindir)' '$(DESTDIR)$(libdir)'
	$(INSTALL_PROGRAM) $(libsemd_dll) '$(DESTDIR)$(bindir)'
	$(INSTALL_DATA) libsemd.dll.a '$(DESTDIR)$(libdir)'
uninstall-local:
	rm -f '$(DESTDIR)$(bindir)/$(libsemd_dll)' '$(DESTDIR)$(libdir)/libsemd.dll.a'
else
install-exec-local: libsemd.so
	$(MKDIR_P) '$(DESTDIR)$(libdir)'
	$(INSTALL_PROGRAM) $(libsemd_so) '$(DESTDIR)$(libdir)'
	cd '$(DESTDIR)$(libdir)' && ln -sf $(libsemd_so) libsemd.so.$(SEMD_ABI) && \
		ln -sf $(libsemd_so) libsemd.so
uninstall-local:
	cd '$(DESTDIR)$(libdir)' && rm -f $(libsemd_so) libsemd.so.$(SEMD_ABI) libsemd.so
endif
