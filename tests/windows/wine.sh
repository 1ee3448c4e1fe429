#!/bin/sh
# Runs a program of a Windows build under Wine, as a test: wine.sh PROGRAM [ARGUMENT]...
#
# Wine has a folder of its own in the build folder, or in the folder SEMD_TEST_WINE; the first
# caller makes it. Wine's processes stay for a while after the program has ended, so none of them
# may inherit a descriptor that a caller reads to the end. So the program's output goes to a file
# first, and from there, without carriage returns, to the test driver. The driver demands that the
# plan is complete and the status 0, so a crash is seen as a failure.
#
# wine.sh --end FOLDER: ends all programs in the Wine of this folder, and removes the folder.
set -u

end() {
	[ -d "$1/wine" ] || return 0
	WINEPREFIX=$1/wine timeout -k 10 "${SEMD_TEST_STEP_SECONDS:-300}" \
		wineserver -k >/dev/null 2>&1
	rm -rf "$1/wine" "$1/wine.lock" "$1/wine.log"
}

if [ "$1" = --end ]; then
	end "$2"
	exit
fi

. "$(dirname "$0")/wine_folder.sh"
# Descriptors of the test driver and make.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
make_wine_folder

# Paths in the form of Windows.
SEMD_TEST_BUILD=Z:$build
SEMD_TEST_SOURCE=Z:${SEMD_TEST_SOURCE:-$PWD}
export SEMD_TEST_BUILD SEMD_TEST_SOURCE

said=$(mktemp) || exit 99
trap 'rm -f "$said" "$said.err"' EXIT
# Just below the limit of a test program, which would end without a message.
timeout -k 10 "${SEMD_TEST_LIMIT:-3500}" wine "$@" >"$said" 2>"$said.err" </dev/null
status=$?
tr -d '\r' <"$said"
tr -d '\r' <"$said.err" >&2
[ "$status" -ne 124 ] || echo 'Bail out! It took too long.'
exit "$status"
