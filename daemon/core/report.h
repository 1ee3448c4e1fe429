/* report.h - what all that is shown has in common. */
#ifndef SEMD_CORE_REPORT_H
#define SEMD_CORE_REPORT_H

#include "daemon/core/core.h"

/* A page ends after so many rows, or after so many records without one. */
enum { PAGE_ROWS = 64, PAGE_RECORDS = 1024 };

void report_sem(const struct engine *e, const struct sem *sem, struct sem_event *row);

#endif
