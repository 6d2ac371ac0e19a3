"""The collecting line with a source made up for it: what it asks of any network."""

import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from data import reads
from data.config import Config
from data.records import Post, read_time
from data.tables import coverage, posts
from data.writes import RawItem, Spent
from monitor.collecting import collect_source
from monitor.reports import Collected
from monitor.sources.http import Patience
from monitor.sources.refused import Refused
from monitor.sources.source import Asked, Asking, Page, Source
from monitor.stored_posts import StoredPosts
from tests import make
from tests.data.stored import rows
from tests.make import NOW

HOUR = timedelta(hours=1)


@dataclass
class Network:
    """Shows `pages`, once; answers for at most `budget` posts a round, each for a `price`."""

    pages: list[Page] = field(default_factory=list)
    budget: int = 100
    price: int = 0
    handed: list[Sequence[str]] = field(default_factory=list)
    refusal: Refused | None = None

    def round(self, engine: Engine, now: datetime = NOW, **fields: int) -> Collected:
        source = Source(
            network="made",
            mapper="made-1",
            enabled=lambda _: True,
            origins=lambda _: ("made.example",),
            interval_minutes=lambda _: 10,
            collect=self._collect,
            to_posts=lambda _kind, _origin, body, at: [_post(json.loads(body), at)],
            merge_counters=lambda post, _origin, _origins: post,
            look_after=self._look_after,
            **fields,
        )
        [report] = collect_source(engine, Config(folder=Path()), source, now, Patience())
        return report

    def _collect(self, _asking: Asking) -> Generator[Page, None, None]:
        while self.pages:
            yield self.pages.pop(0)
        if self.refusal:
            raise self.refusal

    def _look_after(self, _asking: Asking, ids: Sequence[str]) -> Iterator[Asked | Spent]:
        self.handed.append(ids)
        for each in ids[: self.budget]:
            if self.price:
                yield Spent("checks", "2026-11-01", self.price)
            yield Asked(each, there=True)


def _post(native_id: str, fetched_at: datetime) -> Post:
    at = read_time(NOW.isoformat(), fetched_at)
    return make.post(native_id, make.account("ana", network="made"), network="made", created_at=at)


def page(*ids: str, unwanted: Sequence[str] = ()) -> Page:
    items = [RawItem("made", json.dumps(each)) for each in ids]
    return Page(items=items, fetched=len(items), unwanted=frozenset(unwanted))


def test_no_more_posts_are_looked_after_in_a_round_than_the_source_wants(engine: Engine) -> None:
    network = Network([page("1", "2", "3")])
    network.round(engine)
    network.round(engine, NOW + HOUR, asked_a_round=2)
    network.round(engine, NOW + HOUR, asked_a_round=2)
    assert [len(ids) for ids in network.handed] == [0, 2, 1]


def test_what_a_source_leaves_out_as_its_budget_is_spent_comes_first_in_the_next_round(
    engine: Engine,
) -> None:
    network = Network([page("1", "2")], budget=1)
    network.round(engine)
    network.pages = [page("3")]
    network.round(engine, NOW + HOUR / 2)
    network.round(engine, NOW + HOUR)
    network.round(engine, NOW + 2 * HOUR)
    assert [sorted(ids) for ids in network.handed] == [[], [], ["1", "2"], ["2", "3"]]
    assert network.handed[-1][0] == "2"


def test_posts_of_who_wants_no_programs_are_emptied_though_the_same_round_brought_them(
    engine: Engine,
) -> None:
    network = Network([page("1", "2"), page("3", unwanted=["2", "never seen"])])
    report = network.round(engine)
    assert (report.new, report.deleted) == (3, 1)
    with engine.connect() as connection:
        gone = select(posts.c.native_id).where(posts.c.deleted_at.is_not(None))
        assert list(connection.scalars(gone)) == ["2"]


def test_what_pages_and_checks_cost_is_counted_by_purpose_and_month(engine: Engine) -> None:
    october, november = (Spent("posts", f"2026-{month}-01", 30) for month in (10, 11))
    given_back = Spent("posts", "2026-11-01", -28)
    network = Network(
        [Page(spent=october), Page(spent=november), replace(page("1", "2"), spent=given_back)],
        price=1,
    )
    network.round(engine)
    network.round(engine, NOW + HOUR)
    stored = StoredPosts(engine, "made")
    assert stored.spent("2026-10-01") == {"posts": 30}
    assert stored.spent("2026-11-01") == {"posts": 2, "checks": 2}
    assert StoredPosts(engine, "another").spent("2026-11-01") == {}


def test_posts_are_looked_after_though_the_budget_for_new_ones_is_spent(engine: Engine) -> None:
    network = Network([page("1")])
    network.round(engine)
    network.refusal = Refused("quota", de="Genug.", en="Enough.")
    report = network.round(engine, NOW + HOUR)
    assert (report.state, network.handed[-1]) == ("quota", ["1"])


def test_what_was_rejected_is_a_post_when_it_comes_again_and_can_be_read(engine: Engine) -> None:
    behind = NOW - timedelta(days=3)
    network = Network([page("1")])
    assert network.round(engine, behind).quarantined == 1
    network.pages = [page("1")]
    report = network.round(engine)
    assert (report.new, report.quarantined) == (1, 0)
    with engine.connect() as connection:
        assert reads.counts(connection)["quarantined"] == 0


def test_a_clock_that_ran_ahead_has_claimed_nothing_once_it_is_right_again(engine: Engine) -> None:
    ahead = NOW + 72 * HOUR
    Network([Page(read=(NOW - HOUR, ahead))]).round(engine, ahead)
    Network([Page(read=(NOW + HOUR, NOW))]).round(engine)
    assert rows(engine, coverage, "start", "end") == [(NOW - HOUR, NOW)]
