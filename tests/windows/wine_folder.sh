# wine_folder.sh - a Wine in a folder of its own, in the build folder or SEMD_TEST_WINE. Sourced by
# wine.sh and by scripts that run programs of a Windows build together with others; these must close
# their descriptors themselves.
build=${SEMD_TEST_BUILD:-$PWD}
place=${SEMD_TEST_WINE:-$build}
WINEPREFIX=$place/wine
WINEDEBUG=${WINEDEBUG:--all}
# No .NET, no browser, no menu entries, and no debugger, which would turn a crash into a normal
# exit.
WINEDLLOVERRIDES='mscoree,mshtml,winedbg.exe,winemenubuilder.exe='
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES
unset DISPLAY WAYLAND_DISPLAY
limit=${SEMD_TEST_STEP_SECONDS:-300}

# The first caller makes the folder, the others wait for it. Wine's server is told to stay for ten
# minutes when nothing runs. By default it stays for three seconds and then also ends programs that
# have started meanwhile, with status 0.
make_wine_folder() {
	exec 9>"$place/wine.lock" && flock 9 || exit 99
	mkdir -p "$WINEPREFIX" &&
		timeout -k 10 "$limit" wineserver -p600 >>"$place/wine.log" 2>&1 </dev/null 9>&-
	if [ ! -e "$WINEPREFIX/made" ]; then
		timeout -k 10 "$limit" wine wineboot -i >>"$place/wine.log" 2>&1 </dev/null 9>&- &&
			: >"$WINEPREFIX/made" || {
			echo "Bail out! Wine cannot make its folder: see $place/wine.log"
			exit 99
		}
	fi
	exec 9>&-
}
