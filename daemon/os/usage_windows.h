/* usage_windows.h - help for options whose values depend on the platform. */
#ifndef SEMD_DAEMON_OS_USAGE_WINDOWS_H
#define SEMD_DAEMON_OS_USAGE_WINDOWS_H

#define USAGE_SOCKET \
	"  --socket PIPE          listen on this named pipe, \\\\.\\pipe\\NAME (may be repeated);\n" \
	"                         without it on the user's own\n"
#define USAGE_CONFIG \
	"  --config FILE          read further options from FILE; the event semd-reload-PID has it\n" \
	"                         read again\n"
#define USAGE_READY \
	"  --ready EVENT          set this named event once clients can connect\n"

#endif
