#!/bin/sh
# Runs a program of a Windows build under Wine, as a test: wine.sh PROGRAM [ARGUMENT]...
#
# Wine has a folder of its own in the build folder, or in the folder SEMD_TEST_WINE, which the first to
# come makes. Its processes stay for a while when the program has ended, so none of them gets a descriptor
# of ours that somebody waits for the end of: what the program writes goes to a file first, and from
# there, without its carriage returns, to the test driver. That demands that the plan matches what
# follows, and status 0, so a program that crashed is seen as failed.
#
# wine.sh --end FOLDER: ends all that runs in the Wine of this folder, and removes that.
set -u

end() {
	[ -d "$1/wine" ] || return 0
	WINEPREFIX=$1/wine timeout -k 10 "${SEMD_TEST_STEP_SECONDS:-300}" wineserver -k >/dev/null 2>&1
	rm -rf "$1/wine" "$1/wine.lock" "$1/wine.log"
}

if [ "$1" = --end ]; then
	end "$2"
	exit
fi

. "$(dirname "$0")/wine_folder.sh"
# What the test driver and make have open.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
make_wine_folder

# Places as Windows names them.
SEMD_TEST_BUILD=Z:$build
SEMD_TEST_SOURCE=Z:${SEMD_TEST_SOURCE:-$PWD}
export SEMD_TEST_BUILD SEMD_TEST_SOURCE

said=$(mktemp) || exit 99
trap 'rm -f "$said" "$said.err"' EXIT
# Just below the limit of a test program, which would not say so.
timeout -k 10 "${SEMD_TEST_LIMIT:-3500}" wine "$@" >"$said" 2>"$said.err" </dev/null
status=$?
tr -d '\r' <"$said"
tr -d '\r' <"$said.err" >&2
[ "$status" -ne 124 ] || echo 'Bail out! It took too long.'
exit "$status"
