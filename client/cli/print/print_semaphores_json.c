/*
 * print_semaphores_json.c - semaphores as JSON. Programs rely on the keys: add some if need be, but
 * never remove one.
 */
#include "config.h"

#include "client/cli/print/json.h"
#include "client/cli/print/print.h"

static const char *lifetime(const struct semd_info *info)
{
	return info->flags & SEMD_INFO_LAST_CLOSE ? "last-close" : "persistent";
}

void print_info_json(struct json *json, const struct semd_info *info)
{
	char mode[16];
	snprintf(mode, sizeof(mode), "%04o", info->mode & 07777);
	json_text(json, "name", info->name);
	json_signed(json, "available", info->available);
	json_unsigned(json, "held", info->held);
	json_unsigned(json, "total", info->total);
	json_unsigned(json, "waiting", info->waiting);
	json_unsigned(json, "initial", info->initial);
	json_unsigned(json, "max", info->max);
	json_text(json, "mode", mode);
	json_unsigned(json, "uid", info->uid);
	json_unsigned(json, "gid", info->gid);
	json_text(json, "lifetime", lifetime(info));
	json_unsigned(json, "bypass", info->bypass);
	json_unsigned(json, "posted", info->posted);
	json_unsigned(json, "used_up", info->used_up);
}

static void put_lack(struct json *json, const struct lack *lack)
{
	json_open_object(json, NULL);
	json_text(json, "name", lack->name);
	json_unsigned(json, "permits", lack->permits);
	json_open_array(json, "held_by");
	for (size_t i = 0; i < lack->held_by_count; i++)
		json_unsigned(json, NULL, lack->held_by[i]);
	json_close(json);
	json_close(json);
}

static void put_lacks(struct json *json, const struct party *waiter)
{
	json_open_array(json, "lacks");
	for (size_t i = 0; i < waiter->lack_count; i++)
		put_lack(json, &waiter->lacks[i]);
	json_close(json);
}

static void put_parties(struct json *json, const char *key, const struct parties *parties,
                        bool wait)
{
	json_open_array(json, key);
	for (size_t i = 0; i < parties->count; i++) {
		const struct party *party = &parties->rows[i];
		json_open_object(json, NULL);
		json_unsigned(json, "client", party->client);
		json_unsigned(json, "pid", party->pid);
		json_unsigned(json, "uid", party->uid);
		json_text(json, "command", party->command);
		json_unsigned(json, "permits", party->permits);
		json_unsigned(json, "age_ms", party->age_ms);
		if (wait)
			put_lacks(json, party);
		json_close(json);
	}
	json_close(json);
}

int print_json(const struct semaphores *semaphores, bool parties)
{
	struct json json;
	json_begin(&json, stdout);
	json_open_array(&json, "semaphores");
	for (size_t i = 0; i < semaphores->count; i++) {
		const struct semaphore *semaphore = &semaphores->rows[i];
		json_open_object(&json, NULL);
		print_info_json(&json, &semaphore->info);
		if (parties) {
			put_parties(&json, "holders", &semaphore->holders, false);
			put_parties(&json, "waiters", &semaphore->waiters, true);
		}
		json_close(&json);
	}
	json_close(&json);
	json_end(&json);
	return 0;
}
