/*
 * characters.h - how a terminal shows a character, by the tables of Unicode 14.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CHARACTERS_H
#define SEMD_CLIENT_CLI_PRINT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of columns that a character takes: 0 if it combines with the one before it, 2 if it
 * is wide, as East Asian characters and most emoji are, else 1. */
size_t character_columns(uint32_t point);

/*
 * Whether a character is invisible. Names that differ only in such characters look the same, and a
 * name with bidirectional controls can look like quite another name. Invisible are all characters
 * with the property Default_Ignorable_Code_Point (all of Bidi_Control, joiners, zero-width spaces,
 * fillers, the soft hyphen, variation selectors and tags are among them), the separators of lines
 * and paragraphs, and the controls of interlinear annotations.
 */
bool character_is_hidden(uint32_t point);

#endif
