/* info.c - see info.h. */
#include "config.h"

#include "client/lib/info.h"

#include "client/lib/row_buffer.h"

int info_show_row(const uint8_t *frame, size_t size, semd_list_fn *row, void *arg)
{
	struct sem_event event;
	struct semd_info info;
	if (sem_event_decode(&event, frame, size) != 0)
		return row_buffer_bad();
	INFO_FILL(&info, &event);
	return row ? row(arg, &info) : 0;
}
