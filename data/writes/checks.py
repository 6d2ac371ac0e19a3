"""When a post's origin is asked whether it still has it: 1 hour, 1, 7, 30 days after its arrival.

Then every 30 days. The time stands in the store (`check_at`), so that a check that was missed is
made up. Whom nobody asks (posts of files, reposts) have none.
"""

from datetime import datetime, timedelta

FIRST, LAST = timedelta(hours=1), timedelta(days=30)
AFTER = (FIRST, timedelta(days=1), timedelta(days=7), LAST)
CONFIRM_AFTER = timedelta(minutes=10)  # a single 404 may be a server that is being restarted


def next_check(first_seen: datetime, at: datetime) -> datetime:
    """Return when a post that was there at `at` is asked for again."""
    return min((due for each in AFTER if (due := first_seen + each) > at), default=at + LAST)


def ask_again(first_seen: datetime, at: datetime) -> datetime:
    """Return when to ask again where the origin did not tell: when the post is twice as old.

    A server's bad hour is made up soon; one that never tells is asked ever less often.
    """
    return at + min(max(at - first_seen, FIRST), LAST)
