/* usage_unix.h - help for options whose values depend on the platform. */
#ifndef SEMD_DAEMON_OS_USAGE_UNIX_H
#define SEMD_DAEMON_OS_USAGE_UNIX_H

#define USAGE_SOCKET \
	"  --socket PATH          listen on this socket (may be repeated); without it on the sockets\n" \
	"                         that systemd hands over, else on the user's own\n"
#define USAGE_CONFIG \
	"  --config FILE          read further options from FILE; SIGHUP reads it again\n"
#define USAGE_READY \
	"  --ready FD             write a newline to descriptor FD once clients can connect\n"

#endif
