# The package for Windows: a zip that runs wherever it is unpacked.
EXTRA_DIST += windows/README.txt windows/zip.sh
if WINDOWS
windows_zip = $(PACKAGE)-$(VERSION)-windows-$(SEMD_CPU).zip
CLEANFILES += $(windows_zip)

windows-zip: semd$(EXEEXT) semd-cli$(EXEEXT) $(libsemd_dll) libsemd.a client/libsemd.pc
	$(AM_V_GEN)STRIP='$(STRIP)' LD='$(LD)' AR='$(AR)' SOURCE='$(srcdir)' \
		OBJCOPY="`$(CC) -print-prog-name=objcopy`" \
		LICENSES="`PKG_CONFIG_LIBDIR='$(PKG_CONFIG_LIBDIR)' $(PKG_CONFIG) \
			--variable=prefix libuv`/share/licenses" \
		$(SHELL) $(srcdir)/windows/zip.sh $(windows_zip)
print-windows-zip:
	@echo $(windows_zip)
.PHONY: windows-zip print-windows-zip
endif
