/*
 * options.c - see options.h. One table describes the options; getopt's tables, the help, and the
 * check that an option fits its command are all made from it.
 */
#include "config.h"

#include "client/cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "client/cli/command.h"
#include "client/cli/errors.h"
#include "client/cli/numbers.h"
#include "semd.h"

/* getopt_long returns an option's letter, or one of these codes. */
enum {
	CODE_OPERAND = 1,	/* getopt's code for a word that is not an option */
	CODE_SOCKET = 256,
	CODE_JSON,
	CODE_NO_START,
	CODE_VERSION,
	CODE_FOR,
	CODE_MAX,
	CODE_MODE,
	CODE_BYPASS,
	CODE_LAST_CLOSE,
	CODE_EXCLUSIVE,
	CODE_RESET,
	CODE_OWNER,
	CODE_DOT
};

static const struct known {
	int code;
	unsigned option;	/* enum option_bit; 0: allowed for all commands */
	const char *name;	/* NULL: it has only a letter */
	const char *argument;	/* NULL: it takes no value */
	const char *help;
} known[] = {
	{ 'i', OPTION_INITIAL, NULL, "N", "create what does not exist yet with N permits" },
	{ CODE_MAX, OPTION_MAX, "max", "N", "never let there be more than N permits" },
	{ CODE_MODE, OPTION_MODE, "mode", "OCTAL", "rights as for a file: r shows, w alters" },
	{ CODE_OWNER, OPTION_OWNER, "owner", "U[:G]", "whose it is, and which group's" },
	{ CODE_BYPASS, OPTION_BYPASS, "bypass", "N", "let N later requests pass a waiting one" },
	{ CODE_LAST_CLOSE, OPTION_LAST_CLOSE, "last-close", NULL, "gone with its last user" },
	{ CODE_EXCLUSIVE, OPTION_EXCLUSIVE, "exclusive", NULL, "fail if it exists" },
	{ CODE_RESET, OPTION_RESET, "reset", NULL, "if it exists, reset it to N permits" },
	{ 'w', OPTION_WAIT, NULL, "SECONDS", "wait no longer than that; fractions are allowed" },
	{ 'n', OPTION_NOW, NULL, NULL, "do not wait at all" },
	{ 'E', OPTION_LATE, NULL, "CODE", "exit with CODE, not 124, when the wait ran out" },
	{ CODE_FOR, OPTION_FOR, "for", "PID", "the process that holds, as $$ in a script" },
	{ CODE_DOT, OPTION_DOT, "dot", NULL, "print a graph for Graphviz" },
	{ CODE_SOCKET, 0, "socket", "ADDRESS", "the daemon's socket" },
	{ CODE_JSON, 0, "json", NULL, "print JSON" },
	{ CODE_NO_START, 0, "no-start", NULL, "do not start a daemon if none runs" },
	{ 'h', 0, "help", NULL, "print this" },
	{ CODE_VERSION, 0, "version", NULL, "print the release" },
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

/* getopt_long's tables. The leading '-' of the text keeps all words in order; the ':' tells a
 * missing argument from an unknown option. */
struct tables {
	struct option longs[KNOWN + 1];
	char letters[2 + 2 * KNOWN + 1];
};

static void tables_fill(struct tables *tables)
{
	struct option *next = tables->longs;
	char *letter = tables->letters;
	*letter++ = '-';
	*letter++ = ':';
	for (size_t i = 0; i < KNOWN; i++) {
		int argument = known[i].argument ? required_argument : no_argument;
		if (known[i].name)
			*next++ = (struct option){ known[i].name, argument, NULL, known[i].code };
		if (known[i].code >= CODE_SOCKET)
			continue;
		*letter++ = (char)known[i].code;
		if (known[i].argument)
			*letter++ = ':';
	}
	*next = (struct option){ NULL, 0, NULL, 0 };
	*letter = '\0';
}

static const struct known *known_find(int code)
{
	for (size_t i = 0; i < KNOWN; i++) {
		if (known[i].code == code)
			return &known[i];
	}
	return NULL;
}

/* An option as users write it, for messages. */
static const char *known_text(const struct known *option, char text[32])
{
	if (option->name)
		snprintf(text, 32, "--%s", option->name);
	else
		snprintf(text, 32, "-%c", option->code);
	return text;
}

static const char *name_of(const struct options *options)
{
	return options->command ? options->command->name : NULL;
}

static int bad(const struct options *options, const struct known *option, const char *value,
               const char *wanted)
{
	char text[32];
	return wrong_use(name_of(options), known_text(option, text), "'%s' is not %s", value,
	                 wanted);
}

static int take_number(struct options *options, const struct known *option, uint32_t *value)
{
	if (number_parse(optarg, SEMD_MAX_PERMITS, value))
		return 0;
	return bad(options, option, optarg, "a number from 0 to 2147483647");
}

static int take_seconds(struct options *options, const struct known *option)
{
	if (seconds_parse(optarg, &options->timeout_ns))
		return 0;
	return bad(options, option, optarg, "a number of seconds, as 2 or 0.5, up to 292 years");
}

static int take_process(struct options *options, const struct known *option)
{
	if (number_parse(optarg, INT32_MAX, &options->process) && options->process > 0)
		return 0;
	return bad(options, option, optarg, "a process id");
}

static int take_owner(struct options *options, const struct known *option)
{
	const char *wanted = owner_parse(optarg, &options->owner);
	return !wanted ? 0 : bad(options, option, optarg, wanted);
}

static int take_value(struct options *options, const struct known *option)
{
	switch (option->option) {
	case OPTION_INITIAL:
		return take_number(options, option, &options->initial);
	case OPTION_MAX:
		return take_number(options, option, &options->max);
	case OPTION_BYPASS:
		return take_number(options, option, &options->bypass);
	case OPTION_WAIT:
		return take_seconds(options, option);
	case OPTION_LATE:
		return number_parse(optarg, 255, &options->late) ? 0 :
			bad(options, option, optarg, "an exit status from 0 to 255");
	case OPTION_FOR:
		return take_process(options, option);
	case OPTION_MODE:
		return number_parse_octal(optarg, 0777, &options->mode) ? 0 :
			bad(options, option, optarg, "an octal mode from 0 to 777");
	case OPTION_OWNER:
		return take_owner(options, option);
	default:
		return 0;
	}
}

static int take_option(struct options *options, int code)
{
	const struct known *option = known_find(code);
	switch (code) {
	case 'h':
		options->help = true;
		break;
	case CODE_VERSION:
		options->version = true;
		break;
	case CODE_SOCKET:
		options->socket = optarg;
		break;
	case CODE_JSON:
		options->json = true;
		break;
	case CODE_NO_START:
		options->no_start = true;
		break;
	}
	options->given |= option->option;
	return take_value(options, option);
}

/* The first word is the command, the others are its arguments. "help" as the first word asks for
 * the help of the second. */
static int take_operand(struct options *options, char *word)
{
	if (options->command) {
		options->args[options->arg_count++] = word;
		return 0;
	}
	if (strcmp(word, "help") == 0) {
		options->help = true;
		return 0;
	}
	options->command = command_find(word);
	if (options->command)
		return 0;
	const char *near = command_nearest(word);
	if (near)
		return wrong_use(NULL, word, "no such command; did you mean '%s'?", near);
	return wrong_use(NULL, word, "no such command");
}

/* Whether a word, --LETTERS or --LETTERS=VALUE, could be short for several options. */
static bool is_ambiguous(const char *word)
{
	size_t length, count = 0;
	if (strncmp(word, "--", 2) != 0)
		return false;
	word += 2;
	length = strcspn(word, "=");
	for (size_t i = 0; i < KNOWN; i++)
		count += known[i].name && strncmp(known[i].name, word, length) == 0;
	return count > 1;
}

/* getopt did not understand a word. */
static int take_unknown(const struct options *options, char **argv)
{
	const struct known *option = optopt != 0 ? known_find(optopt) : NULL;
	char text[32];
	if (option)
		return wrong_use(name_of(options), known_text(option, text), "%s%s",
		                 option->argument ? option->argument : "it takes no value",
		                 option->argument ? " is missing" : "");
	snprintf(text, sizeof(text), "-%c", optopt);
	const char *word = optopt != 0 ? text : argv[optind - 1];
	return wrong_use(name_of(options), word, is_ambiguous(word) ?
	                 "short for more than one option" : "no such option");
}

static int check_taken(const struct options *options)
{
	unsigned foreign = options->given & ~options->command->options;
	unsigned missing = options->command->needed & ~options->given;
	for (size_t i = 0; i < KNOWN; i++) {
		char text[32];
		if (known[i].option & foreign)
			return wrong_use(name_of(options), known_text(&known[i], text),
			                 "not an option of %s", name_of(options));
		if (known[i].option & missing)
			return wrong_use(name_of(options), known_text(&known[i], text),
			                 "%s needs it", name_of(options));
	}
	return 0;
}

static int check_pairs(struct options *options)
{
	const char *command = name_of(options);
	if (options->given & OPTION_NOW && options->given & OPTION_WAIT)
		return wrong_use(command, "-n", "it cannot be given together with -w");
	if (options->given & OPTION_EXCLUSIVE && options->given & OPTION_RESET)
		return wrong_use(command, "--exclusive",
		                 "it cannot be given together with --reset");
	if (options->given & OPTION_DOT && options->json)
		return wrong_use(command, "--dot", "it cannot be given together with --json");
	if (options->given & OPTION_NOW)
		options->timeout_ns = 0;
	return 0;
}

static int check_count(const struct options *options)
{
	const struct command *command = options->command;
	if (options->arg_count < command->least)
		return wrong_use(command->name, command->name, "a %.*s is missing",
		                 (int)strcspn(command->synopsis, " [."), command->synopsis);
	if (options->arg_count > command->most)
		return wrong_use(command->name, options->args[command->most], "one word too many");
	if (command->has_rest && options->rest_count == 0)
		return wrong_use(command->name, command->name,
		                 "-- and a COMMAND to run are missing");
	return 0;
}

/* The words behind -- are COMMAND, or for other commands more arguments. */
static int take_rest(struct options *options, int argc, char **argv)
{
	options->rest = argv + optind;
	options->rest_count = (size_t)(argc - optind);
	if (options->command && options->command->has_rest)
		return 0;
	for (; options->rest_count > 0; options->rest_count--) {
		int status = take_operand(options, *options->rest++);
		if (status != 0)
			return status;
	}
	return 0;
}

static int check(struct options *options)
{
	if (options->help || options->version)
		return 0;
	if (!options->command)
		return wrong_use(NULL, "COMMAND", "it is missing");
	int status = check_taken(options);
	if (status == 0)
		status = check_pairs(options);
	if (status == 0)
		status = check_count(options);
	return status;
}

int options_parse(int argc, char **argv, struct options *options)
{
	struct tables tables;
	tables_fill(&tables);
	*options = (struct options){ .timeout_ns = SEMD_FOREVER, .args = argv + 1 };
	opterr = 0;

	int code, status = 0;
	while (status == 0 &&
	       (code = getopt_long(argc, argv, tables.letters, tables.longs, NULL)) != -1) {
		if (code == CODE_OPERAND)
			status = take_operand(options, optarg);
		else if (code == '?' || code == ':')
			status = take_unknown(options, argv);
		else
			status = take_option(options, code);
	}
	if (status == 0)
		status = take_rest(options, argc, argv);
	return status != 0 ? status : check(options);
}

void options_print(unsigned taken)
{
	for (size_t i = 0; i < KNOWN; i++) {
		char text[64], name[32];
		if (known[i].option != 0 && !(known[i].option & taken))
			continue;
		snprintf(text, sizeof(text), "%s%s%s%s", known[i].code == 'h' ? "-h, " : "",
		         known_text(&known[i], name),
		         known[i].argument ? " " : "",
		         known[i].argument ? known[i].argument : "");
		printf("  %-18s %s\n", text, known[i].help);
	}
}
