"""DuckDB in memory: takes shares from a table or straight from a CSV, runs the pairs' queries."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

if (
    TYPE_CHECKING
):  # importing pyarrow costs a third of the CPU of 100,000 shares, so only where used
    import pyarrow as pa

COORTWEET_COLUMNS = ("object_id", "account_id", "content_id", "timestamp_share")
_SECOND = 1_000_000  # microseconds


class Duck:
    """One database in memory whose table `shares` is filled once and then asked.

    `shares` has object, account, content (str) and time_us (int, since 1970), in the order
    given; rows without an object or an account are left out, as an empty object links nobody.
    One thread: two take the same CPU seconds for these queries, and sums keep their last digit.
    What does not fit into memory goes to a temporary folder; DuckDB would take the working one.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="hhhilft-")
        self.connection = duckdb.connect(config={"threads": 1, "temp_directory": self._folder.name})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()
        self._folder.cleanup()

    def run(self, query: str) -> None:
        """Run one statement."""
        self.connection.execute(query)

    def row(self, query: str) -> tuple[Any, ...]:
        """Return the first row of an answer that has one, such as a count."""
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found[0] if found else ()  # an unread rest would block the next query

    def table(self, query: str) -> "pa.Table":
        """Return the whole answer."""
        return self.connection.sql(query).to_arrow_table()

    def lines(self, query: str, at_once: int = 50_000) -> Iterator[str]:
        """Yield the answer's only column in blocks of lines, each ended by a line break."""
        answer = self.connection.execute(query)
        while rows := answer.fetchmany(at_once):
            yield "".join(f"{line}\n" for (line,) in rows)

    def load(self, shares: "pa.Table") -> None:
        """Fill `shares` from a table with object, account, content (str), at (timestamp)."""
        import pyarrow as pa

        at = shares["at"].cast(pa.timestamp("us", "UTC")).cast(pa.int64())
        given = shares.select(["object", "account", "content"]).append_column("time_us", at)
        self.connection.register("given", given)
        self._fill("object, account, content, time_us", "given")
        self.connection.unregister("given")

    def load_coortweet(self, path: Path, network: str, contents: bool) -> bool:
        """Fill `shares` from CooRTweet's CSV (plain, gz, zst); accounts become `network:account`.

        `contents` says whether the rule asked for needs content ids; keeping them costs memory.
        Returns False, with nothing filled, for a file that is not clean CSV of just these columns
        with whole epoch seconds: that one needs the slower reader, which looks at each line.
        """
        packing = _packing(path)
        if packing is None:
            return False
        how = f"delim = ',', quote = '\"', compression = {_text(packing)}"
        file = f"{_text(str(path))}, {how}, auto_detect = false"
        names = ", ".join(f"'{name}': 'VARCHAR'" for name in COORTWEET_COLUMNS[:3])
        times = f"'{COORTWEET_COLUMNS[3]}'"
        source = f"read_csv({file}, header = true, columns = {{{names}, {times}: 'BIGINT'}})"
        head = f"read_csv({file}, header = false, columns = {{{names}, {times}: 'VARCHAR'}})"
        content = "content_id" if contents else "NULL::VARCHAR"
        whole = " AND ".join(f"{name} IS NOT NULL" for name in COORTWEET_COLUMNS)
        columns = (
            f"object_id AS object, {_text(network + ':')} || account_id AS account, "
            f"{content} AS content, timestamp_share * {_SECOND} AS time_us, {whole} AS whole"
        )
        try:
            if self.row(f"SELECT * FROM {head} LIMIT 1") != COORTWEET_COLUMNS:
                return False
            self._fill(columns, source)
        except duckdb.Error:
            return False
        clean = self.row("SELECT bool_and(whole) FROM shares")[0] is not False
        if not clean:
            self.run("DROP TABLE shares")
        return clean

    def _fill(self, columns: str, source: str) -> None:
        self.run(f"CREATE TEMP TABLE shares AS SELECT {columns} FROM {source}")


def _packing(path: Path) -> str | None:
    """Tell by the first bytes; None for a file that cannot be opened."""
    try:
        with path.open("rb") as packed:
            start = packed.read(4)
    except OSError:
        return None
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start == b"\x28\xb5\x2f\xfd" else "none"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
