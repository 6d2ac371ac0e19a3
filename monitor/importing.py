"""Posts from files into the store, in batches: bounded memory, a transaction each."""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from data import writes
from data.errors import SourceError
from monitor.reports import Imported
from monitor.sources.files import MAPPER
from monitor.sources.files.batches import Batch, batches

SOURCE = "file"

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
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    written = writes.Written()
    form, latin1 = None, 0
    de = en = ""
    with writes.open_for_many(engine) as connection, closing(batches(path)) as read:
        try:
            for batch in read:
                counts += _write(connection, batch, name, now, written)
                reasons.update(each.error.code for each in batch.rejected)
                form, latin1 = batch.format, batch.latin1
                progress(name, batch.read, batch.share)
                batch.posts.clear()  # before the next one comes
        except SourceError as error:
            de, en = error.de, error.en
    report = Imported(
        name,
        form,
        new=counts["new"],
        known=counts["known"],
        updated=counts["updated"],
        quarantined=reasons.total(),
        reasons=dict(reasons),
        latin1=latin1,
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


def _write(
    connection: Connection, batch: Batch, file: str, now: datetime, written: writes.Written
) -> Counter[str]:
    """Write one batch for good; return how many posts are new, known, updated."""
    with connection.begin():
        stored = writes.write_posts(connection, batch.posts, SOURCE, now, written)
        writes.put_in_quarantine(connection, SOURCE, file, batch.rejected, MAPPER, now)
    return Counter(new=stored.new, known=stored.known, updated=stored.updated)
