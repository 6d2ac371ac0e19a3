"""One round of collecting: ask the network first, open the transaction after, page by page.

Raw items and cursors are stored together, so that a kill at any moment loses and doubles nothing:
what is stored raw and not mapped yet is mapped by the next round.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, Engine

from data import reads, writes
from data.budgets import budgets
from data.config import Config, is_scraper
from data.errors import ConfigError, RecordError, SourceError
from data.records import Post
from data.source_reads import posts_to_look_after
from data.writes import RawRow, Rejected
from monitor.reports import Collected
from monitor.sources import SOURCES
from monitor.sources.http import Patience
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking, Back, Page, Source, Told
from monitor.stored_posts import StoredPosts
from monitor.taking_in import take_in

log = logging.getLogger("hhhilft")

MAPPED_AT_ONCE = 500  # raw items a transaction
SHORTEST_GAP = 2  # rounds; what is not read for a shorter time is only the pause between them


def chosen(names: Sequence[str] | None) -> list[Source]:
    """Return the sources of these names, all without names; SourceError for an unknown one."""
    networks = [name.partition(":")[0] if is_scraper(name) else name for name in names or ()]
    for name in networks:
        if name not in SOURCES:
            raise SourceError(
                de=f"Die Quelle {name} gibt es nicht. Es gibt: {', '.join(SOURCES)}.",
                en=f"There is no source {name}. There are: {', '.join(SOURCES)}.",
            )
    return [SOURCES[name] for name in dict.fromkeys(networks or SOURCES)]


def with_named_scrapers(config: Config, names: Sequence[str] | None) -> Config:
    """Let scrapers among `names` (snscrape:<scraper>:<name>) take the place of the settings'."""
    named = tuple(name for name in names or () if is_scraper(name))
    if not named:
        return config
    return replace(config, snscrape=replace(config.snscrape, enabled=True, scrapers=named))


def collect_source(
    engine: Engine, config: Config, source: Source, now: datetime, patience: Patience
) -> list[Collected]:
    """Ask all origins of a source; one that does not deliver stops no other."""
    if not source.enabled(config):
        return [
            Collected(
                source.network,
                "",
                "off",
                de=f"Abgeschaltet ([{source.network}] enabled in hhhilft.toml).",
                en=f"Switched off ([{source.network}] enabled in hhhilft.toml).",
            )
        ]
    if not source.origins(config):
        return [
            Collected(
                source.network,
                "",
                "off",
                de=f"Es ist nichts eingetragen ([{source.network}] in hhhilft.toml).",
                en=f"Nothing is named ([{source.network}] in hhhilft.toml).",
            )
        ]
    rounds = [
        _Round(engine, config, source, origin, now, patience) for origin in _origins(source, config)
    ]
    left_over = _map(engine, config, source, now)  # of a round that was killed
    for each in rounds:
        each.counts.update(left_over.pop(each.origin, Counter()))
        each.ask()
    _look_after(engine, source, rounds)
    return [each.finish() for each in rounds]


def _origins(source: Source, config: Config) -> list[str]:
    return list(dict.fromkeys(source.origins(config)))


class _Round:
    """One source at one origin."""

    def __init__(
        self,
        engine: Engine,
        config: Config,
        source: Source,
        origin: str,
        now: datetime,
        patience: Patience,
    ) -> None:
        self.engine, self.config, self.source = engine, config, source
        self.origin, self.now, self.patience = origin, now, patience
        self.counts: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.unwanted: set[str] = set()
        self.complete_since: datetime | None = None
        self.notes: list[tuple[str, str]] = []
        self.refused: Refused | None = None
        self.run = 0

    def ask(self) -> None:
        """Fetch and store pages until the origin has no more, or refuses; then map them."""
        network = self.source.network
        with self.engine.begin() as connection:
            self.run = writes.start_run(connection, "collect", network, self.origin, self.now)
            writes.cut_coverage(connection, network, self.origin, self.now)
        try:
            with closing(self.source.collect(self.asking())) as pages:
                for page in pages:
                    self._store(page)
        except Refused as refused:
            self.refused = refused
        except ConfigError as error:  # a secret's file that cannot be read stops no other source
            self.refused = Refused("denied", error.de, error.en)
        finally:
            self._map()

    def asking(self) -> Asking:
        """Return what the source starts from, with the cursors as they are now."""
        network = self.source.network
        with self.engine.connect() as connection:
            cursors = writes.read_cursors(connection, network, self.origin)
        stored = StoredPosts(self.engine, network)
        return Asking(self.config, self.origin, cursors, stored, self.now, self.patience)

    def _map(self) -> None:
        for counts in _map(self.engine, self.config, self.source, self.now).values():
            self.counts.update(counts)

    def _store(self, page: Page) -> None:
        network = self.source.network
        self.counts["fetched"] += page.fetched
        self.seen |= page.seen
        self.unwanted |= page.unwanted
        self.complete_since = page.complete_since or self.complete_since
        if page.note and page.note not in self.notes:
            self.notes.append(page.note)
        if page.unwanted:  # what earlier pages brought may be among it, and is no post yet
            self._map()
        with self.engine.begin() as connection:
            if page.items or page.cursors:
                writes.store_raw(
                    connection, network, self.origin, page.items, page.cursors, self.now
                )
            if page.unwanted:  # an author who asked for it only now
                self.counts["deleted"] += writes.delete_posts(
                    connection, network, sorted(page.unwanted), self.now
                )
            if page.read and page.read[0] <= page.read[1]:  # else the clock was set back
                writes.add_coverage(connection, network, self.origin, *page.read)
            if page.filled:
                writes.add_coverage(connection, network, *page.filled)
            if page.spent:
                writes.spend(connection, network, page.spent)

    def finish(self) -> Collected:
        """Write the round into `runs` and report it."""
        now, refused = self.now, self.refused
        pause = timedelta(minutes=self.source.interval_minutes(self.config))
        wait = timedelta(seconds=(refused.wait or 0) if refused else 0)
        notes = [(refused.de, refused.en)] if refused else self.notes
        with self.engine.begin() as connection:
            report = Collected(
                self.source.network,
                self.origin,
                state=refused.state if refused else "ok" if self.counts["fetched"] else "empty",
                de=" ".join(de for de, _ in notes),
                en=" ".join(en for _, en in notes),
                said=refused.said if refused else None,
                fetched=self.counts["fetched"],
                new=self.counts["new"],
                updated=self.counts["updated"],
                deleted=self.counts["deleted"],
                quarantined=self.counts["quarantined"],
                skipped=len(self.unwanted),
                gaps=self._gaps(connection, SHORTEST_GAP * pause),
                next_try=now + max(pause, wait),
                budget=budgets(connection, self.config, now).get(self.source.network),
            )
            writes.finish_run(
                connection,
                self.run,
                report.state,
                now,
                detail=report.said or report.note(self.config.watch.lang) or None,
                counts=report.counts(),
                next_try=report.next_try,
            )
        return report

    def _gaps(self, connection: Connection, shortest: timedelta) -> int:
        covered = reads.covered(connection, self.source.network, self.origin)
        ends = [end for _, end in covered]
        starts = [start for start, _ in covered[1:]] + [self.now]
        return sum(start - end > shortest for end, start in zip(ends, starts, strict=False))


def _map(engine: Engine, config: Config, source: Source, now: datetime) -> dict[str, Counter[str]]:
    """Translate what is stored raw into posts; counts by origin."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    while True:
        with engine.begin() as connection:
            rows = writes.unmapped(connection, source.network, MAPPED_AT_ONCE)
            if not rows:
                return counts
            rejected: set[int] = set()
            for (origin, fetched_at), group in groupby(
                rows, key=lambda row: (row.origin, row.fetched_at)
            ):
                counted, not_readable = _map_group(
                    connection, config, source, list(group), fetched_at, now
                )
                counts[origin].update(counted)
                rejected |= not_readable
            mapped = [row.id for row in rows if row.id not in rejected]
            writes.mark_mapped(connection, mapped, sorted(rejected), now)


def _map_group(
    connection: Connection,
    config: Config,
    source: Source,
    rows: Sequence[RawRow],
    fetched_at: datetime,
    now: datetime,
) -> tuple[dict[str, int], set[int]]:
    """Write the posts of one origin's items; counts, and the items that are in quarantine."""
    origin, origins = rows[0].origin, source.origins(config)
    found: list[Told] = []
    rejected: dict[int, Rejected] = {}
    for row in rows:
        try:
            translated = source.to_posts(row.kind, origin, row.body, fetched_at)
        except RecordError as error:
            rejected[row.id] = Rejected(None, error, row.body)
            continue
        away = {each.id for each in translated if isinstance(each, Post) and each.account.no_bots}
        found += [
            source.merge_counters(each, origin, origins) if isinstance(each, Post) else each
            for each in translated
            if not (isinstance(each, Post | Back) and each.id in away)
        ]
    counts = take_in(connection, source.network, found, fetched_at)
    quarantined = writes.put_in_quarantine(
        connection, source.network, origin, list(rejected.values()), source.mapper, now
    )
    readable = [row.body for row in rows if row.id not in rejected]
    writes.let_out_of_quarantine(connection, source.network, origin, readable, now)
    return counts | {"quarantined": quarantined}, set(rejected)


def _look_after(engine: Engine, source: Source, rounds: Sequence[_Round]) -> None:
    """Ask where posts come from whether they are still there; a few a round.

    Also where the budget for new posts is spent: that for these questions is another.
    """
    answering = [each for each in rounds if not each.refused or each.refused.state == "quota"]
    if not answering:
        return
    now = answering[0].now
    complete = [each.complete_since for each in answering if each.complete_since]
    seen: set[str] = set().union(*(each.seen for each in rounds))
    with engine.connect() as connection:
        ids = posts_to_look_after(
            connection,
            source.network,
            max(complete, default=None),
            seen,
            now,
            source.asked_a_round,
        )
    try:
        for asked in source.look_after(answering[0].asking(), ids):
            with engine.begin() as connection:
                answering[0].counts["deleted"] += _note(connection, source.network, asked, now)
    except Refused as refused:  # the posts are read all the same
        answering[0].notes.append(
            (
                f"Ob Beiträge noch da sind, war nicht zu erfahren: {refused.de}",
                f"Whether posts are still there could not be learnt: {refused.en}",
            )
        )


def _note(connection: Connection, network: str, asked: Asked | writes.Spent, now: datetime) -> bool:
    """Write what a post's origin said of it, or what asking cost; True: deleted just now."""
    if isinstance(asked, writes.Spent):
        writes.spend(connection, network, asked)
    elif asked.there is False:
        return writes.note_missing(connection, network, asked.id, now)
    elif asked.there:
        writes.note_alive(connection, network, asked.id, now)
    else:
        writes.note_asked(connection, network, asked.id, now)
    return False
