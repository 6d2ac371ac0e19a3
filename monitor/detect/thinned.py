"""Keeps the evidence of pairs in proportion to what was posted: each meeting is read one by one.

Where 21,000 accounts share a link and meet elsewhere too, nearly all of a million meetings say no
more than that the link was popular. There, only who shared it next to each other counts as met.
"""

from monitor.detect.engines.duckdb import Duck
from monitor.detect.heavy import MOST_ROWS
from monitor.detect.neighbours import line_up, neighbours
from monitor.detect.own import count_pairs

AN_ACT = 5  # meetings an act on average; made posts (bench.many_worlds) have 2
FEWEST = 1_000_000  # meetings that are always kept: about 1 GB


def thin(duck: Duck, window_us: int, min_shared: int, fewest: int = FEWEST) -> None:
    """Leave in `met` and `pairs`, as own() made them, no more meetings than there is room for.

    Room is for AN_ACT times the acts, or `fewest` if more. Objects with few meetings are left as
    they are; on the others, those of neighbours stay (neighbours.py). Below that, all stays.
    """
    meetings, acts = duck.row(
        "SELECT (SELECT coalesce(sum(weight), 0) FROM pairs), (SELECT count(*) FROM acts)"
    )
    room = max(AN_ACT * acts, fewest)
    if meetings <= room:
        return
    duck.run(
        "CREATE OR REPLACE TEMP TABLE wanted AS SELECT a, b FROM met GROUP BY a, b "
        f"HAVING count(*) >= {min_shared}"
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE heavy AS SELECT object FROM (SELECT object, "
        "sum(rows) OVER (ORDER BY rows, object) AS so_far FROM (SELECT object, count(*) AS rows "
        f"FROM met SEMI JOIN wanted USING (a, b) GROUP BY object)) WHERE so_far > {room}"
    )
    duck.run("DELETE FROM met WHERE object IN (SELECT object FROM heavy)")
    line_up(duck, "SELECT a FROM wanted UNION SELECT b FROM wanted")
    duck.run(
        "INSERT INTO met SELECT a, b, object, min(first_us), max(last_us) FROM "
        f"({neighbours(duck, window_us, MOST_ROWS)}) SEMI JOIN wanted USING (a, b) GROUP BY ALL"
    )
    count_pairs(duck, min_shared)
