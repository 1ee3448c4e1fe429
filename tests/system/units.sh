#!/bin/sh
# The installed units are well-formed, start the installed daemon, and are sandboxed.
number=0
report() {	# report STATUS WORDS
	number=$((number + 1))
	[ "$1" -eq 0 ] && echo "ok $number - $2" || echo "not ok $number - $2"
}

build_make() {	# runs make in the build folder, silently also inside another make
	MAKEFLAGS= MAKELEVEL= make -s --no-print-directory -C "$SEMD_TEST_BUILD" "$@"
}

command -v systemd-analyze >/dev/null || {
	echo '1..0 # SKIP systemd-analyze is missing'
	exit
}
folders=$(build_make print-unit-folders 2>/dev/null) || {
	echo '1..0 # SKIP configured without systemd'
	exit
}
echo 1..6
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
set -- $folders
bindir=$1 system=$root$2 user=$root$3

build_make install-units DESTDIR="$root" >"$root/log" 2>&1
report $? 'units are installed'
grep -q "^ExecStart=$bindir/semd " "$system/semd.service" &&
	grep -q "^ExecStart=$bindir/semd " "$user/semd.service"
report $? 'they start the installed daemon'
# systemd-analyze demands that the program exists, so the unit names the build's.
sed -i "s,^ExecStart=$bindir/,ExecStart=$SEMD_TEST_BUILD/," \
	"$system/semd.service" "$user/semd.service"

analyze() {	# analyze ARGUMENTS...: shows its output without lines of success
	systemd-analyze "$@" >"$root/log" 2>&1
	status=$?
	grep -v '✓' "$root/log" | sed 's/^/# /'
	return $status
}
verify() {	# verify SCOPE UNIT...: not even a warning is permitted
	analyze verify --man=no --recursive-errors=no "$@" && ! grep -q semd "$root/log"
}

export XDG_RUNTIME_DIR="$root"
verify --system "$system/semd.service" "$system/semd.socket"
report $? 'system units are well-formed'
verify --user "$user/semd.service" "$user/semd.socket"
report $? 'user units are well-formed'
# Exposure in tenths, from 0 to 100. A user's manager can restrict less.
analyze security --offline=true --threshold=6 "$system/semd.service"
report $? 'the sandbox of the system units is tight'
analyze security --user --offline=true --threshold=70 "$user/semd.service"
report $? 'the sandbox of the user units is as tight as possible'
