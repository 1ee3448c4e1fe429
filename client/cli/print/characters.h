/*
 * characters.h - how a terminal shows a character, by the tables of Unicode 14.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_CHARACTERS_H
#define SEMD_CLIENT_CLI_PRINT_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The columns that a character takes: none if it combines with the one before it, two if it is wide, as
 * those of East Asian scripts and most emoji are, else one.
 */
size_t character_columns(uint32_t point);

/*
 * Whether a reader does not see a character, though it may change how others are read: two names that
 * differ only in such characters look alike, and a name with a bidirectional control can look like quite
 * another. These are all with the property Default_Ignorable_Code_Point (among them all of Bidi_Control,
 * joiners, zero-width spaces, fillers, soft hyphen, variation selectors, tags), the separators of lines
 * and paragraphs, and the controls of annotations.
 */
bool character_is_hidden(uint32_t point);

#endif
