/*
 * aligned.h - tables for people: the rows are kept and printed below headings once all are known.
 * Use them through table.h, which decides between people and programs.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_ALIGNED_H
#define SEMD_CLIENT_CLI_PRINT_ALIGNED_H

#include <stdio.h>

#include "client/cli/print/table.h"

struct aligned;

/* NULL: out of memory. The columns are borrowed until aligned_free. `flags` are enum printable. */
struct aligned *aligned_new(const struct column *columns, size_t count, unsigned flags);
void aligned_free(struct aligned *aligned);

/* Both return 0, or -1: out of memory. Without rows there are no headings, either. `window` is
 * the width that lines should fit into. */
int aligned_row(struct aligned *aligned, const char *const *cells);
int aligned_print(struct aligned *aligned, FILE *to, size_t window);

#endif
