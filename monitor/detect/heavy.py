"""Objects shared so often at once that all pairs on them would fill the memory.

How many pair rows an object makes is counted before they are made. The exact modes cannot do
without those rows and refuse. The own mode asks for several distinct objects, so it needs the rows
of the heavy objects only for accounts that already met elsewhere; it refuses nothing (own.py).
"""

from data.errors import MonitorError
from monitor.detect.engines.duckdb import Duck

MOST_ROWS = 20_000_000  # pair rows that are made at most: about 1.5 GB
LIGHT_ROWS = 2_000_000  # pair rows that the own mode makes without a detour: about 150 MB


class TooManyPairsError(MonitorError):
    """More pair rows than this machine should try; only the exact modes raise it."""


def rows_by_object(shares: str) -> str:
    """Query object, rows: how many pair rows each object of the table `shares` makes at most.

    `shares` has object and bucket (the time in window lengths). The shares of a bucket meet each
    other and those of the next: n(n-1)/2 + nm, at most n(n-1)/2 + (nn + mm)/2, summed over the
    buckets n(n-1)/2 + nn. Lone shares of a bucket are left out.
    """
    return (
        "SELECT object, sum(n * (n - 1) / 2 + n * n) AS rows FROM (SELECT object, count(*) AS n "
        f"FROM {shares} GROUP BY object, bucket HAVING count(*) > 1) GROUP BY object"
    )


def refuse_above(duck: Duck, shares: str, most: int) -> None:
    """Raise TooManyPairsError if the shares make more than `most` pair rows."""
    rows, name, its_rows = duck.row(
        f"SELECT sum(rows), arg_max(object, rows), max(rows) FROM ({rows_by_object(shares)})"
    )
    if rows is not None and rows > most:
        raise _too_many(int(rows), most, str(name), int(its_rows))


def _too_many(rows: int, most: int, name: str, its_rows: int) -> TooManyPairsError:
    """Word the refusal: which object, what to do."""
    return TooManyPairsError(
        de=f"Das ergäbe bis zu {rows} Paarzeilen; {most} sind die Grenze. Allein das Objekt "
        f"{name[:200]} macht {its_rows}. Ein kürzeres --window nehmen, dieses Objekt aus der Datei "
        "nehmen, oder --mode own, das jede Beliebtheit verträgt.",
        en=f"That would be up to {rows} pair rows; the limit is {most}. The object {name[:200]} "
        f"alone makes {its_rows}. Take a shorter --window, take this object out of the file, "
        "or take --mode own, which copes with any popularity.",
    )
