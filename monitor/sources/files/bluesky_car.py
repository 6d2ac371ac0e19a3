"""A Bluesky account's repository as a CAR file: its posts and reposts, with its own profile.

A CAR file is a header and blocks, each after its length; a block is its CID and DAG-CBOR. The
addresses of the records stand in a tree (Merkle search tree) that begins at the commit. Counters
and the handle are not in a repository, so they are unknown.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

import libipld

from data.errors import RecordError
from data.records import Post
from monitor.items import bluesky
from monitor.sources.files.unpacked import Unpacked

LONGEST_START = 32  # bytes by which a CAR file is recognised
_START = re.compile(rb"[\x80-\xff]{0,3}[\x00-\x7f]\xa2(eroots|gversion)")
_CID = 36  # bytes: version, codec, SHA-256 and its length, 32 bytes
_LONGEST_BLOCK = 8_000_000  # bytes; the protocol's records are below 1 MB
RECORDS = (f"{bluesky.POST}/", f"{bluesky.REPOST}/")  # those that are posts here


class _Block(NamedTuple):
    start: int
    size: int


def is_car(start: bytes) -> bool:
    """Say whether a file with this beginning is a CAR file."""
    return _START.match(start) is not None


def posts(stream: Unpacked) -> Iterator[tuple[str, Post | RecordError]]:
    """Yield each record's address with its post, oldest first, or the reason why it is none.

    The blocks stand in any order, so they are copied to a temporary file first. Where the file is
    damaged, what is whole is read, and the last item is the reason.
    """
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        repository = _Repository(copy)
        damage = repository.damage
        try:
            yield from repository.posts()
        except (KeyError, ValueError, TypeError, RecursionError) as error:
            damage = damage or f"{type(error).__name__}: {error}"
        if damage:
            yield "", RecordError("archive_broken", damage)


class _Repository:
    """The blocks of a file by CID: where they are, not what they hold."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._blocks: dict[bytes, _Block] = {}
        self.damage: str | None = None
        self._root: Any = None
        self._index()

    def posts(self) -> Iterator[tuple[str, Post | RecordError]]:
        """Walk the tree from the commit; posts and reposts in the order of their keys, by time."""
        commit = self._block(self._root)
        did = str(commit["did"])
        records = dict(self._records(commit["data"], set()))
        profile = records.get(f"{bluesky.PROFILE}/self")
        who = bluesky.account_of_record(did, self._record(profile) if profile else None)
        for key, cid in records.items():
            if not key.startswith(RECORDS):
                continue
            uri = f"at://{did}/{key}"
            try:
                yield uri, bluesky.post_of_record(uri, who, self._record(cid))
            except RecordError as error:
                yield uri, error
            except (KeyError, ValueError) as error:
                yield uri, RecordError("archive_broken", f"{type(error).__name__}: {error}")

    def _records(self, node: bytes | None, above: set[bytes]) -> Iterator[tuple[str, bytes]]:
        if node is None or node in above:  # a loop is no tree
            return
        if node not in self._blocks:
            self.damage = self.damage or "blocks are missing"
            return
        found = self._block(node)
        yield from self._records(found["l"], above | {node})
        key = b""
        for entry in found["e"]:
            key = key[: entry["p"]] + entry["k"]  # keys share their beginnings
            yield key.decode(), entry["v"]
            yield from self._records(entry["t"], above | {node})

    def _record(self, cid: bytes) -> Any:
        return as_json(self._block(cid))

    def _block(self, cid: bytes) -> Any:
        block = self._blocks[cid]
        self._file.seek(block.start)
        return libipld.decode_dag_cbor(self._file.read(block.size))

    def _index(self) -> None:
        whole = self._file.seek(0, 2)
        self._file.seek(0)
        try:
            header = libipld.decode_dag_cbor(self._file.read(_length(self._file)))
            self._root = header["roots"][0]
            while True:
                size = _length(self._file)
                if not size:
                    return
                if size > _LONGEST_BLOCK:
                    raise ValueError(f"a block of {size} bytes")
                start = self._file.tell()
                if whole < start + size:
                    raise ValueError("ends too early")
                cid = self._file.read(_CID)
                if cid[:1] != b"\x01":
                    raise ValueError("an identifier of another kind than CIDv1")
                self._blocks[cid] = _Block(start + _CID, size - _CID)
                self._file.seek(start + size)
        except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
            self.damage = str(error)


def _length(file: IO[bytes]) -> int:
    """Read an unsigned LEB128; 0 at the end of the file."""
    value = shift = 0
    while byte := file.read(1):
        value |= (byte[0] & 127) << shift
        shift += 7
        if byte[0] < 128:
            return value
        if shift > 35:
            raise ValueError("a length that is none")
    return 0


def as_json(value: Any) -> Any:
    """Write links to blocks as JSON does, {"$link": text}; other bytes are of no use here."""
    if isinstance(value, bytes):
        try:
            return {"$link": libipld.encode_cid(value)}
        except ValueError:
            return None
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    return [as_json(each) for each in value] if isinstance(value, list) else value
