"""Pairs of accounts that acted on the same objects, close in time; three rules, one table each.

Shares, the input of all three: one row an action with object, account, content (str; content is the
post in which the account did it) and at (timestamp, UTC). Any order, repeats allowed, not changed;
rows with an empty object link nobody. A gap of exactly the window still counts.
"""

from datetime import timedelta

import pyarrow as pa

from monitor.detect import exact
from monitor.detect.engines.duckdb import Duck
from monitor.detect.own import own

_TIME = pa.timestamp("us", "UTC")
_PAIRS = "SELECT a, b, weight, objects, first_us, last_us FROM pairs ORDER BY weight DESC, a, b"


def own_pairs(shares: pa.Table, window: timedelta, min_shared: int) -> pa.Table:
    """Find pairs that met on at least `min_shared` distinct objects.

    Returns
    -------
    One row a pair: a, b (str, a < b), weight = objects (int, distinct objects they met on),
    first, last (UTC, of their meetings). Most first, then by name; no rows if no pair qualifies.

    Raises
    ------
    TooManyPairsError
        The pairs would not fit into memory (see heavy.py).
    """
    with Duck() as duck:
        duck.load(shares)
        own(duck, _us(window), min_shared)
        return _timed(duck.table(_PAIRS), "first", "last")


def meetings(shares: pa.Table, window: timedelta, min_shared: int) -> pa.Table:
    """Give the evidence of `own_pairs`: one row a pair and object, with their two closest shares.

    Columns: a, b (str, a < b), object (str), content_a, content_b (str), at_a, at_b (UTC),
    accounts (int, how many accounts shared the object). Ordered by a, b, at_a, object.
    """
    with Duck() as duck:
        duck.load(shares)
        own(duck, _us(window), min_shared)
        return _timed(duck.table(_meetings(_us(window))), "at_a", "at_b")


def coortweet_pairs(shares: pa.Table, window: timedelta, min_participation: int) -> pa.Table:
    """Find CooRTweet's edges; columns as `own_pairs`, `weight` counts its pair rows (exact.py)."""
    with Duck() as duck:
        duck.load(shares)
        exact.coortweet(duck, _us(window), min_participation)
        return _timed(duck.table(_PAIRS), "first", "last")


def toolkit_pairs(shares: pa.Table, window: timedelta, min_weight: int) -> pa.Table:
    """Find the toolkit's directed edges a → b; `weight` counts posts of a (exact.py)."""
    with Duck() as duck:
        duck.load(shares)
        exact.toolkit(duck, _us(window), min_weight)
        return _timed(duck.table(_PAIRS), "first", "last")


def _meetings(window_us: int) -> str:
    gap = "abs(x.time_us - y.time_us)"
    closest = f"({gap}, x.time_us, x.content, y.content)"
    return (
        "WITH found AS (SELECT p.a, p.b, o.object, o.number FROM pairs p "
        "JOIN accounts i ON i.account = p.a JOIN accounts j ON j.account = p.b "
        "JOIN met ON met.a = i.number AND met.b = j.number "
        "JOIN objects o ON o.number = met.object), "
        "popularity AS (SELECT object, count(DISTINCT account) AS accounts FROM shares "
        "WHERE object IN (SELECT object FROM found) GROUP BY object) "
        f"SELECT f.a, f.b, f.object, arg_min(x.content, {closest}) AS content_a, "
        f"arg_min(y.content, {closest}) AS content_b, arg_min(x.time_us, {closest}) AS at_a_us, "
        f"arg_min(y.time_us, {closest}) AS at_b_us, any_value(popularity.accounts) AS accounts "
        "FROM found f JOIN popularity USING (object) "
        "JOIN shares x ON x.account = f.a AND x.object = f.object "
        "JOIN shares y ON y.account = f.b AND y.object = f.object "
        f"WHERE {gap} <= {window_us} GROUP BY f.a, f.b, f.object "
        "ORDER BY f.a, f.b, at_a_us, f.object"
    )


def _us(window: timedelta) -> int:
    return window // timedelta(microseconds=1)


def _timed(table: pa.Table, *names: str) -> pa.Table:
    """Turn the columns `<name>_us` into UTC times called `<name>`."""
    for name in names:
        place = table.schema.get_field_index(f"{name}_us")
        table = table.set_column(place, name, table[f"{name}_us"].cast(_TIME))
    return table
