"""The coordination-network-toolkit's CSV. It does not say the network, so that is `unknown`.

The toolkit's times are seconds since any moment, so 1970 is as good as today. `urls` is a list
parted by spaces, or written as Python writes one (in the toolkit's own example).
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from data.errors import RecordError
from data.records import Account, Post, read_id
from monitor.items.fields import hashtags_in, reference, seconds, whole_text, word, words
from monitor.sources.files.formats import Csv

_COLUMNS = frozenset(
    ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
)


def _recognises(header: Sequence[str]) -> bool:
    return set(header) >= _COLUMNS


def _posts(row: Mapping[str, str]) -> Iterator[Post]:
    text = whole_text(row["message"])
    yield Post(
        network="unknown",
        id=read_id(row["message_id"], "message_id"),
        created_at=_time(row["timestamp"]),
        account=Account("unknown", read_id(row["user_id"], "user_id"), word(row["username"])),
        text=text,
        reply_to=reference(row["reply_id"]),
        repost_of=reference(row["repost_id"]),
        links=words(_urls(row["urls"])),
        hashtags=hashtags_in(text),
    )


FORMAT = Csv(_recognises, _posts)


def _time(value: str) -> datetime:
    told = seconds(value)
    try:
        if told is None or told < 0:
            raise RecordError("time_unreadable" if value else "time_missing", value)
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("time_unreadable", value) from error


def _urls(value: str) -> list[str]:
    if value.startswith("["):
        try:
            listed = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return value.split()
        return [str(each) for each in listed] if isinstance(listed, list) else []
    return value.split()
