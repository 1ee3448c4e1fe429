/*
 * report.c - prints the medians, as text or as JSON. Every number was measured and has a unit.
 */
#include "config.h"

#include <stdlib.h>

#include "tests/bench/bench.h"

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

struct middle measure_middle(struct measure *measure, size_t rounds)
{
	qsort(measure->values, rounds, sizeof(measure->values[0]), compare);
	return (struct middle){
		.median = measure->values[rounds / 2],
		.lowest = measure->values[0],
		.highest = measure->values[rounds - 1],
	};
}

static void report_pinning(FILE *to, const struct settings *settings)
{
	if (settings->client_cpu < 0)
		fprintf(to, "neither end pinned");
	else
		fprintf(to, "client on CPU %d, server on CPU %d", settings->client_cpu,
		        settings->server_cpu);
}

/* Prints a value in a suitable unit, 12 columns wide. */
static void report_value(FILE *to, enum unit unit, double value)
{
	if (unit == PER_SECOND)
		fprintf(to, "%8.3f M/s", value / 1e6);
	else if (value >= 1000)
		fprintf(to, "%8.2f us ", value / 1e3);
	else
		fprintf(to, "%8.1f ns ", value);
}

static void report_words(FILE *to, const struct settings *settings, struct measure *measures,
                         const struct middle *middles, size_t count)
{
	fprintf(to, "Medians of %zu rounds of %zu, lowest and highest beside them; ",
	        settings->rounds, settings->count);
	report_pinning(to, settings);
	fprintf(to, "; %zu in flight where pipelined, many are %zu.\n\n", settings->in_flight,
	        settings->waiters);
	for (size_t i = 0; i < count; i++) {
		const struct measure *measure = &measures[i];
		fprintf(to, "%-46s", measure->words);
		report_value(to, measure->unit, middles[i].median);
		fprintf(to, " (");
		report_value(to, measure->unit, middles[i].lowest);
		report_value(to, measure->unit, middles[i].highest);
		fprintf(to, ")");
		if (measure->base != (int)i)
			fprintf(to, "  %.2f times the %s",
			        middles[i].median / middles[measure->base].median,
			        measure->base_name);
		fputc('\n', to);
	}
}

static void report_json(FILE *to, const struct settings *settings, struct measure *measures,
                        const struct middle *middles, size_t count)
{
	fprintf(to, "{\"rounds\": %zu, \"count\": %zu, \"in_flight\": %zu, "
	        "\"waiters\": %zu, ", settings->rounds, settings->count, settings->in_flight,
	        settings->waiters);
	if (settings->client_cpu >= 0)
		fprintf(to, "\"client_cpu\": %d, \"server_cpu\": %d, ", settings->client_cpu,
		        settings->server_cpu);
	fprintf(to, "\"measures\": [");
	for (size_t i = 0; i < count; i++) {
		const struct measure *measure = &measures[i];
		fprintf(to, "%s\n {\"name\": \"%s\", \"unit\": \"%s\", \"median\": %.1f, "
		        "\"lowest\": %.1f, \"highest\": %.1f", i > 0 ? "," : "", measure->name,
		        measure->unit == PER_SECOND ? "1/s" : "ns", middles[i].median,
		        middles[i].lowest, middles[i].highest);
		if (measure->base != (int)i)
			fprintf(to, ", \"times_%s\": %.3f", measure->base_name,
			        middles[i].median / middles[measure->base].median);
		fputc('}', to);
	}
	fprintf(to, "\n]}\n");
}

void report(FILE *to, const struct settings *settings, struct measure *measures, size_t count)
{
	struct middle *middles = calloc(count, sizeof(*middles));
	if (!middles)
		return;
	for (size_t i = 0; i < count; i++)
		middles[i] = measure_middle(&measures[i], settings->rounds);
	if (settings->json)
		report_json(to, settings, measures, middles, count);
	else
		report_words(to, settings, measures, middles, count);
	free(middles);
}
