/*
 * folder_unix.h - the folder of the user's own daemon.
 */
#ifndef SEMD_DAEMON_OS_FOLDER_UNIX_H
#define SEMD_DAEMON_OS_FOLDER_UNIX_H

/*
 * The path of the user's socket. Makes its folder, or checks that no other user has rights to it.
 * The caller frees the path; NULL after a message.
 */
char *folder_user_socket(void);

#endif
