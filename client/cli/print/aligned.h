/*
 * aligned.h - the tables for people: rows are kept, and printed below headings when all are known.
 * table.h decides for whom a table is.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_ALIGNED_H
#define SEMD_CLIENT_CLI_PRINT_ALIGNED_H

#include <stdio.h>

#include "client/cli/print/table.h"

struct aligned;

/* NULL: out of memory. The columns are borrowed until aligned_free; `flags` are those of printable.h. */
struct aligned *aligned_new(const struct column *columns, size_t count, unsigned flags);
void aligned_free(struct aligned *aligned);

/* Both return 0, or -1: out of memory. Without rows there are no headings. Lines are cut to `window`
 * columns where a column allows it. */
int aligned_row(struct aligned *aligned, const char *const *cells);
int aligned_print(struct aligned *aligned, FILE *to, size_t window);

#endif
