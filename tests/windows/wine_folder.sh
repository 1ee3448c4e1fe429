# wine_folder.sh - Wine in a folder of its own, in the build folder or SEMD_TEST_WINE, for wine.sh and for
# scripts that run programs of a Windows build beside others; sourced by them. What they have open is their
# own concern.
build=${SEMD_TEST_BUILD:-$PWD}
place=${SEMD_TEST_WINE:-$build}
WINEPREFIX=$place/wine
WINEDEBUG=${WINEDEBUG:--all}
# No .NET, no browser, no debugger that would make of a crash an ordinary end, nothing put into menus.
WINEDLLOVERRIDES='mscoree,mshtml,winedbg.exe,winemenubuilder.exe='
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
unset DISPLAY WAYLAND_DISPLAY
limit=${SEMD_TEST_STEP_SECONDS:-300}

# The first to come makes the folder, the others wait for it. Wine's server stays for ten minutes when
# nothing runs: by itself it stays for three seconds, and then ends what has begun meanwhile as well,
# with status 0.
make_wine_folder() {
	exec 9>"$place/wine.lock" && flock 9 || exit 99
	mkdir -p "$WINEPREFIX" && timeout -k 10 "$limit" wineserver -p600 >>"$place/wine.log" 2>&1 </dev/null 9>&-
	if [ ! -e "$WINEPREFIX/made" ]; then
		timeout -k 10 "$limit" wine wineboot -i >>"$place/wine.log" 2>&1 </dev/null 9>&- &&
			: >"$WINEPREFIX/made" || {
			echo "Bail out! Wine cannot make its folder: see $place/wine.log"
			exit 99
		}
	fi
	exec 9>&-
}
