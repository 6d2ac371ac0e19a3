"""The program's own rule: two accounts that met on several distinct objects.

They met on an object when both acted on it at most one window apart. An account with fewer than
`min_shared` distinct objects cannot qualify and leaves first; an object of one account as well.
"""

from monitor.detect.engines.duckdb import Duck
from monitor.detect.heavy import LIGHT_ROWS, MOST_ROWS, rows_by_object
from monitor.detect.neighbours import line_up, neighbours
from monitor.detect.on_heavy import meet_on_heavy


def own(
    duck: Duck,
    window_us: int,
    min_shared: int,
    light_rows: int = LIGHT_ROWS,
    most: int = MOST_ROWS,
) -> None:
    """Make the table `pairs` (undirected, a < b) and `met`, one row a pair and object they met on.

    `weight` = `objects` = distinct objects met on, at least `min_shared`. The objects above
    `light_rows` pair rows are heavy. They are looked up only for pairs that met on a light one, and
    for pairs that acted on two heavy ones at (nearly) the same times. Where too many did, only
    `min_shared - 1` objects are heavy: any qualifying pair has then met on a light one.
    Up to here the answer is exact. Where that, too, would be more than `most` rows, pairs that met
    on heavy ones only are those that were neighbours on `min_shared` of them (neighbours.py), and
    where looking up would be more than `most` rows, only neighbours count as met on heavy ones. So
    pairs may be missing then, but none is wrong; no popularity is refused.
    """
    _number(duck, window_us, min_shared)
    _choose_heavy(duck, light_rows)
    duck.run("CREATE OR REPLACE TEMP TABLE candidates (a INTEGER, b INTEGER)")
    heavy = _count(duck, "heavy")
    if heavy >= min_shared and not (
        (min_shared > 1 and _pair_on_two_heavy(duck, most))
        or _keep_the_heaviest(duck, min_shared - 1, most)
    ):
        _pair_neighbours(duck, window_us, min_shared, most)
    _meet_on_light(duck, window_us)
    if heavy:
        meet_on_heavy(duck, window_us, most)
    count_pairs(duck, min_shared)


def count_pairs(duck: Duck, min_shared: int) -> None:
    """Make `pairs` from `met`: who met on at least `min_shared` objects."""
    duck.run(
        "CREATE OR REPLACE TEMP TABLE pairs AS SELECT x.account AS a, y.account AS b, weight, "
        "weight AS objects, first_us, last_us FROM (SELECT a, b, count(*) AS weight, "
        "min(first_us) AS first_us, max(last_us) AS last_us FROM met GROUP BY a, b "
        f"HAVING count(*) >= {min_shared}) JOIN accounts x ON x.number = a "
        "JOIN accounts y ON y.number = b"
    )


def _number(duck: Duck, window_us: int, min_shared: int) -> None:
    """Make `acts`: account and object as numbers (in the order of the names), time, bucket."""
    duck.run(
        "CREATE OR REPLACE TEMP TABLE accounts AS SELECT account, "
        "(row_number() OVER (ORDER BY account))::INTEGER AS number FROM (SELECT account "
        f"FROM shares WHERE object <> '' GROUP BY account HAVING {_distinct('object', min_shared)})"
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE objects AS SELECT object, "
        "(row_number() OVER (ORDER BY object))::INTEGER AS number FROM (SELECT object "
        "FROM shares WHERE object <> '' GROUP BY object HAVING min(account) < max(account))"
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE acts AS SELECT accounts.number AS account, "
        f"objects.number AS object, time_us, time_us // {max(window_us, 1)} AS bucket "
        "FROM shares JOIN accounts USING (account) JOIN objects USING (object)"
    )


def _distinct(column: str, least: int) -> str:
    if least <= 1:
        return "true"
    if least == 2:  # a third of the time of count(DISTINCT)
        return f"min({column}) < max({column})"
    return f"count(DISTINCT {column}) >= {least}"


def _choose_heavy(duck: Duck, light_rows: int) -> None:
    """Make `heavy`: the fewest objects without which the others make at most `light_rows`."""
    duck.run(
        "CREATE OR REPLACE TEMP TABLE heavy AS SELECT object, rows FROM (SELECT object, rows, "
        f"sum(rows) OVER (ORDER BY rows, object) AS so_far FROM ({rows_by_object('acts')})) "
        f"WHERE so_far > {light_rows}"
    )


def _keep_the_heaviest(duck: Duck, number: int, most: int) -> bool:
    """Cut `heavy` down to its `number` heaviest objects; False, with nothing done, above `most`."""
    (rows,) = duck.row(
        f"SELECT coalesce(sum(rows), 0) FROM (SELECT rows FROM ({rows_by_object('acts')}) "
        f"ORDER BY rows DESC, object DESC OFFSET {number})"
    )
    if rows > most:
        return False
    duck.run(
        "CREATE OR REPLACE TEMP TABLE heavy AS "
        f"SELECT * FROM heavy ORDER BY rows DESC, object DESC LIMIT {number}"
    )
    return True


def _pair_neighbours(duck: Duck, window_us: int, min_shared: int, most: int) -> None:
    """Fill `candidates` with who were neighbours on `min_shared` heavy objects.

    Who acted on fewer of them cannot be, and stands between nobody.
    """
    line_up(
        duck,
        "SELECT account FROM acts WHERE object IN (SELECT object FROM heavy) "
        f"GROUP BY account HAVING {_distinct('object', min_shared)}",
    )
    duck.run(
        f"INSERT INTO candidates SELECT a, b FROM ({neighbours(duck, window_us, most)}) "
        f"GROUP BY a, b HAVING {_distinct('object', min_shared)}"
    )


def _meet_on_light(duck: Duck, window_us: int) -> None:
    """Make `met`: account numbers a < b, object, first_us, last_us."""
    duck.run(
        "CREATE OR REPLACE TEMP TABLE met AS WITH light AS "
        "(SELECT * FROM acts WHERE object NOT IN (SELECT object FROM heavy)) "
        "SELECT a, b, object, min(first_us) AS first_us, max(last_us) AS last_us FROM ("
        "SELECT x.account AS a, y.account AS b, x.object, "
        "least(x.time_us, y.time_us) AS first_us, greatest(x.time_us, y.time_us) AS last_us "
        "FROM light x JOIN light y ON x.object = y.object AND x.bucket = y.bucket "
        f"WHERE x.account < y.account AND abs(y.time_us - x.time_us) <= {window_us} "
        "UNION ALL "
        "SELECT least(x.account, y.account), greatest(x.account, y.account), x.object, "
        "x.time_us, y.time_us "
        "FROM light x JOIN light y ON x.object = y.object AND x.bucket + 1 = y.bucket "
        f"WHERE x.account <> y.account AND y.time_us - x.time_us <= {window_us}) GROUP BY ALL"
    )


def _pair_on_two_heavy(duck: Duck, most: int) -> bool:
    """Fill `candidates` with who acted on the same two heavy objects in near buckets of time.

    Every pair that met on heavy objects only is among them. False, with nothing done, where that
    would be more than `most` rows.
    """
    duck.run(
        "CREATE OR REPLACE TEMP TABLE busy AS SELECT DISTINCT account, object, bucket FROM acts "
        "WHERE object IN (SELECT object FROM heavy)"
    )
    (doubles,) = duck.row(
        "SELECT coalesce(sum(n * n), 0) FROM (SELECT count(*) AS n FROM busy GROUP BY account)"
    )
    if doubles > most:
        return False
    duck.run(
        "CREATE OR REPLACE TEMP TABLE doubles AS SELECT x.account, x.object AS object_1, "
        "x.bucket AS bucket_1, y.object AS object_2, y.bucket AS bucket_2 "
        "FROM busy x JOIN busy y ON x.account = y.account AND x.object < y.object"
    )
    (rows,) = duck.row(  # a cell meets itself and eight around it, so at most 9nn, half of it twice
        "SELECT coalesce(sum(9 * n * n) / 2, 0) FROM (SELECT count(*) AS n FROM doubles "
        "GROUP BY object_1, bucket_1, object_2, bucket_2)"
    )
    if rows > most:
        return False
    duck.run(
        "INSERT INTO candidates SELECT DISTINCT x.account, y.account FROM doubles x JOIN "
        "(SELECT * REPLACE (unnest([bucket_2 - 1, bucket_2, bucket_2 + 1]) AS bucket_2) FROM "
        "(SELECT * REPLACE (unnest([bucket_1 - 1, bucket_1, bucket_1 + 1]) AS bucket_1) "
        "FROM doubles)) y USING (object_1, bucket_1, object_2, bucket_2) "
        "WHERE x.account < y.account"
    )
    return True


def _count(duck: Duck, table: str) -> int:
    return int(duck.row(f"SELECT count(*) FROM {table}")[0])
