"""Where and when pairs of accounts met: the evidence of the rule `own` (own.py).

Shares, the input: one row an action with object, account, content (str; content is the post in
which the account did it) and at (timestamp, UTC). Any order, repeats allowed, not changed; rows
with an empty object link nobody. A gap of exactly the window still counts.
"""

from datetime import timedelta

import pyarrow as pa

from monitor.detect.engines.duckdb import Duck
from monitor.detect.own import own
from monitor.detect.thinned import thin

_TIME = pa.timestamp("us", "UTC")


def meetings(shares: pa.Table, window: timedelta, min_shared: int) -> pa.Table:
    """Give one row a pair and object, with their two closest shares, of all pairs that met.

    A pair met on at least `min_shared` distinct objects. TooManyPairsError where the pairs would
    not fit into memory (heavy.py).

    Columns: a, b (str, a < b), object (str), content_a, content_b (str), at_a, at_b (UTC),
    accounts (int, how many accounts shared the object). Ordered by a, b, at_a, object. Far more
    meetings than shares are thinned out (thinned.py); pairs that they made are not there then.
    """
    with Duck() as duck:
        duck.load(shares)
        own(duck, _us(window), min_shared)
        thin(duck, _us(window), min_shared)
        return _timed(duck.table(_meetings(_us(window))), "at_a", "at_b")


def _meetings(window_us: int) -> str:
    """Query the closest two shares of each pair and object; numbers first, names at the end.

    `spot` is account and object in one number. Two columns instead would tell the engine that both
    shares are of one object, and it might meet all accounts of a popular object first.
    """
    gap = "abs(x.time_us - y.time_us)"
    return (
        "WITH found AS (SELECT met.a, met.b, met.object FROM pairs "
        "JOIN accounts i ON i.account = pairs.a JOIN accounts j ON j.account = pairs.b "
        "JOIN met ON met.a = i.number AND met.b = j.number), "
        "lines AS (SELECT row_number() OVER (ORDER BY time_us, content, i.number, o.number) "
        f"AS line, {_spot('i.number', 'o.number')} AS spot, content, time_us FROM shares "
        "JOIN accounts i USING (account) JOIN objects o USING (object) "
        "WHERE o.number IN (SELECT object FROM found)), "
        "popularity AS (SELECT o.number AS object, count(DISTINCT account) AS accounts FROM shares "
        "JOIN objects o USING (object) WHERE o.number IN (SELECT object FROM found) GROUP BY ALL), "
        f"closest AS (SELECT a, b, f.object, min(ROW({gap}, x.line, y.line)) AS best FROM found f "
        f"JOIN lines x ON x.spot = {_spot('a', 'f.object')} "
        f"JOIN lines y ON y.spot = {_spot('b', 'f.object')} "
        f"WHERE {gap} <= {window_us} GROUP BY ALL) "
        "SELECT i.account AS a, j.account AS b, o.object, x.content AS content_a, "
        "y.content AS content_b, x.time_us AS at_a_us, y.time_us AS at_b_us, "
        "popularity.accounts FROM closest c JOIN popularity USING (object) "
        "JOIN lines x ON x.line = c.best[2] JOIN lines y ON y.line = c.best[3] "
        "JOIN accounts i ON i.number = c.a JOIN accounts j ON j.number = c.b "
        "JOIN objects o ON o.number = c.object ORDER BY i.account, j.account, at_a_us, o.object"
    )


def _spot(account: str, object_: str) -> str:
    return f"({account}::BIGINT << 31 | {object_})"


def _us(window: timedelta) -> int:
    return window // timedelta(microseconds=1)


def _timed(table: pa.Table, *names: str) -> pa.Table:
    """Turn the columns `<name>_us` into UTC times called `<name>`."""
    for name in names:
        place = table.schema.get_field_index(f"{name}_us")
        table = table.set_column(place, name, table[f"{name}_us"].cast(_TIME))
    return table
