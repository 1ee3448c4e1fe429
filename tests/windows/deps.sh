#!/bin/sh
# Builds the libraries that semd for Windows is linked with: deps.sh FOLDER
#
# libuv and Check are built from the source packages of this machine's distribution. apt-get gets
# them with its own list of sources, so the machine's lists stay unchanged, and it checks the sums.
# uthash.h and sys/queue.h are only headers and the same for every target. All of it goes to
# FOLDER/root. FOLDER/made has the sums of everything, so that it is built only once; FOLDER/src has
# the sources.
set -eu

host=x86_64-w64-mingw32
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
root=$folder/root
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

case $folder in
*[!A-Za-z0-9/._+-]*)
	echo "$folder: the libraries' build and pkg-config do not support some of its characters:" \
		"choose another folder" >&2
	exit 1
	;;
esac

# Whether this script has built everything and it is still complete.
made() {
	[ -e "$folder/made" ] && sha256sum --check --status "$folder/made" 2>/dev/null
}

remember() {
	find "$root" "$script" -type f -exec sha256sum {} + >"$folder/made.tmp"
	mv "$folder/made.tmp" "$folder/made"
}

# The machine's package sources, as sources of source packages. Both formats are in use.
list_sources() {
	mkdir -p etc lists/partial cache/archives/partial
	for file in /etc/apt/sources.list.d/*.sources; do
		[ ! -e "$file" ] || { sed 's/^[Tt]ypes:.*/Types: deb-src/' "$file"; echo; }
	done >etc/semd.sources
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
		[ ! -e "$file" ] ||
			sed -n 's/^[ 	]*deb\(-src\)\{0,1\}[ 	]/deb-src /p' "$file"
	done | sort -u >etc/semd.list
	cat >apt.conf <<-END
		Dir::Etc::SourceList "/dev/null";
		Dir::Etc::SourceParts "$PWD/etc";
		Dir::State::Lists "$PWD/lists";
		Dir::Cache "$PWD/cache";
		APT::Sandbox::User "";
	END
}

# The update of a source without source packages fails, but that source may not be needed.
get_sources() {
	APT_CONFIG=$PWD/apt.conf
	export APT_CONFIG
	apt-get update || echo 'Not all lists could be had; going on with those that could.'
	apt-get source libuv1 check
	unset APT_CONFIG
}

configure_for_windows() {
	./configure --host=$host --prefix="$root" --disable-shared --enable-static \
		CFLAGS='-O2 -g' "$@"
}

build_uv() {
	sh autogen.sh
	configure_for_windows
	make -j"$jobs" libuv.la
	make install-libLTLIBRARIES install-data
}

# Only the library and its header. Its .pc file names a variant for shared objects, which is not
# built.
build_check() {
	autoreconf -fi
	configure_for_windows --disable-subunit --disable-fork --disable-build-docs \
		--disable-timeout-tests CPPFLAGS=-D__USE_MINGW_ANSI_STDIO=1
	make -j"$jobs" -C lib
	make -j"$jobs" -C src
	make -C src install
	make install-includeHEADERS install-pcdataDATA
	sed -i 's/-lcheck_pic/-lcheck/' "$root/lib/pkgconfig/check.pc"
}

# Checks that a program compiles and links with all of it.
try() {
	printf '#include <%s>\n' check.h uv.h uthash.h sys/queue.h >try.c
	echo 'int main(void) { return uv_loop_close(0) + (srunner_create(0) != 0); }' >>try.c
	flags=$(PKG_CONFIG_LIBDIR=$root/lib/pkgconfig \
		pkg-config --static --cflags --libs check libuv)
	$host-gcc -o try.exe try.c -I"$root/include" $flags
}

# The licenses of these libraries and of the compiler's must accompany the programs linked with
# them.
copy_licenses() {
	licenses=$root/share/licenses
	mkdir -p "$licenses"
	cp libuv1-*/LICENSE "$licenses/libuv.txt"
	cp /usr/share/doc/mingw-w64-x86-64-dev/copyright "$licenses/mingw-w64.txt"
	sed '/\*\//q' "$root/include/uthash.h" >"$licenses/uthash.txt"
	sed '/\*\//q' "$root/include/sys/queue.h" >"$licenses/queue.txt"
}

# Headers, from where this machine's compiler finds them.
copy_headers() {
	printf '#include <uthash.h>\n#include <sys/queue.h>\n' | cc -M -x c - |
		tr -s ' \\' '\n' | grep -E '/(uthash|sys/queue)\.h$' >headers
	while read -r header; do
		name=${header##*/}
		case $header in
		*/sys/*) name=sys/$name ;;
		esac
		install -D -m 644 "$header" "$root/include/$name"
	done <headers
	[ -e "$root/include/uthash.h" ] && [ -e "$root/include/sys/queue.h" ]
}

made && exit
for tool in $host-gcc apt-get dpkg-source autoreconf; do
	command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done
rm -rf "$root" "$folder/src" "$folder/made"
mkdir -p "$root" "$folder/src"
cd "$folder/src"
list_sources
get_sources
(cd libuv1-*/ && build_uv)
(cd check-*/ && build_check)
copy_headers
copy_licenses
try
remember
