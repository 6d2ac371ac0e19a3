"""Rounds of Bluesky's stream against a small Jetstream: nothing lost, nothing twice."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.config import BlueskyConfig, Config, MastodonConfig
from data.records import iso
from data.tables import accounts, coverage, posts, quarantine
from data.writes import Cursor, store_raw
from monitor import steps
from monitor.reports import Collected
from monitor.sources.bluesky import frames
from monitor.sources.http import Patience
from tests.data.stored import rows
from tests.make import NOW
from tests.monitor.bluesky_server import ANA, BEN, CEM, Bluesky, bluesky, profile, record, uri, view
from tests.monitor.instance import Answer
from tests.monitor.jetstream import Jetstream, jetstream

QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"


@pytest.fixture(autouse=True)
def quiet_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """End a round soon after the last event, as these servers have no others."""
    monkeypatch.setattr(frames, "QUIET_SECONDS", 1.0)  # a busy machine is slow


class World:
    """A stream and a public view, and one round after the other."""

    def __init__(self, engine: Engine, stream: Jetstream, view_of: Bluesky) -> None:
        self.engine, self.stream, self.view = engine, stream, view_of
        self.now = NOW - HOUR

    def commit(self, rkey: int | str, did: str = ANA, **told: Any) -> int:
        """Tell of a record made, or with `operation` of one changed or deleted."""
        self.now += SECOND
        made = {"operation": "create", "collection": POST, "rkey": str(rkey), "rev": "1", **told}
        if made["operation"] != "delete":
            made.setdefault("record", record())
        return self.stream.tell("commit", did, self.now, **made)

    def account(self, did: str, status: str | None = None) -> None:
        self.now += SECOND
        told = {"did": did, "active": status is None, **({"status": status} if status else {})}
        self.stream.tell("account", did, self.now, account=told)

    def round(self, after: timedelta = timedelta(0), **settings: Any) -> Collected:
        """Collect; the present is the last event's time, and `after` more."""
        self.now += after
        here = BlueskyConfig(
            stream=settings.pop("stream", self.stream.origin),
            appview=self.view.origin,
            timeout_seconds=5,
            **settings,
        )
        config = Config(Path(), mastodon=MastodonConfig(enabled=False), bluesky=here)
        [report] = steps.collect(self.engine, config, ["bluesky"], self.now, QUICK)
        return report

    def stored(self) -> dict[str, str | None]:
        """Return the posts by their record's key; None for those that are deleted."""
        found = rows(self.engine, posts, "native_id", "text", "deleted_at")
        return {each.rpartition("/")[2]: None if gone else text for each, text, gone in found}


@pytest.fixture
def world(engine: Engine) -> Iterator[World]:
    with jetstream() as stream, bluesky() as view_of:
        yield World(engine, stream, view_of)


def refer(did_and_key: str, **other: Any) -> dict[str, Any]:
    """Refer to a record (a strongRef)."""
    return {"uri": did_and_key, "cid": "bafy", **other}


def test_the_hashtags_posts_are_kept_and_nothing_else_of_everything_public(world: World) -> None:
    world.commit("a")
    world.commit("b", record=record("Guten Morgen"))
    world.commit("c", BEN, record=record("für #hhhilft"))
    report = world.round()
    assert (report.state, report.fetched, report.new) == ("ok", 3, 2)
    assert set(world.stored()) == {"a", "c"}
    assert sorted(rows(world.engine, accounts, "native_id", "handle")) == [
        (ANA, "ana.example"),
        (BEN, "ben.example"),
    ]


def test_what_answers_quotes_or_reposts_a_stored_post_is_kept_without_the_hashtag(
    world: World,
) -> None:
    world.commit("a")
    world.round()
    ours, other = refer(uri("a")), refer(uri("x", CEM))
    answer = record("Ich!", reply={"parent": ours, "root": ours})
    world.commit("answer", BEN, record=answer)
    deeper = record("Danke", reply={"parent": refer(uri("answer", BEN)), "root": ours})
    world.commit("deeper", record=deeper)
    world.commit("quote", BEN, record=record("Seht", embed={"record": ours}))
    world.commit("with", BEN, record=record("Bild", embed={"record": {"record": ours}}))
    shared = {"$type": REPOST, "subject": ours, "createdAt": "2026-11-16T11:00:00Z"}
    world.commit("shared", CEM, collection=REPOST, record=shared)
    elsewhere = record("Nein", reply={"parent": other, "root": other})
    world.commit("elsewhere", BEN, record=elsewhere)
    world.commit("foreign", CEM, collection=REPOST, record={**shared, "subject": other})
    assert world.round().new == 5
    told = rows(world.engine, posts, "native_id", "reply_to", "quote_of", "repost_of")
    assert {each.rpartition("/")[2]: said for each, *said in told} == {
        "a": [None, None, None],
        "answer": [uri("a"), None, None],
        "deeper": [uri("answer", BEN), None, None],
        "quote": [None, uri("a"), None],
        "with": [None, uri("a"), None],
        "shared": [None, None, uri("a")],
    }


def test_edits_and_deletions_of_stored_posts_are_followed_in_their_order(world: World) -> None:
    for key in ("edited", "gone", "kept"):
        world.commit(key)
    world.round()
    world.commit("edited", operation="update", record=record("Jetzt ohne Hashtag"))
    world.commit("gone", operation="delete")
    world.commit("foreign", CEM, operation="delete")
    world.commit("short")
    world.commit("short", operation="delete")
    assert world.round().deleted == 2
    assert world.stored() == {
        "edited": "Jetzt ohne Hashtag",
        "gone": None,
        "kept": "Decken gesucht #HHhilft",
        "short": None,
    }


def test_a_post_deleted_and_made_anew_under_its_old_key_is_there(world: World) -> None:
    world.commit("a", record=record("alt #HHhilft"))
    world.round()
    world.commit("a", operation="delete")
    world.commit("a", record=record("neu #HHhilft"))
    world.round()
    assert world.stored() == {"a": "neu #HHhilft"}
    world.commit("a", operation="delete")
    world.round()
    assert world.stored() == {"a": None}


@pytest.mark.parametrize("status", ["deactivated", "suspended", "takendown"])
def test_who_leaves_takes_the_posts_along_and_brings_back_what_is_shown_again(
    world: World, status: str
) -> None:
    for key in (1, 2, 3):
        world.commit(key)
    world.commit("ben", BEN)
    world.round()
    world.commit(3, operation="delete")
    world.account(ANA, status)
    assert world.round().deleted == 3
    assert world.stored() == {"1": None, "2": None, "3": None, "ben": "Decken gesucht #HHhilft"}
    world.account(ANA)
    world.round()
    world.view.posts = [view(1), view(3)]
    world.round(SECOND)
    assert world.stored()["1"] == "Decken gesucht #HHhilft"
    assert (world.stored()["2"], world.stored()["3"]) == (None, None)


def test_a_clock_that_was_set_back_stops_nobody_who_comes_back(world: World) -> None:
    later = iso(datetime.now(UTC) + timedelta(days=3))
    left = Cursor(f"left {ANA}", json.dumps({"gone": [later], "back": later}))
    with world.engine.begin() as connection:
        store_raw(connection, "bluesky", world.stream.origin, [], [left], world.now)
    world.commit(1)
    assert world.round().new == 1


def test_an_account_that_is_deleted_does_not_bring_anything_back(world: World) -> None:
    world.commit(1)
    world.round()
    world.account(ANA, "deleted")
    world.account(ANA)
    world.view.posts = [view(1)]
    world.round()
    world.round(SECOND)
    assert world.stored() == {"1": None}


def test_a_server_that_is_disturbed_takes_nobodys_posts(world: World) -> None:
    world.commit(1)
    world.account(ANA, "desynchronized")
    world.account(ANA, "throttled")
    world.round()
    assert world.stored() == {"1": "Decken gesucht #HHhilft"}


def test_a_new_handle_and_a_new_profile_are_followed_and_nobot_is_respected(world: World) -> None:
    world.commit(1)
    world.commit(2, BEN)
    world.round()
    world.now += SECOND
    world.stream.tell("identity", ANA, world.now, identity={"did": ANA, "handle": "anna.example"})
    shown = {"$type": "app.bsky.actor.profile", "displayName": "Anna"}
    world.commit("self", collection="app.bsky.actor.profile", record=shown)
    labels = {"labels": {"values": [{"val": "!no-unauthenticated"}]}}
    world.commit("self", collection="app.bsky.actor.profile", record={**shown, **labels})
    stay_away = {"description": "keine Programme #nobot"}
    world.commit("self", BEN, collection="app.bsky.actor.profile", record=stay_away)
    world.round()
    ana = rows(world.engine, accounts, "handle", "name", "noindex", "discoverable")[0]
    assert ana == ("anna.example", "Anna", True, False)
    assert world.stored() == {"1": "Decken gesucht #HHhilft", "2": None}


def test_who_has_asked_programs_to_stay_away_is_not_stored_again(world: World) -> None:
    world.commit(1, BEN)
    world.round()
    stay_away = {"description": "#nobot"}
    world.view.people[BEN] = profile(BEN, **stay_away)
    world.commit("self", BEN, collection="app.bsky.actor.profile", record=stay_away)
    world.commit(2, BEN)
    world.round()
    world.commit(3, BEN)
    world.commit(1, BEN)  # under the id of one that is deleted
    world.round()
    deleted = rows(world.engine, posts, "native_id", "deleted_at")
    assert [(each, bool(at)) for each, at in deleted] == [(uri(1, BEN), True)]


def test_people_who_want_no_programs_are_not_stored(world: World) -> None:
    world.view.people[BEN] = profile(BEN, description="#nobot")
    world.commit(1, BEN)
    assert world.round().new == 0
    assert rows(world.engine, accounts, "native_id") == []


def test_posts_are_kept_where_the_public_view_does_not_answer_and_that_is_said(
    world: World,
) -> None:
    world.view.here.decide = lambda *_: Answer({}, 503)
    world.commit(1)
    report = world.round()
    assert (report.state, report.new) == ("ok", 1)
    assert "heißen" in report.de
    assert rows(world.engine, accounts, "native_id", "handle") == [(ANA, None)]


def test_a_claimed_time_of_the_future_gives_way_to_when_it_was_seen(world: World) -> None:
    world.commit(1, record=record(createdAt="2031-01-01T00:00:00Z"))
    world.round()
    assert rows(world.engine, posts, "created_at") == [(NOW - HOUR + SECOND,)]


@pytest.mark.parametrize("seed", range(6))
def test_a_stream_cut_at_random_moments_loses_nothing_and_doubles_nothing(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "BATCH", 7)
    chance = random.Random(seed)
    world.stream.cut_after = lambda: chance.choice((None, 0, 1, chance.randrange(2, 40)))
    expected: dict[str, str | None] = {}
    for turn in range(4):
        for number in range(chance.randrange(5, 40)):
            key = f"{turn}-{number}"
            world.commit(key, record=record(f"{key} #HHhilft"))
            expected[key] = f"{key} #HHhilft"
            if chance.random() < 0.2:
                gone = chance.choice(sorted(expected))
                world.commit(gone, operation="delete")
                expected[gone] = None
        world.round(SECOND)
    world.stream.cut_after = lambda: None
    last = world.round(SECOND)
    assert last.state in ("ok", "empty")
    assert world.stored() == expected


def test_a_connection_that_always_breaks_is_said_and_what_came_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.commit(1)
    world.commit(2)
    world.round()
    world.stream.cut_after = lambda: 0
    world.commit(3)
    report = world.round()
    assert report.state == "unreachable"
    world.stream.cut_after = lambda: None
    assert world.round().new == 1


@pytest.mark.parametrize(
    ("status", "state"),
    [(401, "denied"), (403, "denied"), (404, "not_found"), (429, "limited"), (503, "unavailable")],
)
def test_a_refused_connection_is_a_state(world: World, status: int, state: str) -> None:
    world.stream.refuse = (status, {"error": "Nein"})
    report = world.round()
    assert (report.state, report.said) == (state, f"{status} Nein")
    assert rows(world.engine, coverage, "origin") == []


def test_frames_that_are_no_events_stop_nothing_and_those_about_us_go_to_quarantine(
    world: World,
) -> None:
    whole = json.dumps({"$type": "message", "payload": {"seq": 1, "text": "#HHhilft"}})
    world.stream.odd = [whole[:30], whole, "[]", b"\xff\xfe #hhhilft", '{"$type": "later"}', "{"]
    world.commit(1)
    report = world.round()
    assert (report.state, report.new, report.quarantined) == ("ok", 1, 2)
    assert {code for (code,) in rows(world.engine, quarantine, "code")} == {"not_a_post"}


def test_a_server_that_takes_its_own_numbers_back_ends_the_round_and_nothing_is_lost(
    world: World,
) -> None:
    world.commit(1)
    [told] = world.stream.events
    notice = {"$type": "network.bsky.jetstream.subscribeEvents#info", "name": "FutureCursor"}
    world.stream.odd = [
        json.dumps({"$type": "message", "payload": each}) for each in (told, notice)
    ]
    report = world.round(HOUR)
    assert (report.state, report.new) == ("unreachable", 1)
    assert len(world.stream.asked) == QUICK.attempts


def test_an_error_frame_ends_the_round_with_what_the_server_said(world: World) -> None:
    told = {"$type": "error", "error": "ConsumerTooSlow", "message": "far behind"}
    world.stream.odd = [json.dumps(told)]
    world.commit(1)
    report = world.round()
    assert (report.state, report.said) == ("unavailable", "ConsumerTooSlow far behind")


def stretches(world: World) -> list[tuple[datetime, datetime]]:
    found = rows(world.engine, coverage, "origin", "start", "end")
    return [(start, end) for origin, start, end in found if origin == world.stream.origin]


def test_a_number_that_the_server_keeps_no_more_leaves_a_gap_that_people_see(
    world: World,
) -> None:
    world.commit(1)
    world.round()
    before = world.now
    world.now += 5 * HOUR
    lost = world.commit(2)
    world.commit(3)
    world.stream.floor = lost + 1
    report = world.round()
    assert (report.state, report.gaps) == ("ok", 1)
    assert "Lücke" in report.de
    assert set(world.stored()) == {"1", "3"}
    assert stretches(world) == [(before, before), (world.now, world.now)]


@pytest.mark.parametrize("boot", ["two", ""])
def test_another_server_behind_the_name_is_asked_by_time_and_nothing_is_lost(
    world: World, boot: str
) -> None:
    world.commit(1)
    world.commit(2)
    world.round()
    world.commit(3)
    world.stream.boot = boot
    for each in world.stream.events:
        each["seq"] += 7_000
    report = world.round()
    assert (report.new, report.gaps) == (1, 0)
    assert set(world.stored()) == {"1", "2", "3"}


def test_a_number_that_the_server_has_not_reached_is_another_servers(world: World) -> None:
    world.stream.events.append({"seq": 9_000})  # so that numbers are high
    world.commit(1)
    world.stream.events.pop(0)
    world.round()
    for each in world.stream.events:
        each["seq"] = 1
    world.commit(2)
    assert world.round().new == 1


def test_another_address_in_the_settings_goes_on_where_the_last_one_stopped(
    world: World,
) -> None:
    world.commit(1)
    world.round()
    with jetstream(Jetstream(list(world.stream.events))) as other:
        before, world.stream = world.now, other
        world.commit(2)
        report = world.round()
        assert (report.new, report.gaps) == (1, 0)
        assert set(world.stored()) == {"1", "2"}
        assert stretches(world) == [(before, world.now)]


def test_nothing_is_claimed_to_be_read_while_the_stream_is_silent(world: World) -> None:
    world.commit(1)
    world.round()
    at = world.now
    report = world.round(3 * HOUR)
    assert (report.state, report.gaps) == ("empty", 1)
    assert stretches(world) == [(at, at)]


def test_a_round_ends_when_the_present_is_reached(world: World) -> None:
    for number in range(5):
        world.commit(number)
    world.now -= 3 * SECOND
    assert world.round().fetched == 2
    assert world.round(5 * SECOND).fetched == 3
