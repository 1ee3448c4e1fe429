# The units to install: the system's daemon and each user's, both started by their sockets. No
# sysusers or tmpfiles are needed, since the system's daemon runs as a dynamic user and keeps no
# files.
if HAVE_SYSTEMD
dist_systemdsystemunit_DATA = systemd/semd.socket
nodist_systemdsystemunit_DATA = systemd/semd.service
dist_systemduserunit_DATA = systemd/user/semd.socket
nodist_systemduserunit_DATA = systemd/user/semd.service
endif
units = systemd/semd.service systemd/user/semd.service
EXTRA_DIST += systemd/semd.service.in systemd/user/semd.service.in
CLEANFILES += $(units)

systemd/semd.service: systemd/semd.service.in Makefile
systemd/user/semd.service: systemd/user/semd.service.in Makefile
$(units):
	$(AM_V_GEN)$(MKDIR_P) $(@D) && \
		sed 's,[@]bindir@,$(bindir),' $(srcdir)/$@.in >$@.tmp && mv $@.tmp $@

# For tests/system/units.sh: the units and the paths that they name.
if HAVE_SYSTEMD
install-units: install-dist_systemdsystemunitDATA install-nodist_systemdsystemunitDATA \
	install-dist_systemduserunitDATA install-nodist_systemduserunitDATA
print-unit-folders:
	@echo $(bindir) $(systemdsystemunitdir) $(systemduserunitdir)
.PHONY: install-units print-unit-folders
endif
