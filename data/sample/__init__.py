"""The invented posts that `hhhilft demo` shows, moved to the present."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data.formats import BERLIN
from data.records import Post, post_from_json

FOLDER = Path(__file__).parent
POSTS, TRUTH = "posts.jsonl.gz", "truth.json"
FIRST_MONDAY = date(2025, 10, 27)  # of the file's calendar
WEEKS = 4
_END = datetime(2025, 11, 24, tzinfo=BERLIN)  # the file's "now", for what was posted just now


def sample_posts(now: datetime) -> Iterator[Post]:
    """Yield the sample's posts, oldest first, the newest a few minutes before `now`.

    Weekday, time of day and the seconds between posts stay as written: posts move by whole weeks,
    so that the file's last week becomes the current one. What would lie in the future moves four
    weeks back; a conversation moves as a whole. Ids do not depend on `now`.
    """
    units: dict[str, list[Post]] = defaultdict(list)
    for item in _items():
        units[item["unit"]].append(post_from_json(item))
    monday = now.astimezone(BERLIN).date()
    monday -= timedelta(days=monday.weekday(), weeks=WEEKS - 1)
    days = (monday - FIRST_MONDAY).days
    moved = [
        replace(post, created_at=post.created_at + by, account=_aged(post, days))
        for unit, posts in units.items()
        for by in [_by(unit, posts, days, now)]
        for post in posts
    ]
    yield from sorted(moved, key=lambda post: (post.created_at, post.key))


def sample_truth() -> dict[str, Any]:
    """Say which accounts of the sample belong to the planted campaign and to genuine groups."""
    truth: dict[str, Any] = json.loads((FOLDER / TRUTH).read_text("utf-8"))
    return truth


def _items() -> Iterator[dict[str, Any]]:
    with gzip.open(FOLDER / POSTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _by(unit: str, posts: list[Post], days: int, now: datetime) -> timedelta:
    """How far a unit moves."""
    if unit == "now":
        return now.astimezone(UTC).replace(second=0, microsecond=0) - _END.astimezone(UTC)
    first, last = posts[0].created_at, posts[-1].created_at  # the file is sorted by time
    by = _wall_clock(first, days)
    if last + by > now - timedelta(minutes=2):
        by = _wall_clock(first, days - 7 * WEEKS)
    return by


def _wall_clock(at: datetime, days: int) -> timedelta:
    """Give the distance to the same local time of day `days` later, the clock change included."""
    local = at.astimezone(BERLIN)
    target = (local.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=BERLIN)
    return target.astimezone(UTC) - at


def _aged(post: Post, days: int) -> Any:
    made = post.account.created_at
    return replace(post.account, created_at=made and made + timedelta(days=days))
