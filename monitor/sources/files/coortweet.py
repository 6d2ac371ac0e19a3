"""CooRTweet's CSV: who shared which object with which content, and when.

The columns are `object_id,account_id,content_id,timestamp_share`, times in epoch seconds or
ISO 8601. The network is not named, so it is `unknown`.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from data.errors import RecordError, SourceError
from data.records import LONGEST_ID, Account, Post, clean, read_id, read_time
from monitor.sources.files.lines import Line
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
    return set(COLUMNS) <= set(_header(start))


def posts(lines: Iterable[Line]) -> Iterator[tuple[Line, Post | RecordError]]:
    """Translate the lines, the header first. The object of a share is its only link."""
    numbered = iter(lines)
    header = _header(next(numbered).text)
    places = [header.index(name) for name in COLUMNS]
    for line in numbered:
        yield line, _post(line, places, len(header))


def _post(line: Line, places: list[int], width: int) -> Post | RecordError:
    if line.error:
        return line.error
    try:
        row = next(csv.reader([line.text], strict=True), [])
        if len(row) != width:
            raise RecordError("columns_missing", f"{len(row)} instead of {width}")
        thing, account, content, at = (row[place] for place in places)
        read_id(content, "content_id")
        if not thing:
            raise RecordError("id_missing", "object_id")
        return Post(
            network="unknown",
            id=share_id(content, thing),
            created_at=read_time(_number(at)),
            account=Account("unknown", read_id(account, "account_id")),
            links=(clean(thing),),
        )
    except csv.Error as error:
        return RecordError("columns_missing" if line.whole else "line_cut_off", str(error))
    except RecordError as error:
        return error if line.whole else RecordError("line_cut_off", str(error))


def share_id(content: str, thing: str) -> str:
    """Name one share: a content may share several objects, and each is a row of its own."""
    whole = f"{content}#{thing}"
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{content[:200]}#{hashlib.sha256(whole.encode()).hexdigest()}"


def _header(line: str) -> list[str]:
    first = line.lstrip("\ufeff").splitlines()[:1]
    try:
        return [name.strip() for name in next(csv.reader(first), [])]
    except csv.Error:
        return []


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
