/*
 * folder_unix.h - where the user's own daemon is found.
 */
#ifndef SEMD_DAEMON_OS_FOLDER_UNIX_H
#define SEMD_DAEMON_OS_FOLDER_UNIX_H

/*
 * The path of the user's socket, in a folder that was made or checked to be this user's alone. To
 * be freed; NULL when the message is out.
 */
char *folder_user_socket(void);

#endif
