"""The line through the house: each step reads tables, calls pure code, writes tables.

Any step can be run alone, and twice with the same result. In the order of the line; heavy modules
are loaded when their step runs, so that `--help` and the pages start fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data.config import Config
from monitor.reports import Collected, Imported

if TYPE_CHECKING:
    from data.writes import TagRow
    from monitor.digest.summary import Digest
    from monitor.sources.http import Patience
    from nlp.pipeline import Tagger
    from nlp.tagged import Tagged

BATCH = 5_000  # posts written in one transaction
TURNS = 20  # of counting anew, 48 hours each: what the pages look back at, and more
MANY = 500  # new posts that are tagged fast first; as many are then tagged thoroughly at a time


def load_sample(engine: Engine, now: datetime) -> int:
    """Write the invented posts of `hhhilft demo`, moved to the present; return how many are new.

    Each is first seen on the day it was posted, so that newcomers are told from old hands. A second
    call adds nothing: the posts' ids do not depend on `now`.
    """
    from data.sample import sample_posts
    from data.writes import finish_run, start_run, upsert_posts

    new = 0
    for _, day in groupby(sample_posts(now), lambda post: post.created_at.date()):
        posts = list(day)
        with engine.begin() as connection:
            new += upsert_posts(connection, posts, "sample", posts[-1].created_at).new
    with engine.begin() as connection:
        run = start_run(connection, "import", "sample", None, now)
        finish_run(connection, run, "ok" if new else "empty", now, counts={"new": new})
    recount(engine)
    return new


def collect(
    engine: Engine,
    config: Config,
    names: Sequence[str] | None,
    now: datetime,
    patience: Patience | None = None,
) -> list[Collected]:
    """Ask the sources once (all, or those of `names`); report each origin.

    A source that does not deliver is a state in its report and stops no other. SourceError only
    for a name that is no source.
    """
    from monitor.collecting import chosen, collect_source, with_named_scrapers
    from monitor.sources.http import Patience

    config = with_named_scrapers(config, names)
    reports = [
        report
        for source in chosen(names)
        if names or source.origins(config) or not source.enabled(config)
        for report in collect_source(engine, config, source, now, patience or Patience())
    ]
    recount(engine, TURNS)
    return reports


def import_files(
    engine: Engine,
    config: Config,  # noqa: ARG001 - every step has it
    paths: Sequence[Path | str],
    now: datetime,
    progress: Callable[[str, int, float | None], None] = lambda _file, _items, _share: None,
) -> list[Imported]:
    """Write the posts of files; report each.

    `progress` hears the file, its items so far and the share of it that is read.
    """
    from monitor.importing import import_file

    return [import_file(engine, path, now, progress) for path in paths]


def tag(engine: Engine, config: Config) -> int:  # noqa: ARG001
    """Tag the posts that this version of the tagger has not seen; return how many.

    Few posts are tagged thoroughly. Many are tagged fast, so that nobody waits for them; calls that
    find nothing new tag some of those thoroughly, newest first, until none is left.
    """
    from data.reads import posts_to_tag

    thorough, fast = _tagger(), _fast_tagger()
    versions = {thorough.version, fast.version}
    with engine.connect() as connection:
        waiting = posts_to_tag(connection, versions, MANY).num_rows
    if waiting == MANY:
        return _tag(engine, fast, versions, None)
    if waiting:
        return _tag(engine, thorough, versions, None)
    return _tag(engine, thorough, {thorough.version}, MANY)


def _tag(engine: Engine, tagger: Tagger, seen: set[str], most: int | None) -> int:
    """Tag the posts, `most` at most, that the versions `seen` have not; return how many."""
    from data.formats import this_moment
    from data.reads import posts_to_tag
    from data.writes import finish_run, start_run, write_tags

    count, run = 0, None
    while most is None or count < most:
        with engine.connect() as connection:
            waiting = posts_to_tag(connection, seen, BATCH if most is None else most - count)
        if not waiting.num_rows:
            break
        texts = waiting["text"].to_pylist()
        found = tagger.tag(texts)
        rows = [
            _tag_row(post, text, each)
            for post, text, each in zip(waiting["post"].to_pylist(), texts, found, strict=True)
        ]
        with engine.begin() as connection:
            run = run or start_run(connection, "tag", None, None, this_moment())
            write_tags(connection, rows, tagger.version, this_moment())
        count += len(rows)
    if run is not None:
        with engine.begin() as connection:
            finish_run(connection, run, "ok", this_moment(), counts={"tagged": count})
        recount(engine, TURNS)
    return count


def recount(engine: Engine, turns: int | None = None) -> int:
    """Count anew what the pages show, as far as it has changed; return how many hours, accounts.

    The other steps do so at their end, but for the import, after which posts are tagged; what
    people correct is counted by the worker. `turns`: of 48 hours each, the newest first; None for
    all.
    """
    from data.writes.rollups import keep_rollups

    return keep_rollups(engine, turns)


def detect(engine: Engine, config: Config, now: datetime) -> dict[str, int]:
    """Find clusters and draw the network; return posts looked at, and clusters by level."""
    from monitor.detecting import detect_store

    return detect_store(engine, config, now)


def detect_changes(engine: Engine, config: Config, now: datetime) -> dict[str, int]:
    """Do as `detect`, unless nothing that it depends on is other than at the last time."""
    from monitor.detecting import detect_changes

    return detect_changes(engine, config, now)


def match(engine: Engine, config: Config, now: datetime) -> dict[str, int]:  # noqa: ARG001
    """Find the offers that answer needs; return needs, offers, needs with an offer, and matches."""
    from monitor.matching import match_store

    return match_store(engine, now)


def digest(
    engine: Engine, config: Config, week: str | None, folder: Path | None, now: datetime
) -> list[Path]:
    """Write the digest of a week ("2026-W47"; None: the last whole one) as HTML and JSON.

    Goes to `folder`, by default the settings'. The same week again replaces its files.
    """
    from data.writes import finish_run, start_run
    from monitor.digest import files

    made = digest_of(engine, config, week, now)
    written = files.write(made, config, folder or config.digest_folder)
    scheduled = folder in (None, config.digest_folder) and made.complete
    with engine.begin() as connection:
        period = made.name if scheduled else None
        run = start_run(connection, "digest", None, None, now, period)
        finish_run(connection, run, "ok", now, counts={"posts": made.gathered.talk.posts})
    return written


def digest_of(engine: Engine, config: Config, week: str | None, now: datetime) -> Digest:
    """Read and sum up a week without writing anything."""
    from data.digest_files import last_complete
    from data.digest_reads import gather
    from monitor.digest.summary import summarise
    from monitor.digest.weeks import iso_week, until

    zone = ZoneInfo(config.watch.timezone)
    span = until(iso_week(week or last_complete(now, zone), zone), now)
    with engine.connect() as connection:
        return summarise(gather(connection, span), now)


def sweep(engine: Engine) -> None:
    """Take the words of posts that are gone, or say something else now, out of the index for good.

    Nothing finds them anyway; in SQLite they stay in the file until this is done.
    """
    from data.writes import sweep_words

    sweep_words(engine)


@cache
def _tagger() -> Tagger:
    """Load the tagger once a process; what the community edits holds from the next start on."""
    from nlp.pipeline import load

    return load()


@cache
def _fast_tagger() -> Tagger:
    """Load the tagger that does without the encoder, once a process."""
    from nlp.pipeline import load_fast

    return load_fast()


def _tag_row(post: int, text: str, tagged: Tagged) -> TagRow:
    from data.writes import LabelRow, TagRow

    return TagRow(
        post,
        tagged.lang,
        tagged.urgent,
        tagged.urgent_score,
        tagged.urgent_evidence,
        [
            *(LabelRow("topic", each.label, each.score, each.evidence) for each in tagged.topics),
            *(LabelRow("intent", each.label, each.score, each.evidence) for each in tagged.intents),
            *(LabelRow("place", each.place, 1.0, (each.evidence,)) for each in tagged.places),
        ],
        text,
    )
