"""The rules of two published tools, reproduced exactly, to compare with them edge by edge.

Sources: CooRTweet 2.1.3 (Righetti & Balluff), detect_groups and generate_coordinated_network;
coordination-network-toolkit 1.5.2 (Graham et al.), co_link and co_retweet.
"""

from monitor.detect.engines.duckdb import Duck
from monitor.detect.heavy import MOST_ROWS, refuse_above


def coortweet_rows(
    duck: Duck, window_us: int, min_participation: int, most: int = MOST_ROWS
) -> None:
    """Make the table `kept`: CooRTweet's pair rows, the older share first.

    1. Accounts with fewer than `min_participation` shares leave. 2. Two shares of one object at
    most `window_us` apart are a row, unless they have the same account or content, or the object
    is one of the contents (somebody sharing the post itself). 3. The contents in any row are
    looked up in the data; a row stays if either account has `min_participation` shares among them.
    """
    width = max(window_us, 1)
    duck.run(
        "CREATE OR REPLACE TEMP TABLE taken AS SELECT (row_number() OVER (ORDER BY rowid))::INTEGER"
        f" AS line, object, account, content, time_us, time_us // {width} AS bucket FROM shares "
        "WHERE object <> '' AND account IN (SELECT account FROM shares WHERE object <> '' "
        f"GROUP BY account HAVING count(*) >= {min_participation})"
    )
    refuse_above(duck, "taken", most)
    duck.run(
        "CREATE OR REPLACE TEMP TABLE met AS "
        + " UNION ALL ".join(
            "SELECT x.line AS x_line, y.line AS y_line FROM taken x JOIN taken y "
            f"ON x.object = y.object AND x.bucket + {step} = y.bucket "
            f"WHERE {order} abs(y.time_us - x.time_us) <= {window_us} AND x.account <> y.account "
            "AND x.content <> y.content AND x.object <> x.content AND y.object <> y.content "
            for step, order in ((0, "x.line < y.line AND"), (1, ""))
        )
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE taking_part AS SELECT account FROM taken WHERE content IN "
        "(SELECT content FROM taken WHERE line IN "
        "(SELECT x_line FROM met UNION SELECT y_line FROM met)) "
        f"GROUP BY account HAVING count(*) >= {min_participation}"
    )
    duck.run(
        "CREATE OR REPLACE TEMP TABLE kept AS SELECT x.object, x.account AS older, "
        "y.account AS newer, x.content AS older_content, y.content AS newer_content, "
        "x.time_us AS older_us, y.time_us AS newer_us FROM (SELECT "
        "CASE WHEN turned THEN y_line ELSE x_line END AS x_line, "
        "CASE WHEN turned THEN x_line ELSE y_line END AS y_line FROM (SELECT met.*, "
        "(y.time_us, y.line) < (x.time_us, x.line) AS turned "
        "FROM met JOIN taken x ON x.line = x_line JOIN taken y ON y.line = y_line)) "
        "JOIN taken x ON x.line = x_line JOIN taken y ON y.line = y_line "
        "WHERE x.account IN (FROM taking_part) OR y.account IN (FROM taking_part)"
    )


def coortweet(duck: Duck, window_us: int, min_participation: int, most: int = MOST_ROWS) -> None:
    """Make the table `pairs` (undirected, a < b); `weight` counts CooRTweet's pair rows."""
    coortweet_rows(duck, window_us, min_participation, most)
    duck.run(
        "CREATE OR REPLACE TEMP TABLE pairs AS SELECT least(older, newer) AS a, "
        "greatest(older, newer) AS b, count(*) AS weight, count(DISTINCT object) AS objects, "
        "min(older_us) AS first_us, max(newer_us) AS last_us FROM kept GROUP BY ALL"
    )


def toolkit(duck: Duck, window_us: int, min_weight: int, most: int = MOST_ROWS) -> None:
    """Make the table `pairs`, directed a → b, without self edges.

    `weight` counts the distinct posts of a that have any post of b on the same object at most
    `window_us` away; each direction is kept from `min_weight` on. Shares without an object link
    nobody (the toolkit links everyone who posted no link).
    """
    width = max(window_us, 1)
    duck.run(
        "CREATE OR REPLACE TEMP TABLE taken AS SELECT object, account, content, time_us, "
        f"time_us // {width} AS bucket FROM shares WHERE object <> ''"
    )
    refuse_above(duck, "taken", most)
    duck.run(
        "CREATE OR REPLACE TEMP TABLE pairs AS "
        "SELECT a, b, count(DISTINCT content) AS weight, count(DISTINCT object) AS objects, "
        "min(first_us) AS first_us, max(last_us) AS last_us FROM ("
        + " UNION ALL ".join(
            "SELECT x.account AS a, y.account AS b, x.content, x.object, "
            "least(x.time_us, y.time_us) AS first_us, greatest(x.time_us, y.time_us) AS last_us "
            f"FROM taken x JOIN taken y ON x.object = y.object AND x.bucket + {step} = y.bucket "
            f"WHERE x.account <> y.account AND abs(x.time_us - y.time_us) <= {window_us}"
            for step in (-1, 0, 1)
        )
        + f") GROUP BY a, b HAVING count(DISTINCT content) >= {min_weight}"
    )
