"""The project's own JSONL: one post a line, as contract and `hhhilft export` have it."""

import json
from collections.abc import Iterable, Iterator

from data.errors import RecordError
from data.records import Post, post_from_json
from monitor.sources.files.lines import Line


def looks_like(start: str) -> bool:
    """Say whether a line may be one of ours."""
    return start.lstrip("\ufeff \t").startswith("{")


def posts(lines: Iterable[Line]) -> Iterator[tuple[Line, Post | RecordError]]:
    """Translate line by line."""
    for line in lines:
        yield line, _post(line)


def _post(line: Line) -> Post | RecordError:
    if line.error:
        return line.error
    try:
        item = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        return RecordError("json_broken" if line.whole else "line_cut_off", str(error))
    try:
        return post_from_json(item)
    except RecordError as error:
        return error
