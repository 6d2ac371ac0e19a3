"""The line through the house: each step reads tables, calls pure code, writes tables.

Any step can be run alone, and twice with the same result. In the order of the line; heavy modules
are loaded when their step runs, so that `--help` and the pages start fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data.config import Config
from data.records import Post

if TYPE_CHECKING:
    from monitor.digest.summary import Digest

BATCH = 5_000  # posts written in one transaction


def load_sample(engine: Engine, now: datetime) -> int:
    """Write the invented posts of `hhhilft demo`, moved to the present; return how many are new.

    A second call adds nothing: their ids do not depend on `now`.
    """
    from data.sample import sample_posts
    from data.writes import upsert_posts

    new, batch = 0, list(sample_posts(now))
    for part in _parts(batch, BATCH):
        with engine.begin() as connection:
            new += upsert_posts(connection, part, "sample", now).new
    return new


def digest(
    engine: Engine, config: Config, week: str | None, folder: Path | None, now: datetime
) -> list[Path]:
    """Write the digest of a week ("2026-W47"; None: the last whole one) as HTML and JSON.

    Goes to `folder`, by default the settings'. The same week again replaces its files.
    """
    from data.writes import finish_run, start_run
    from monitor.digest import files

    made = digest_of(engine, config, week, now)
    written = files.write(made, config, folder or config.digest_folder)
    scheduled = folder in (None, config.digest_folder) and made.complete
    with engine.begin() as connection:
        period = made.name if scheduled else None
        run = start_run(connection, "digest", None, None, now, period)
        finish_run(connection, run, "ok", now, counts={"posts": made.gathered.talk.posts})
    return written


def digest_of(engine: Engine, config: Config, week: str | None, now: datetime) -> Digest:
    """Read and sum up a week without writing anything."""
    from data.digest_reads import gather
    from monitor.digest.summary import summarise
    from monitor.digest.weeks import iso_week, last_complete, until

    zone = ZoneInfo(config.watch.timezone)
    span = until(iso_week(week or last_complete(now, zone), zone), now)
    with engine.connect() as connection:
        return summarise(gather(connection, span), now)


def _parts(posts: Sequence[Post], size: int) -> list[Sequence[Post]]:
    return [posts[start : start + size] for start in range(0, len(posts), size)]
