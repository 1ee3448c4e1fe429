#!/bin/sh
# The zip for Windows as users get it: unpacked into a folder with spaces in its name, where a
# program starts the daemon beside it. It runs in a Wine of its own, since that daemon is the
# user's.
set -u
source=$SEMD_TEST_SOURCE
build=$SEMD_TEST_BUILD
folder=$(mktemp -d -p "$build") || exit 1
SEMD_TEST_WINE=$folder
export SEMD_TEST_WINE
unset SEMD_SOCKET SEMD_DAEMON MAKEFLAGS MAKELEVEL MFLAGS
wine="${SHELL:-/bin/sh} $source/tests/windows/wine.sh"
trap '$wine --end "$folder"; rm -rf "$folder"' EXIT
. "$source/tests/support/check.sh"

cli()
{
	$wine "$here/semd-cli.exe" "$@"
}

is_made()
{
	make -C "$build" windows-zip && mkdir "$folder/Program Files" &&
		unzip -q "$build/$zip" -d "$folder/Program Files" && find "$here" -type f
}

# All files that README.txt names exist, and no text has line ends of Unix.
has_what_readme_names()
{
	for file in semd-cli.exe semd.exe libsemd-0.dll include/semd.h lib/libsemd.def \
		lib/libsemd.a lib/libsemd.dll.a lib/pkgconfig/libsemd.pc \
		LICENSE.txt NEWS.txt manuals/semd.txt \
		manuals/semd-cli.txt manuals/libsemd.txt manuals/semd-qt.txt licenses/libuv.txt \
		licenses/mingw-w64.txt licenses/queue.txt licenses/uthash.txt; do
		test -s "$here/$file" || { echo "$file is missing"; return 1; }
	done
	# Lists the files where every line has a carriage return.
	find "$here" -name '*.txt' -exec grep -L -v "$(printf '\r')\$" {} + | sort >"$folder/right"
	find "$here" -name '*.txt' | sort | diff - "$folder/right"
}

starts_the_daemon()
{
	cli --no-start ping
	test $? -eq 69 && cli create gpu -i 1 && cli --no-start ping
}

lists()
{
	cli list >"$folder/list"
	cat "$folder/list"
	grep -q '^gpu[[:space:]]' "$folder/list"
}

# The command is semd-cli again, which shows the holder.
runs()
{
	cli run gpu -- "Z:$here/semd-cli.exe" --json show gpu >"$folder/show" || return 1
	cat "$folder/show"
	grep -q '"held": *1' "$folder/show" && cli run gpu -n -- cmd /c exit 7
	test $? -eq 7
}

has_headers_and_libraries()
{
	printf '#include <semd.h>\n#include <stdio.h>\nint main(void) { puts(semd_version()); }\n' \
		>"$folder/program.c"
	$CC -Wall -Werror -o "$here/program.exe" "$folder/program.c" \
		-I"$here/include" -L"$here/lib" -lsemd && $wine "$here/program.exe"
}

# A program alone in a folder finds no daemon. It must not look in a folder of the current drive,
# where others could have put one.
is_alone()
{
	mkdir "$here/alone" && cp "$here/static.exe" "$here/alone" || return 1
	$wine taskkill /f /im semd.exe
	$wine "$here/alone/static.exe" start >"$folder/said"
	cat "$folder/said"
	grep -q 'alone.semd\.exe cannot be started' "$folder/said"
}

# Builds as README.txt says a program whose functions have the names of internal functions of the
# library.
links_with_archive()
{
	cat >"$folder/static.c" <<'END'
#include <semd.h>
#include <stdio.h>
int launch(void) { return 1; }
int receive(void) { return 2; }
int client_new(void) { return 3; }
int pipe_send(void) { return 4; }
int main(int argc, char *argv[])
{
	struct semd_client *client;
	(void)argv;
	int r = semd_connect(NULL, argc > 1 ? 0 : SEMD_NO_START, &client);
	puts(semd_explain());
	return r ? 99 : launch() + receive() + client_new() + pipe_send();
}
END
	libraries=$(tr -d '\r' <"$here/README.txt" | sed -n 's/^ *\(-ladvapi32 \)/\1/p')
	test -n "$libraries" || return 1
	# Also with -flto the linker must merge such references of program and library.
	for flags in -O0 '-O2 -flto -fstack-protector-all'; do
		$CC -Wall -Werror $flags -o "$here/static.exe" "$folder/static.c" \
			-I"$here/include" -L"$here/lib" -static -lsemd $libraries || return 1
		$wine "$here/static.exe"
		test $? -eq 10 || return 1
	done
}

zip=$(make -s --no-print-directory -C "$build" print-windows-zip)
here="$folder/Program Files/$(basename "$zip" .zip)"
echo 1..8
check 'the zip is made and unpacked' is_made
check 'it has all files that README.txt names' has_what_readme_names
check 'the first program starts the daemon beside it' starts_the_daemon
check 'the semaphore is listed' lists
check 'a command runs with a permit, and its status is passed on' runs
check 'a program compiles with its headers and libraries, and runs' has_headers_and_libraries
check 'and with the static library, whatever its own functions are called' links_with_archive
check 'a program starts no daemon from another folder' is_alone
exit $failed
