"""Random lives of two servers and of the program that reads them: the store equals the servers.

Hypothesis invents what happens and shrinks what fails to the few steps that matter. Many more lives
than in every run: `pytest tests/monitor/test_line_by_model.py --hypothesis-profile long`.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import event, func, select

from data.config import Config, MastodonConfig
from data.engine import open_store
from data.reads import covered
from data.tables import posts, raw_items
from monitor import steps
from monitor.reports import Collected
from monitor.sources.http import Patience
from tests.monitor.model_servers import (
    FAULTS,
    HOSTS,
    Killed,
    Servers,
    Status,
    instead_of_the_network,
)

IMPATIENT = Patience(attempts=2, first_wait=0, longest_wait=0, sleep=lambda _: None)
CONFIG = Config(
    folder=Path(),
    mastodon=MastodonConfig(
        instances=tuple(f"https://{host}" for host in HOSTS), boosters=False, reread_hours=48
    ),
)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONGEST = 36 * HOUR  # a life; all of it within the 48 hours that are read again
LIVES, LONG = 60, 2_000  # in every run, and in the long profile
JUNK = st.sampled_from(
    [
        (),
        (("uri", None),),
        (("uri", "https://a.example/x"), ("created_at", "yesterday")),
        (("uri", "https://a.example/y"), ("account", 7)),
    ]
)


class Line(RuleBasedStateMachine):
    """`servers` is the truth; `clock_error` is by how much the program's clock is wrong."""

    template: ClassVar[Path]  # a store with all tables and no rows

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hhhilft-line-"))
        self.servers = Servers()
        self.late: list[Status] = []  # not yet known to the other server
        self.passed = timedelta()
        self.clock_error = timedelta()
        self.was_ahead = False
        self.dead = False
        self.commits_left: int | None = None
        store = shutil.copy(self.template, self.folder)
        self.engine = open_store(f"sqlite:///{store}")
        event.listen(self.engine, "begin", self._maybe_dead)
        event.listen(self.engine, "commit", self._maybe_die)
        self._patched = instead_of_the_network(self.servers)
        self._patched.start()

    @rule(home=st.sampled_from(HOSTS), federates=st.sampled_from(["at once", "late", "never"]))
    def write(self, home: str, federates: str) -> None:
        self.servers.now += SECOND
        status = self.servers.write(home)
        if federates == "at once":
            self.servers.show(status, _other(home))
        elif federates == "late":
            self.late.append(status)

    @precondition(lambda self: self.late)
    @rule(id_by_arrival=st.booleans())
    def arrive_late(self, id_by_arrival: bool) -> None:
        status = self.late.pop(0)
        if status.exists:
            self.servers.show(status, _other(status.home), id_by_arrival=id_by_arrival)

    @precondition(lambda self: self.alive)
    @rule(which=st.integers(0, 30), everywhere=st.booleans())
    def edit(self, which: int, everywhere: bool) -> None:
        status = self._pick(which)
        status.texts.append(f"Text {status.number}, berichtigt {len(status.texts)}")
        status.edited_at = self.servers.now
        if everywhere:
            status.stale.clear()
        else:
            status.stale.add(_other(status.home))

    @precondition(lambda self: self.alive)
    @rule(which=st.integers(0, 30), everywhere=st.booleans())
    def delete(self, which: int, everywhere: bool) -> None:
        status = self._pick(which)
        status.exists = False
        status.ids.pop(status.home, None)
        if everywhere:
            status.ids.clear()

    @precondition(lambda self: self.alive)
    @rule(which=st.integers(0, 30))
    def lose_the_hashtag(self, which: int) -> None:
        self._pick(which).ids.clear()

    @rule(host=st.sampled_from(HOSTS), junk=JUNK)
    def add_junk(self, host: str, junk: Any) -> None:
        self.servers.add_junk(host, junk)

    @rule(time=st.sampled_from([MINUTE, 11 * MINUTE, HOUR, 5 * HOUR]))
    def pass_time(self, time: timedelta) -> None:
        if self.passed + time <= LONGEST:
            self.servers.now += time
            self.passed += time

    @rule(error=st.sampled_from([-3 * DAY, -30 * HOUR, -HOUR, 0 * HOUR, HOUR, 3 * DAY]))
    def set_clock(self, error: timedelta) -> None:
        self.clock_error = error
        self.was_ahead |= error > timedelta()

    @rule(
        faults=st.dictionaries(st.integers(0, 12), st.sampled_from(FAULTS), max_size=3),
        dies_at_commit=st.none() | st.integers(0, 12),
    )
    def collect(self, faults: dict[int, str], dies_at_commit: int | None) -> None:
        self.servers.now += MINUTE
        before = self.servers.now
        self.servers.fail(faults)
        self.commits_left = dies_at_commit
        try:
            self._collect()
        except Killed:
            self.engine.dispose()
        finally:
            self.dead, self.commits_left = False, None
            self.servers.fail({})
        self._assert_what_is_stored_was_said()
        if not self.was_ahead:
            self._assert_nothing_claimed_is_missing(before)

    def _collect(self) -> list[Collected]:
        now = self.servers.now + self.clock_error
        return steps.collect(self.engine, CONFIG, ["mastodon"], now, IMPATIENT)

    def _maybe_dead(self, _connection: object) -> None:
        if self.dead:
            raise Killed

    def _maybe_die(self, _connection: object) -> None:
        if self.dead or self.commits_left == 0:
            self.dead = True
            raise Killed
        if self.commits_left is not None:
            self.commits_left -= 1

    @property
    def alive(self) -> list[Status]:
        return [each for each in self.servers.statuses if each.exists]

    def _pick(self, which: int) -> Status:
        return self.alive[which % len(self.alive)]

    def _stored(self) -> dict[str, Any]:
        with self.engine.connect() as connection:
            return {row.native_id: row for row in connection.execute(select(posts))}

    def _assert_what_is_stored_was_said(self) -> None:
        """No text that its author did not write, nothing deleted that is still there."""
        said = {each.uri: each for each in self.servers.statuses}
        for uri, row in self._stored().items():
            if row.deleted_at is None:
                assert row.text in said[uri].texts
                assert row.created_at == said[uri].created_at
            else:
                assert not said[uri].exists
                assert row.text == ""

    def _assert_nothing_claimed_is_missing(self, before: Any) -> None:
        """What was there before the round and is within what is claimed as read is in the store."""
        with self.engine.connect() as connection:
            known = set(connection.scalars(select(posts.c.native_id)))
            bodies = list(connection.scalars(select(raw_items.c.body)))
            claims = {host: covered(connection, "mastodon", f"https://{host}") for host in HOSTS}
        for host, spans in claims.items():
            for status in self.servers.on(host):
                in_time = status.arrived[host] == status.created_at < before
                claimed = any(start <= status.created_at <= end for start, end in spans)
                kept = status.uri in known or any(status.uri in body for body in bodies)
                assert kept or not (in_time and claimed), f"{status.uri} is claimed as read"

    def teardown(self) -> None:
        """When the servers are quiet, a few rounds make the store equal to them."""
        try:
            self.clock_error = timedelta()
            for _ in range(3):
                self.servers.now += 11 * MINUTE
                self._collect()
            self._assert_every_post_is_there()
            self._assert_nothing_claimed_is_missing(self.servers.now)
            for later in (8 * DAY, 11 * MINUTE, 31 * DAY, 11 * MINUTE):
                if self._deletions_to_follow():
                    self.servers.now += later
                    self._collect()
            assert not self._deletions_to_follow()
        finally:
            self._patched.stop()
            self.engine.dispose()
            shutil.rmtree(self.folder)

    def _assert_every_post_is_there(self) -> None:
        """An edit is known as soon as one server that shows the post has heard of it.

        Where none has, nobody who reads timelines can know; what is stored was said all the same.
        """
        stored = {uri: row.text for uri, row in self._stored().items()}
        shown = [each for each in self.servers.statuses if each.exists and each.ids]
        heard = {each.uri: each.texts[-1] for each in shown if each.ids.keys() - each.stale}
        assert heard.items() <= stored.items()
        assert {each.uri for each in shown} <= stored.keys()
        self._assert_what_is_stored_was_said()
        with self.engine.connect() as connection:
            waiting = select(func.count()).where(raw_items.c.mapped_at.is_(None))
            assert connection.scalar(waiting) == 0

    def _deletions_to_follow(self) -> set[str]:
        there = {uri for uri, row in self._stored().items() if row.deleted_at is None}
        return there & {each.uri for each in self.servers.statuses if not each.exists}


def _other(host: str) -> str:
    return HOSTS[1 - HOSTS.index(host)]


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    open_store(f"sqlite:///{tmp_path / 'template.db'}").dispose()
    monkeypatch.setattr(Line, "template", tmp_path / "template.db", raising=False)
    return Line()


def test_an_edit_that_no_server_which_shows_the_post_has_heard_of_cannot_be_known(
    line: Line,
) -> None:
    line.write(home="a.example", federates="late")
    line.lose_the_hashtag(which=0)
    line.arrive_late(id_by_arrival=False)
    line.edit(which=0, everywhere=False)
    line.teardown()


@pytest.mark.parametrize("error", [-30 * HOUR, -HOUR, HOUR], ids=["30 h behind", "behind", "ahead"])
def test_the_newest_edit_is_taken_over_whatever_the_clock_said(
    line: Line, error: timedelta
) -> None:
    line.write(home="a.example", federates="at once")
    for wrong in (timedelta(), error):
        line.set_clock(error=wrong)
        line.pass_time(time=5 * HOUR)
        line.pass_time(time=5 * HOUR)
        line.edit(which=0, everywhere=False)
        line.collect(faults={}, dies_at_commit=None)
    line.teardown()


class TestLine(Line.TestCase):  # type: ignore[name-defined,misc]
    settings = hypothesis.settings(
        max_examples=LONG if hypothesis.settings.get_current_profile_name() == "long" else LIVES,
        stateful_step_count=25,
        phases=[each for each in hypothesis.Phase if each is not hypothesis.Phase.explain],
    )

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp(prefix="hhhilft-line-"))
        Line.template = cls.folder / "template.db"
        open_store(f"sqlite:///{Line.template}").dispose()

    @classmethod
    def tearDownClass(cls) -> None:
        shutil.rmtree(cls.folder)
