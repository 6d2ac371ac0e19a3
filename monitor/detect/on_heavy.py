"""Looks up where pairs met on heavy objects; only neighbours where all would be too many."""

from monitor.detect.engines.duckdb import Duck
from monitor.detect.neighbours import line_up, neighbours


def meet_on_heavy(duck: Duck, window_us: int, most: int) -> None:
    """Add to `met` the meetings of its pairs and of the `candidates` on `heavy` objects.

    All of them, or where that would be more than `most` rows those of neighbours.
    """
    duck.run(
        "CREATE OR REPLACE TEMP TABLE wanted AS "
        "SELECT a, b FROM met UNION SELECT a, b FROM candidates"
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE heavy_acts AS SELECT DISTINCT account, object, time_us, "
        "bucket FROM acts WHERE object IN (SELECT object FROM heavy)"
    )
    if _fit(duck, most):
        _beside(duck, "heavy_acts", "time_us")
        duck.run(
            "INSERT INTO met SELECT a, b, x.object, min(least(x.time_us, y.time_us)), "
            "max(greatest(x.time_us, y.time_us)) FROM beside x JOIN near_acts y USING (spot) "
            f"WHERE abs(x.time_us - y.time_us) <= {window_us} GROUP BY a, b, x.object"
        )
        return
    line_up(duck, "SELECT a FROM wanted UNION SELECT b FROM wanted")
    duck.run(
        "INSERT INTO met SELECT a, b, object, min(first_us), max(last_us) "
        f"FROM ({neighbours(duck, window_us, most)}) SEMI JOIN wanted USING (a, b) GROUP BY ALL"
    )


def _fit(duck: Duck, most: int) -> bool:
    """Say whether all acts of `wanted` pairs on the same heavy objects make at most `most` rows."""
    duck.run(
        "CREATE OR REPLACE TEMP TABLE cells AS SELECT account, object, bucket, count(*) AS n "
        "FROM heavy_acts GROUP BY ALL"
    )
    (cells,) = duck.row(  # what counting the rows takes
        "WITH each AS (SELECT account, count(*) AS n FROM cells GROUP BY account) "
        "SELECT coalesce(sum(least(x.n, y.n)), 0) FROM wanted "
        "JOIN each x ON x.account = a JOIN each y ON y.account = b"
    )
    if cells > most:
        return False
    _beside(duck, "cells", "n")
    (rows,) = duck.row(
        "SELECT coalesce(sum(x.n * y.n), 0) FROM beside x JOIN near_acts y USING (spot)"
    )
    return bool(rows <= most)


def _beside(duck: Duck, acts: str, value: str) -> None:
    """Make `beside`, the acts of the first of each wanted pair, and `near_acts` to join them with.

    Both have a spot: the second one's account, object and bucket in one text, so that nothing is
    joined by the object alone, which is what makes it heavy.
    """
    spot = "concat_ws(' ', {}, object, {})"
    duck.run(
        f"CREATE OR REPLACE TEMP TABLE beside AS SELECT a, b, object, {value}, "
        f"{spot.format('b', 'bucket')} AS spot FROM wanted JOIN {acts} ON account = a"
    )
    duck.run(
        f"CREATE OR REPLACE TEMP TABLE near_acts AS SELECT {value}, "
        f"{spot.format('account', 'near')} AS spot FROM "
        f"(SELECT *, unnest([bucket - 1, bucket, bucket + 1]) AS near FROM {acts})"
    )
