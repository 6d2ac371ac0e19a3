"""CooRTweet's CSV: who shared which object with which content, and when.

The columns are `object_id,account_id,content_id,timestamp_share`, times in epoch seconds or
ISO 8601. The network is not named, so it is `unknown`.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.errors import RecordError, SourceError
from data.records import LONGEST_ID, Account, Post, clean, read_id, read_time
from monitor.sources.files.csv_rows import header
from monitor.sources.files.formats import Csv
from monitor.sources.files.unpacked import Unpacked, open_unpacked

COLUMNS = ("object_id", "account_id", "content_id", "timestamp_share")
SHARES = pa.schema(
    [
        ("object", pa.string()),
        ("account", pa.string()),
        ("content", pa.string()),
        ("at", pa.timestamp("us", "UTC")),
    ]
)


def read_shares(path: Path | str) -> pa.Table:
    """Read the shares as a table: object, account, content (str), at (timestamp[us, UTC]).

    Rows keep the file's order and repeat where the file repeats them. Rows with another number of
    fields, an empty object, account or content, or an unreadable time are left out; `read_posts`
    tells their lines. Raises SourceError where a column is missing.
    """
    with open_unpacked(path) as stream:
        table = _read_table(path, stream)
    texts = [_text(table[name]) for name in COLUMNS]
    at = _times(texts[3])
    shares = pa.table([*texts[:3], at], schema=SHARES)
    whole = [pc.not_equal(shares[name], "") for name in ("object", "account", "content")]
    return shares.filter(pc.and_(pc.and_(whole[0], whole[1]), pc.and_(whole[2], pc.is_valid(at))))


def looks_like(start: str) -> bool:
    """Say whether a file with this beginning is CooRTweet's CSV."""
    return _recognises(header(start.split("\n", 1)[0]))


def _recognises(names: Sequence[str]) -> bool:
    return set(COLUMNS) <= set(names)


def _posts(row: Mapping[str, str]) -> Iterator[Post]:
    """Translate a share; the object is its only link."""
    thing, account, content, at = (row[name] for name in COLUMNS)
    read_id(content, "content_id")
    if not thing:
        raise RecordError("id_missing", "object_id")
    yield Post(
        network="unknown",
        id=share_id(content, thing),
        created_at=read_time(_number(at)),
        account=Account("unknown", read_id(account, "account_id")),
        links=(clean(thing),),
    )


FORMAT = Csv(_recognises, _posts)


def share_id(content: str, thing: str) -> str:
    """Name one share: a content may share several objects, and each is a row of its own."""
    whole = f"{content}#{thing}"
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{content[:200]}#{hashlib.sha256(whole.encode()).hexdigest()}"


def _number(value: str) -> str | int | float:
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return value.strip()


def _read_table(path: Path | str, stream: Unpacked) -> pa.Table:
    buffered = io.BufferedReader(stream, 1 << 20)
    try:
        table = pa_csv.read_csv(
            buffered,
            parse_options=pa_csv.ParseOptions(invalid_row_handler=lambda _: "skip"),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(COLUMNS, pa.binary()),
                include_columns=list(COLUMNS),
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise SourceError(
            de=f"{path} ist keine CSV-Datei von CooRTweet: {error}. "
            f"Erwartet werden die Spalten {', '.join(COLUMNS)}.",
            en=f"{path} is not CooRTweet's CSV: {error}. "
            f"The columns expected are {', '.join(COLUMNS)}.",
        ) from error
    return table


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:  # not UTF-8
        decoded = [(value or b"").decode("latin-1") for value in column.to_pylist()]
        return pa.chunked_array([pa.array(decoded, pa.string())])


def _times(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        seconds = column.cast(pa.int64())
        return seconds.cast(pa.timestamp("s", "UTC")).cast(pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:  # ISO 8601, fractions, or a broken row
        read = [_time_or_none(value) for value in column.to_pylist()]
        return pa.chunked_array([pa.array(read, pa.timestamp("us", "UTC"))])


def _time_or_none(value: str) -> object:
    try:
        return read_time(_number(value))
    except RecordError:
        return None
