"""A file's posts in batches, in the store's form: a large file is read by a process of its own.

While one batch is written the next one is read. Files of other programs cost up to three times as
much to read as to write.
"""

import gc
import multiprocessing
import signal
from collections.abc import Generator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from data.errors import SourceError
from data.quarantine import Rejected
from data.records import Post
from data.rows import PostRow, post_rows
from monitor.sources.files import PostFile

FEWEST, MOST = 5_000, 20_000  # posts in a batch: the more, the longer the file is
_FEWEST_REJECTED = 500  # their bodies are longer
ALLOCATIONS = 200_000  # a batch of posts, which make no cycles, is not looked through all the time
_LARGE = 8_000_000  # bytes; below, a process would take longer to start than it saves


class Batch(NamedTuple):
    """What was read since the last one, and how far the file is."""

    posts: list[PostRow]
    rejected: list[Rejected]
    read: int  # items of the file so far
    share: float | None  # of the file that is read, 0 to 1; None where that is not known
    format: str | None
    latin1: int  # lines so far that are no UTF-8


def batches(path: Path | str) -> Generator[Batch]:
    """Read a file; the last batch, which may be empty, has the share 1.

    Raises SourceError after the last one where the file cannot be opened or read to its end.
    """
    large = Path(path).is_file() and Path(path).stat().st_size >= _LARGE
    return read_beside(path) if large else read_here(path)


def read_here(path: Path | str) -> Generator[Batch]:
    """Do as `batches`, in this process."""
    source = PostFile(path)
    posts: list[Post] = []
    rejected: list[Rejected] = []
    read, failed = 0, None

    def batch(share: float | None) -> Batch:
        done = Batch(post_rows(posts), list(rejected), read, share, source.format, source.latin1)
        posts.clear()
        rejected.clear()
        return done

    try:
        for found in source:
            read += 1
            if isinstance(found, Post):
                posts.append(found)
            else:
                rejected.append(found)
            most = min(MOST, max(FEWEST, read // 2))
            if len(posts) >= most or len(rejected) >= _FEWEST_REJECTED:
                yield batch(source.share())
    except SourceError as error:
        failed = error
    yield batch(1.0)
    if failed:
        raise failed


def read_beside(path: Path | str) -> Generator[Batch]:
    """Do as `batches`, in a process of its own, which is one batch ahead at most."""
    context = multiprocessing.get_context("spawn")  # a fork would share the open database
    here, there = context.Pipe(duplex=False)
    reader = context.Process(target=_send, args=(path, there), daemon=True)
    reader.start()
    there.close()
    try:
        while isinstance(found := here.recv(), Batch):
            yield found
        if found:
            raise found
    except (EOFError, OSError) as error:
        reader.join()
        raise SourceError(
            de=f"Das Lesen von {path} brach ab (Prozess mit {reader.exitcode} beendet). "
            "Noch einmal importieren: Es geht weiter mit dem, was fehlt.",
            en=f"Reading {path} broke off (its process ended with {reader.exitcode}). "
            "Import it once more: that goes on with what is missing.",
        ) from error
    finally:
        here.close()
        reader.terminate()
        reader.join()


def _send(path: Path | str, there: Connection) -> None:
    gc.set_threshold(ALLOCATIONS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process
    try:
        for batch in read_here(path):
            there.send(batch)
            del batch  # before the next one is read
        there.send(None)
    except SourceError as error:
        there.send(error)
    except BrokenPipeError:
        return  # nobody listens any more
