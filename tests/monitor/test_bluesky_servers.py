"""Against Bluesky's own servers on loopback: the store equals what people did there.

Jetstream itself is not among them: a bridge gives the account server's stream in its form.
"""

import os
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import BlueskyConfig, Config, MastodonConfig, WatchConfig
from data.engine import open_store
from data.formats import this_moment
from data.page_reads.sources import gaps
from data.tables import accounts, posts
from monitor import steps
from monitor.reports import Collected
from monitor.sources.bluesky import frames, questions
from monitor.sources.http import Patience
from tests import postgres
from tests.monitor.bluesky_network import install
from tests.monitor.bluesky_network.bridge import bridged
from tests.monitor.bluesky_network.servers import POST, Person, Servers, post, running, wait_until
from tests.monitor.jetstream import Jetstream, jetstream

QUICK = Patience(attempts=4, first_wait=0.01, longest_wait=0.2)
PROFILE = "app.bsky.actor.profile"


@pytest.fixture(scope="module")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Bluesky's servers, once for all tests of this file."""
    if not install.is_installed():
        reason = "Bluesky's servers are not installed. Install them: make bluesky"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    server: postgres.Server = request.getfixturevalue("postgresql_server")
    database = server.make()
    with running(f"postgres://{server.user}@127.0.0.1:{server.port}/{database}") as started:
        yield started


@pytest.fixture
def store(sqlite_template: Path) -> Iterator[Engine]:
    """An empty store; that both databases do the same is tested without these servers."""
    copy = sqlite_template.with_name("bluesky.db")
    copy.write_bytes(sqlite_template.read_bytes())
    engine = open_store(f"sqlite:///{copy}")
    yield engine
    engine.dispose()
    copy.unlink()


class Watching:
    """The servers, their stream, and rounds of collecting from both."""

    def __init__(
        self, store: Engine, servers: Servers, stream: Jetstream, tag: str, login: str
    ) -> None:
        self.store, self.servers, self.stream = store, servers, stream
        self.tag, self.login = tag, login
        self.later = timedelta(0)
        self.true: dict[str, str | None] = {}  # what must be stored: texts, None for what is gone
        self.authors: dict[str, Person] = {}
        self.server = ""  # with it the search is asked, too

    def write(self, who: Person, text: str, **other: Any) -> dict[str, str]:
        """Let somebody post what must be stored."""
        made = who.write(text, **other)
        self.true[made["uri"]], self.authors[made["uri"]] = text, who
        return made

    def delete(self, chance: random.Random) -> None:
        gone = chance.choice(self._alive())
        self.authors[gone].delete({"uri": gone})
        self.true[gone] = None

    def do_something(self, people: Sequence[Person], chance: random.Random, name: str) -> None:
        """Post, mostly; now and then delete or change what is there."""
        dice = chance.random() if self._alive() else 1.0
        if dice < 0.2:
            self.delete(chance)
        elif dice < 0.35:
            changed = chance.choice(self._alive())
            text = f"{name} berichtigt #{self.tag}"
            self.authors[changed].change(POST, changed.rsplit("/", 1)[1], post(text))
            self.true[changed] = text
        else:
            self.write(chance.choice(people), f"Beitrag {name} #{self.tag}")

    def true_without(self, person: Person) -> dict[str, str | None]:
        mine = f"at://{person.did}/"
        return {uri: None if uri.startswith(mine) else text for uri, text in self.true.items()}

    def _alive(self) -> list[str]:
        return [uri for uri in self.authors if self.true[uri] is not None]

    def catch_up(self, person: Person) -> None:
        """Wait until the stream and the public view have heard of everything so far."""
        mark = person.write("ohne")
        key = mark["uri"].rsplit("/", 1)[1]
        wait_until(lambda: any(each.get("rkey") == key for each in list(self.stream.events)))
        wait_until(lambda: self.servers.shows([mark["uri"]]))

    def round(self, after: timedelta = timedelta(0)) -> list[Collected]:
        self.later += after
        settings = BlueskyConfig(
            stream=self.stream.origin,
            server=self.server,
            handle=self.login,
            appview=self.servers.appview,
            first_days=1,
            timeout_seconds=20,
        )
        off = MastodonConfig(enabled=False)
        watch = WatchConfig(hashtags=(self.tag,))
        config = Config(Path(), watch=watch, mastodon=off, bluesky=settings)
        return steps.collect(self.store, config, ["bluesky"], this_moment() + self.later, QUICK)

    def stored(self) -> dict[str, str | None]:
        """Return the texts by address; None for what is deleted."""
        query = select(posts.c.native_id, posts.c.text, posts.c.deleted_at)
        with self.store.connect() as connection:
            return {uri: None if gone else text for uri, text, gone in connection.execute(query)}

    def row(self, uri: str) -> Any:
        with self.store.connect() as connection:
            return connection.execute(select(posts).where(posts.c.native_id == uri)).one()

    def who(self, person: Person) -> Any:
        query = select(accounts).where(accounts.c.native_id == person.did)
        with self.store.connect() as connection:
            return connection.execute(query).one()


@pytest.fixture
def quiet_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "QUIET_SECONDS", 1.5)  # a busy machine is slow


def test_what_people_do_is_stored_as_they_did_it(
    store: Engine, servers: Servers, quiet_soon: None
) -> None:
    with jetstream() as stream, bridged(servers.pds, stream):
        ana, ben, cem = (servers.join(name) for name in ("ana", "ben", "cem"))
        here = Watching(store, servers, stream, "HHhilft", ben.handle)
        true = here.true
        need = here.write(ana, "Größe M gesucht, für Ömer #HHhilft")
        ana.write("Guten Morgen")
        unmarked = "ohne Auszeichnung #hhhilft"
        true[ana.make(POST, {**post("gesucht"), "text": unmarked})["uri"]] = unmarked
        wrong = here.write(ben, "Betten in Altona #HHhilft")
        moved = here.write(ben, "Termin um 8 #HHhilft")
        here.catch_up(ana)
        assert [each.state for each in here.round()] == ["ok"]
        assert here.stored() == true

        answer = here.write(ben, "Ich habe eine", reply={"root": need, "parent": need})
        thanks = here.write(ana, "Danke!", reply={"root": need, "parent": answer})
        embed = {"$type": "app.bsky.embed.record", "record": need}
        quote = here.write(cem, "Wer noch?", embed=embed)
        shared, taken_back = cem.share(need), cem.share(wrong)
        cem.share(ana.write("Ganz etwas anderes"))
        ben.delete(wrong)
        cem.delete(taken_back)
        right = here.write(ben, "Betten in Altona-Nord #HHhilft")
        ben.change(POST, key_of(right), post("Betten in Eimsbüttel #HHhilft"))
        ben.delete(moved)
        ben.make_as(key_of(moved), post("Termin um 9 #HHhilft"))
        true |= {shared["uri"]: "", taken_back["uri"]: None, wrong["uri"]: None}
        true |= {right["uri"]: "Betten in Eimsbüttel #HHhilft"}
        true |= {moved["uri"]: "Termin um 9 #HHhilft"}
        here.catch_up(ana)
        here.round()
        assert here.stored() == true
        assert here.row(answer["uri"]).reply_to == need["uri"]
        assert here.row(thanks["uri"]).reply_to == answer["uri"]
        assert here.row(quote["uri"]).quote_of == need["uri"]
        assert here.row(shared["uri"]).repost_of == need["uri"]
        assert here.row(right["uri"]).edited_at is not None
        assert here.row(need["uri"]).hashtags == ["hhhilft"]


def test_accounts_are_followed_in_what_they_show_and_when_they_leave_and_come_back(
    store: Engine, servers: Servers, quiet_soon: None
) -> None:
    with jetstream() as stream, bridged(servers.pds, stream):
        ana, ben, cem = (servers.join(name) for name in ("anna", "benno", "cemal"))
        here = Watching(store, servers, stream, "HHhilftKonten", ben.handle)
        for who in (ana, ben, cem):
            here.write(who, "Decken #HHhilftKonten")
        changed = here.write(ben, "Betten #HHhilftKonten")
        ben.change(POST, key_of(changed), post("Zwei Betten #HHhilftKonten"))
        here.true[changed["uri"]] = "Zwei Betten #HHhilftKonten"
        gone = here.write(ben, "Tisch #HHhilftKonten")
        ben.delete(gone)
        here.true[gone["uri"]] = None
        here.catch_up(ana)
        here.round()
        assert here.stored() == here.true

        cem.call("com.atproto.identity.updateHandle", {"handle": "cem-neu.test"})
        hidden = {"$type": "com.atproto.label.defs#selfLabels"}
        hidden |= {"values": [{"val": "!no-unauthenticated"}]}
        cem.change(PROFILE, "self", {"$type": PROFILE, "displayName": "Cem", "labels": hidden})
        ben.call("com.atproto.server.deactivateAccount", {})
        here.catch_up(ana)
        here.round()
        assert here.stored() == here.true_without(ben)
        told = here.who(cem)
        assert (told.handle, told.name) == ("cem-neu.test", "Cem")
        assert (told.noindex, told.discoverable) == (True, False)

        ben.call("com.atproto.server.activateAccount")
        here.catch_up(ana)
        here.round()
        wait_until(lambda: servers.shows([changed["uri"]]))
        here.round()
        assert here.stored() == here.true
        servers.take_down(cem, applied=True)
        here.catch_up(ana)
        here.round()
        assert here.stored() == here.true_without(cem)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_stream_cut_at_random_moments_and_the_search_lose_nothing_and_double_nothing(
    store: Engine, servers: Servers, seed: int, monkeypatch: pytest.MonkeyPatch, quiet_soon: None
) -> None:
    monkeypatch.setattr(frames, "BATCH", 5)
    monkeypatch.setattr(questions, "A_PAGE", 10)
    chance = random.Random(seed)
    with jetstream() as stream, bridged(servers.pds, stream):
        people = [servers.join(f"{name}{seed}") for name in ("dora", "emil", "fatma")]
        here = Watching(store, servers, stream, f"HHhilft{seed}x", people[0].handle)
        monkeypatch.setenv("HHHILFT_BLUESKY_PASSWORD", people[0].app_password())
        stream.cut_after = lambda: chance.choice((None, chance.randrange(30)))
        for turn in range(3):
            for number in range(12):
                here.do_something(people, chance, f"{turn}-{number}")
            here.catch_up(people[0])
            here.round()
        stream.cut_after = lambda: None
        here.round()
        assert here.stored() == here.true

        here.delete(chance)  # of this and what follows the stream keeps nothing
        lost = {
            here.write(people[number % 3], f"Lücke {number} #{here.tag}")["uri"]
            for number in range(25)
        }
        here.catch_up(people[0])
        stream.floor = stream.events[-1]["seq"] + 1
        here.write(people[1], f"danach #{here.tag}")
        here.catch_up(people[0])
        [streamed] = here.round()
        assert "Lücke" in streamed.de
        assert set(here.true) - set(here.stored()) == lost
        assert _gaps(store, stream) == 1

        here.server = servers.pds
        _, searched = here.round()
        assert (searched.state, "Lücke" in searched.de) == ("ok", True)
        assert _gaps(store, stream) == 0
        for _ in range(3):  # a deletion in the gap is noticed by asking for the post, twice
            here.round(timedelta(minutes=61))
        assert here.stored() == here.true


def key_of(what: Mapping[str, str]) -> str:
    return what["uri"].rsplit("/", 1)[1]


def _gaps(store: Engine, stream: Jetstream) -> int:
    with store.connect() as connection:
        found = gaps(connection, datetime.min.replace(tzinfo=this_moment().tzinfo), timedelta(0))
    return len(found.get(("bluesky", stream.origin), []))
