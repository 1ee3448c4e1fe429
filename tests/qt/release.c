/*
 * release.c - the row "release(n)": of permits that were acquired, and of others.
 */
#include "config.h"

#include "tests/qt/row.h"

void row(void)
{
	struct semd_client *client = row_client();
	struct semd_sem *strict = row_sem(client, "five", SEMD_CREATE, 5);
	struct semd_sem *posting = row_sem(client, "five", SEMD_CREATE | SEMD_RELEASE_POSTS, 5);
	claim(semd_acquire(posting, 5) == 0 && semd_release(posting, 5) == 0 &&
	      row_available(posting) == 5, "acquired permits are given back");
	claim(semd_release(posting, 10) == 0 && row_available(posting) == 15,
	      "with SEMD_RELEASE_POSTS a release makes permits that were not acquired");
	claim(semd_acquire(posting, 1) == 0 && semd_release(posting, 3) == 0 &&
	      row_available(posting) == 17, "after the acquired ones");
	claim(semd_release(strict, 1) == SEMD_ENOTHELD && row_available(strict) == 17,
	      "without it, giving back more than is held is refused");
	claim(semd_post(strict, 1) == 0 && row_available(strict) == 18,
	      "and a signal is a post");
	claim(semd_release(posting, 0) == SEMD_EINVAL, "0 permits are refused");
	semd_disconnect(client);
}
