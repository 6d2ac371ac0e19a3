"""Posts from files into the store, in batches: bounded memory, a transaction each."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from data import writes
from data.errors import SourceError
from data.quarantine import Rejected
from data.records import Post
from monitor.reports import Imported
from monitor.sources.files import MAPPER, PostFile

SOURCE = "file"
FEWEST, MOST = 5_000, 20_000  # posts in one transaction: the more, the longer the file is

# file, items read so far, the share of the file that is read (None: not known)
Progress = Callable[[str, int, float | None], None]


def import_file(engine: Engine, path: Path | str, now: datetime, progress: Progress) -> Imported:
    """Write one file's posts; what is none goes to quarantine. A second time adds nothing.

    A file that cannot be opened is reported like one without a readable post. Each batch is
    written for good: after an interruption the same call goes on with what is missing.
    """
    name = str(path)
    with engine.begin() as connection:
        run = writes.start_run(connection, "import", SOURCE, name[:255], now)
    source = PostFile(path)
    de = en = ""
    with writes.open_for_many(engine) as connection:
        batch = _Batch(connection, name, now)
        try:
            for found in source:
                batch.add(found)
                if batch.full:
                    batch.write()
                    progress(name, batch.read, source.share())
        except SourceError as error:
            de, en = error.de, error.en
        batch.write()
    progress(name, batch.read, 1.0)
    report = Imported(
        name,
        source.format,
        new=batch.counts["new"],
        known=batch.counts["known"],
        updated=batch.counts["updated"],
        quarantined=batch.counts["quarantined"],
        reasons=dict(batch.reasons),
        latin1=source.latin1,
        de=de,
        en=en,
    )
    with engine.begin() as connection:
        writes.finish_run(
            connection,
            run,
            "ok" if report.read else "garbled",
            now,
            detail=en or None,
            counts={
                "new": report.new,
                "known": report.known,
                "updated": report.updated,
                "quarantined": report.quarantined,
            },
        )
    return report


@dataclass
class _Batch:
    connection: Connection
    file: str
    now: datetime
    posts: list[Post] = field(default_factory=list)
    written: writes.Written = field(default_factory=writes.Written)
    rejected: list[Rejected] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    read: int = 0

    @property
    def full(self) -> bool:
        most = min(MOST, max(FEWEST, self.read // 2))
        return len(self.posts) >= most or len(self.rejected) >= FEWEST // 10

    def add(self, found: Post | Rejected) -> None:
        self.read += 1
        if isinstance(found, Post):
            self.posts.append(found)
        else:
            self.rejected.append(found)
            self.reasons[found.error.code] += 1
            self.counts["quarantined"] += 1

    def write(self) -> None:
        with self.connection.begin():
            stored = writes.upsert_posts(
                self.connection, self.posts, SOURCE, self.now, self.written
            )
            writes.put_in_quarantine(
                self.connection, SOURCE, self.file, self.rejected, MAPPER, self.now
            )
        self.counts.update(new=stored.new, known=stored.known, updated=stored.updated)
        self.posts.clear()
        self.rejected.clear()
