"""Bluesky's firehose as recorded: each frame after its length, four bytes, the highest first.

A frame is two DAG-CBOR objects, what it is and what it tells. A commit carries its records as a
CAR file. Names, accounts and deletions become nothing, as in the Jetstream (bluesky_stream.py).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import libipld

from data.errors import RecordError
from data.records import Post, read_id, read_time
from monitor.items import bluesky
from monitor.sources.files.bluesky_car import RECORDS, as_json
from monitor.sources.files.unpacked import Unpacked

LONGEST_START = 16  # bytes by which such a file is recognised
_START = re.compile(rb"\0.{3}\xa2(at[\x60-\x7f]|bop)", re.DOTALL)
_LENGTH = 4  # bytes
_LONGEST_FRAME = 8_000_000  # bytes; the protocol's are below 5 MB


def is_firehose(start: bytes) -> bool:
    """Say whether a file with this beginning is a recorded firehose."""
    return _START.match(start) is not None


def posts(stream: Unpacked) -> Iterator[tuple[str, Post | RecordError]]:
    """Yield each record's address with its post, in order, or the reason why it is none.

    Where the file is damaged, what is whole before that is read, and the last item is the reason.
    """
    while length := stream.read(_LENGTH):
        size = int.from_bytes(length)
        frame = stream.read(size) if len(length) == _LENGTH and size <= _LONGEST_FRAME else b""
        if len(frame) < size or not size:
            yield "", RecordError("archive_broken", "ends too early, or no frame is here")
            return
        try:
            head, body = libipld.decode_dag_cbor_multi(frame)
            if head.get("t") == "#commit":
                yield from _of_commit(body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            yield "", RecordError("archive_broken", f"{type(error).__name__}: {error}")


def _of_commit(body: Mapping[str, Any]) -> Iterator[tuple[str, Post | RecordError]]:
    told = [each for each in body["ops"] if each["path"].startswith(RECORDS) and each["cid"]]
    if not told:
        return
    _, blocks = libipld.decode_car(body["blocks"])
    for each in told:
        uri = f"at://{body['repo']}/{each['path']}"
        try:
            who = bluesky.account_of_record(read_id(body["repo"], "repo"), None)
            seen = read_time(body["time"])
            yield uri, bluesky.post_of_record(uri, who, as_json(blocks[each["cid"]]), seen=seen)
        except RecordError as error:
            yield uri, error
