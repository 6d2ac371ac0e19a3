"""What a detection of the store runs on, and the fingerprint of it all."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import pyarrow as pa
from sqlalchemy import Connection

from data.config import Config
from data.decisions import Decision, named_accounts
from data.detection_reads import posts_for_detection


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the answer depends on; the rest is in the program itself."""

    posts: pa.Table  # POST_SCHEMA
    named: Sequence[Decision]  # of people, on accounts

    def fingerprint(self, config: Config, masked: Collection[str]) -> str:
        """Give 64 characters that are the same only for the same answer, whatever came before.

        Read from the posts themselves: no time stamp, number or order of writing is trusted, so an
        edit, a deletion and a post that has grown too old count like a new one.
        """
        settings = (
            version("hhhilft-monitor"),
            sorted(config.watch.hashtags),
            (config.detect.min_shared, config.detect.seed, sorted(config.detect.institutions)),
            sorted(masked),
            [(each.subject, each.verdict) for each in self.named],
        )
        digest = hashlib.sha256(repr(settings).encode())
        sink = pa.PythonFile(_Sink(digest), mode="w")
        with sink, pa.ipc.new_stream(sink, self.posts.schema) as stream:
            stream.write_table(self.posts)
        return digest.hexdigest()


def read_inputs(connection: Connection, config: Config, now: datetime) -> Inputs:
    """Read the posts of the last `detect.look_back_days` and what people said about accounts."""
    since = now - timedelta(days=config.detect.look_back_days)
    return Inputs(posts_for_detection(connection, since), named_accounts(connection))


class _Sink:
    """A file that only hashes what is written to it."""

    closed = False

    def __init__(self, digest: "hashlib._Hash") -> None:
        self._digest = digest

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""
