"""The line through the house: each step reads tables, calls pure code, writes tables.

Any step can be run alone, and twice with the same result. In the order of the line; heavy modules
are loaded when their step runs, so that `--help` and the pages start fast.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from data.records import Post

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


def _parts(posts: Sequence[Post], size: int) -> list[Sequence[Post]]:
    return [posts[start : start + size] for start in range(0, len(posts), size)]
