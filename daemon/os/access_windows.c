/* access_windows.c - see access_windows.h. */
#include "config.h"

#include <stdlib.h>

#include "daemon/os/access_windows.h"
#include "daemon/os/users_windows.h"

/* FILE_GENERIC_WRITE without FILE_APPEND_DATA, which is FILE_CREATE_PIPE_INSTANCE. */
#define CLIENTS_RIGHTS (FILE_GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_EA | FILE_WRITE_ATTRIBUTES)

static TOKEN_OWNER *owner_of_new(void)
{
	TOKEN_OWNER *owner = NULL;
	HANDLE token;
	DWORD size = 0;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return NULL;
	GetTokenInformation(token, TokenOwner, NULL, 0, &size);
	owner = calloc(1, size + sizeof(*owner));
	if (owner && !GetTokenInformation(token, TokenOwner, owner, size, &size)) {
		free(owner);
		owner = NULL;
	}
	CloseHandle(token);
	return owner;
}

static bool fill_list(struct access *access, bool everybody)
{
	BYTE known[SECURITY_MAX_SID_SIZE];
	DWORD known_size = sizeof(known);
	DWORD size = (DWORD)(sizeof(ACL) +
	                     2 * (sizeof(ACCESS_ALLOWED_ACE) + SECURITY_MAX_SID_SIZE));
	access->list = calloc(1, size);
	return access->list && InitializeAcl(access->list, size, ACL_REVISION) &&
		AddAccessAllowedAce(access->list, ACL_REVISION, FILE_ALL_ACCESS,
		                    access->user->User.Sid) &&
		(!everybody ||
		 (CreateWellKnownSid(WinAuthenticatedUserSid, NULL, known, &known_size) &&
		  AddAccessAllowedAce(access->list, ACL_REVISION, CLIENTS_RIGHTS, known)));
}

int access_init(struct access *access, bool everybody)
{
	*access = (struct access){
		.attributes = { .nLength = sizeof(access->attributes),
		                .lpSecurityDescriptor = &access->descriptor },
		.user = users_of_process(GetCurrentProcess()),
		.owner = everybody ? owner_of_new() : NULL,
	};
	if (access->user && (access->owner || !everybody) &&
	    fill_list(access, everybody) &&
	    InitializeSecurityDescriptor(&access->descriptor, SECURITY_DESCRIPTOR_REVISION) &&
	    SetSecurityDescriptorOwner(&access->descriptor,
	                               everybody ? access->owner->Owner : access->user->User.Sid,
	                               FALSE) &&
	    SetSecurityDescriptorDacl(&access->descriptor, TRUE, access->list, FALSE) &&
	    SetSecurityDescriptorControl(&access->descriptor, SE_DACL_PROTECTED, SE_DACL_PROTECTED))
		return 0;
	access_deinit(access);
	return -1;
}

void access_deinit(struct access *access)
{
	free(access->list);
	free(access->user);
	free(access->owner);
}
