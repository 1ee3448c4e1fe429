# tests/system

# The units of systemd.
TESTS += tests/system/units.sh
EXTRA_DIST += tests/system/units.sh
