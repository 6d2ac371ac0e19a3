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
        duck.run(
            "INSERT INTO met SELECT a, b, x.object, min(least(x.time_us, y.time_us)), "
            "max(greatest(x.time_us, y.time_us)) FROM wanted JOIN heavy_acts x ON x.account = a "
            "JOIN (SELECT *, unnest([bucket - 1, bucket, bucket + 1]) AS near FROM heavy_acts) y "
            "ON y.account = b AND y.object = x.object AND y.near = x.bucket "
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
    (rows,) = duck.row(
        "SELECT coalesce(sum(x.n * y.n), 0) FROM wanted JOIN cells x ON x.account = a "
        "JOIN (SELECT *, unnest([bucket - 1, bucket, bucket + 1]) AS near FROM cells) y "
        "ON y.account = b AND y.object = x.object AND y.near = x.bucket"
    )
    return bool(rows <= most)
