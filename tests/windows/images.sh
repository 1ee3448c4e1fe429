#!/bin/sh
# Checks what the linker made: programs and DLL need only Windows and are hardened, the DLL exports
# exactly what semd.h declares, and programs link with either library.
set -u
LC_ALL=C
export LC_ALL
source=$SEMD_TEST_SOURCE
build=$SEMD_TEST_BUILD
wine="${SHELL:-/bin/sh} $source/tests/windows/wine.sh"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
. "$source/tests/support/check.sh"

images="$build/semd.exe $build/semd-cli.exe $build/libsemd-0.dll"
windows='ADVAPI32|bcrypt|IPHLPAPI|KERNEL32|msvcrt|ntdll|PSAPI|SHELL32|USER32|USERENV|WS2_32|ole32'
windows="$windows|dbghelp|api-ms-win-core-synch-l1-2-0"

need_only_windows()
{
	for image in $images; do
		"$OBJDUMP" -p "$image" | sed -n 's/^[	 ]*DLL Name: //p' >"$folder/needed"
		test -s "$folder/needed" || return 1
		if grep -viE "^($windows)\.dll$" "$folder/needed"; then
			echo "is needed by $image"
			return 1
		fi
	done
}

are_hardened()
{
	for image in $images; do
		for flag in DYNAMIC_BASE NX_COMPAT HIGH_ENTROPY_VA; do
			"$OBJDUMP" -p "$image" | grep -q "^[	 ]*$flag$" || {
				echo "$image lacks $flag"
				return 1
			}
		done
	done
}

exports_what_is_declared()
{
	"$OBJDUMP" -p "$build/libsemd-0.dll" |
		sed -n '1,/^\[Ordinal\/Name Pointer\] Table/d; s/^[	 ]*\[ *[0-9]*\] //p' |
		sort >"$folder/exported"
	sort "$source/client/libsemd.sym" | diff - "$folder/exported"
}

# Builds a program as users do, and checks what it prints without a daemon.
compile()	# compile PROGRAM FLAG...
{
	program=$1
	shift
	cat >"$folder/program.c" <<'END'
#include <semd.h>
#include <stdio.h>
int main(void)
{
	struct semd_client *client;
	puts(semd_strerror(semd_connect("\\\\.\\pipe\\semd-none", SEMD_NO_START, &client)));
}
END
	$CC -Wall -Werror -o "$folder/$program" "$folder/program.c" -I"$source/client" "$@"
}

says_there_is_none()
{
	$wine "$folder/$1" >"$folder/said"
	cat "$folder/said"
	grep -q 'cannot be reached' "$folder/said"
}

links_with_dll()
{
	cp "$build/libsemd-0.dll" "$folder" &&
		compile shared.exe -L"$build" -l:libsemd.dll.a && says_there_is_none shared.exe
}

links_with_archive()
{
	private=$(sed -n 's/^Libs.private: *//p' "$build/client/libsemd.pc")
	compile static.exe -static -L"$build" -l:libsemd.a $private && says_there_is_none static.exe
}

echo 1..5
check 'programs and DLL need only Windows' need_only_windows
check 'programs and DLL are hardened' are_hardened
check 'the DLL exports exactly what semd.h declares' exports_what_is_declared
check 'a program links with the DLL' links_with_dll
check 'a program links with the static library' links_with_archive
exit $failed
