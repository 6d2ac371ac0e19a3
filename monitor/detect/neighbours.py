"""Neighbours in time on heavy objects: few rows an act, however popular the object.

Accounts that act together on what thousands share do so at nearly the same time. Each act therefore
meets only the next few acts of other accounts on that object, not all within the window.
"""

from monitor.detect.engines.duckdb import Duck

NEIGHBOURS = 64  # acts of others after each act: a campaign of thirty is whole even where as many
# strangers act in between; fewer from 312,000 acts on (heavy.MOST_ROWS)


def line_up(duck: Duck, accounts: str) -> None:
    """Make `line`: the acts of `accounts` (a query) on heavy objects, in order of object and time.

    An account's acts that follow each other directly are one place, first_us to last_us, so that
    who repeats itself does not push its neighbours apart. place counts from 1 over all objects.
    """
    duck.run(
        "CREATE OR REPLACE TEMP TABLE line AS SELECT place::INTEGER AS place, "
        "any_value(account) AS account, any_value(object) AS object, min(time_us) AS first_us, "
        "max(time_us) AS last_us FROM (SELECT *, sum(begins::INTEGER) OVER "
        "(ORDER BY object, time_us, account) AS place FROM (SELECT account, object, time_us, "
        "lag((object, account)) OVER (ORDER BY object, time_us, account) "
        "IS DISTINCT FROM (object, account) AS begins FROM acts WHERE object IN "
        f"(SELECT object FROM heavy) AND account IN ({accounts}))) GROUP BY place"
    )


def neighbours(duck: Duck, window_us: int, most: int) -> str:
    """Query a < b, object, first_us, last_us of the neighbours in `line`, at most one window apart.

    NEIGHBOURS places ahead, fewer where that would be more than `most` rows, but one at least.
    """
    (places,) = duck.row("SELECT count(*) FROM line")
    ahead = max(1, min(NEIGHBOURS, most // max(places, 1)))
    return (
        "SELECT least(x.account, y.account) AS a, greatest(x.account, y.account) AS b, x.object, "
        "x.last_us AS first_us, y.first_us AS last_us "
        f"FROM (SELECT *, unnest(range(1, {ahead + 1})) AS step FROM line) x "
        "JOIN line y ON y.place = x.place + x.step "
        "WHERE x.object = y.object AND x.account <> y.account "
        f"AND y.first_us - x.last_us <= {window_us}"
    )
