"""Rounds of Bluesky's search against a small server: all posts once, every fault a state."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.config import BlueskyConfig, Config, MastodonConfig
from data.records import iso
from data.tables import accounts, coverage, observations, posts, quarantine
from data.writes import add_coverage
from monitor import steps
from monitor.reports import Collected
from monitor.sources.bluesky import questions
from monitor.sources.http import Patience
from tests.data.stored import rows
from tests.make import NOW
from tests.monitor.bluesky_server import ANA, BEN, Bluesky, bluesky, profile, uri, view
from tests.monitor.instance import Answer

QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
MINUTES = timedelta(minutes=1)
RECORDED = Path(__file__).parent.parent / "recorded" / "bluesky"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HHHILFT_BLUESKY_PASSWORD", "geheim")


def collect(engine: Engine, here: Bluesky, now: datetime = NOW, **settings: Any) -> Collected:
    config = Config(
        folder=Path(),
        mastodon=MastodonConfig(enabled=False),
        bluesky=BlueskyConfig(
            server=here.origin,
            appview=here.origin,
            timeout_seconds=1,
            **{"handle": "hilfe.example", "first_days": 3, **settings},
        ),
    )
    [report] = steps.collect(engine, config, ["bluesky"], now, QUICK)
    return report


def ids(engine: Engine) -> list[str]:
    return [native_id for (native_id,) in rows(engine, posts, "native_id")]


def test_a_first_round_reads_back_and_the_next_adds_only_what_is_new(engine: Engine) -> None:
    with bluesky(Bluesky([view(number) for number in range(250)])) as here:
        first = collect(engine, here)
        assert (first.state, first.new, first.updated) == ("ok", 250, 0)
        here.posts.append(view(900))
        second = collect(engine, here, NOW + 10 * MINUTES)
        assert (second.new, second.updated, second.gaps) == (1, 0, 0)
    assert sorted(ids(engine)) == sorted(uri(each) for each in [*range(250), 900])


def test_what_was_read_long_ago_is_not_read_again_and_a_day_that_was_not_is(
    engine: Engine,
) -> None:
    with bluesky() as here:
        collect(engine, here, first_days=10)
        assert [len(asked_since(here, query)) for query in ("#HHhilft", "HHhilft")] == [11, 11]
        here.here.asked.clear()
        collect(engine, here, NOW + 10 * MINUTES, first_days=10)
        assert len(asked_since(here, "#HHhilft")) == 3
        assert asked_since(here, "HHhilft") == {iso(NOW - 50 * MINUTES)}


def asked_since(here: Bluesky, query: str) -> set[str]:
    return {each["since"] for each in here.paths("searchPosts") if each["q"] == query}


def test_only_posts_with_the_hashtag_are_kept_whether_it_is_marked_or_only_written(
    engine: Engine,
) -> None:
    marked = [{"features": [{"tag": "HHhilft"}], "index": {"byteStart": 0, "byteEnd": 1}}]
    with bluesky() as here:
        here.posts = [
            view("written", record={"text": "für #hhhilft"}),
            view("marked", record={"text": "ohne", "facets": marked}),
            view("beside", record={"text": "ohne", "tags": ["HHhilft"]}),
            view("word", record={"text": "HHhilft ist ein Wort"}),
            view("longer", record={"text": "#HHhilftNicht"}),
        ]
        report = collect(engine, here)
    assert report.new == 3
    assert {each.rpartition("/")[2] for each in ids(engine)} == {"written", "marked", "beside"}


def test_more_results_than_one_question_gives_are_asked_for_by_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_RESULTS", 200)
    with bluesky(Bluesky([view(number) for number in range(900)], limit=200)) as here:
        report = collect(engine, here)
    assert report.new == 900


def test_a_day_that_does_not_fit_into_a_round_is_read_by_the_next_and_said(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bluesky(Bluesky([view(number) for number in range(300)], page=50)) as here:
        with monkeypatch.context() as small:
            small.setattr(questions, "MOST_PAGES", 4)
            assert "passt" in collect(engine, here).de
            assert rows(engine, coverage, "origin") == []
        assert collect(engine, here, NOW + 10 * MINUTES).de == ""
    assert len(ids(engine)) == 300


def test_counters_are_observed_over_time_and_first_seen_stays(engine: Engine) -> None:
    with bluesky(Bluesky([view(1)])) as here:
        collect(engine, here)
        here.posts[0]["likeCount"] = 7
        report = collect(engine, here, NOW + 10 * MINUTES)
    assert (report.new, report.updated) == (0, 1)
    assert rows(engine, posts, "likes", "first_seen") == [(7, NOW)]
    assert rows(engine, observations, "at", "likes") == [(NOW, 0), (NOW + 10 * MINUTES, 7)]


def test_a_claimed_time_that_cannot_be_gives_way_to_when_it_was_indexed(engine: Engine) -> None:
    with bluesky() as here:
        indexed = iso(NOW - timedelta(hours=2))
        here.posts = [
            view("future", record={"createdAt": "2031-01-01T00:00:00Z"}, indexedAt=indexed),
            view("none", record={"createdAt": "gestern"}, indexedAt=indexed),
            view("past", record={"createdAt": "2026-11-15T00:00:00Z"}, indexedAt=indexed),
        ]
        collect(engine, here)
    told = {
        each.rpartition("/")[2]: at for each, at in rows(engine, posts, "native_id", "created_at")
    }
    assert told["future"] == told["none"] == NOW - timedelta(hours=2)
    assert iso(told["past"]) == "2026-11-15T00:00:00Z"


def test_one_item_that_is_none_in_the_middle_of_a_page_stops_nothing(engine: Engine) -> None:
    broken = view("broken")
    broken["author"] = {"handle": "ohne.kennung"}
    with bluesky(Bluesky([view(1), "kein Objekt", broken, view(2)])) as here:
        report = collect(engine, here)
    assert (report.state, report.new, report.quarantined) == ("ok", 2, 2)
    assert {code for (code,) in rows(engine, quarantine, "code")} == {
        "field_unreadable",
        "id_missing",
    }


def test_people_who_do_not_want_to_be_shown_are_marked_and_may_change_their_mind(
    engine: Engine,
) -> None:
    hidden = {"labels": [{"val": "!no-unauthenticated", "src": ANA}]}
    with bluesky(Bluesky([view(1)], people={ANA: profile(ANA, **hidden)})) as here:
        collect(engine, here)
        assert rows(engine, accounts, "noindex", "discoverable") == [(True, False)]
        here.people[ANA] = profile(ANA)
        collect(engine, here, NOW + 10 * MINUTES)
    assert rows(engine, accounts, "noindex", "discoverable") == [(False, True)]


def test_people_who_want_no_programs_are_not_stored(engine: Engine) -> None:
    with bluesky(Bluesky([view(1), view(2, BEN)])) as here:
        here.people[BEN] = profile(BEN, description="Bitte nicht sammeln #nobot")
        report = collect(engine, here)
    assert (report.new, ids(engine)) == (1, [uri(1)])


def test_who_asks_programs_to_stay_away_later_is_not_kept_any_longer(engine: Engine) -> None:
    with bluesky(Bluesky([view(1), view(2, BEN)])) as here:
        assert collect(engine, here).new == 2
        here.people[BEN] = profile(BEN, description="Bitte nicht sammeln #nobot")
        report = collect(engine, here, NOW + 10 * MINUTES)
    assert (report.deleted, report.skipped) == (1, 1)
    assert set(rows(engine, posts, "native_id", "text")) == {
        (uri(1), "Decken gesucht #HHhilft"),
        (uri(2, BEN), ""),
    }


def test_what_those_who_moderate_hide_is_not_kept_and_goes_where_it_was(engine: Engine) -> None:
    with bluesky(Bluesky([view(1), view(2, labels=[{"val": "!hide"}])])) as here:
        assert collect(engine, here).new == 1
        here.posts[0]["labels"] = [{"val": "!takedown"}]
        assert collect(engine, here, NOW + 10 * MINUTES).deleted == 1
    assert rows(engine, posts, "text", "deleted_at") == [("", NOW + 10 * MINUTES)]


def test_a_bridged_copy_names_its_original(engine: Engine) -> None:
    original = "https://norden.social/@ana/7"
    with bluesky(Bluesky([view(1, record={"bridgyOriginalUrl": original})])) as here:
        collect(engine, here)
    assert rows(engine, posts, "same_as") == [(original,)]


def test_a_post_that_is_not_shown_any_more_is_gone_when_asked_twice(engine: Engine) -> None:
    with bluesky(Bluesky([view(1), view(2)])) as here:
        collect(engine, here)
        del here.posts[0]
        reports = [collect(engine, here, NOW + n * 15 * MINUTES) for n in range(1, 9)]
    assert sum(each.deleted for each in reports) == 1
    assert {each for each, text in rows(engine, posts, "native_id", "text") if not text} == {uri(1)}


@pytest.mark.parametrize("missing", ["handle", "password"])
def test_without_a_login_the_search_says_so_and_is_not_empty(
    engine: Engine, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "password":
        monkeypatch.delenv("HHHILFT_BLUESKY_PASSWORD")
    with bluesky(Bluesky([view(1)])) as here:
        report = collect(engine, here, handle="" if missing == "handle" else "hilfe.example")
        assert here.here.asked == []
    assert report.state == "no_token"
    assert "HHHILFT_BLUESKY_PASSWORD" in report.de
    assert rows(engine, coverage, "origin") == []


@pytest.mark.parametrize("name", ["wrong_password", "not_logged_in", "token_that_is_none"])
def test_what_the_reference_server_refuses_is_denied_in_its_words(
    engine: Engine, name: str
) -> None:
    refusal = json.loads((RECORDED / "refusals.json").read_text("utf-8"))[name]
    body = refusal["body"]
    with bluesky(Bluesky([view(1)])) as here:
        here.here.decide = lambda *_: Answer(body, refusal["status"])
        report = collect(engine, here)
    said = f"{refusal['status']} {body['error']} {body['message']}"
    assert (report.state, report.said) == ("denied", said)
    assert "App-Passwort" in report.de
    assert rows(engine, coverage, "origin") == []


def test_a_login_that_may_not_search_is_denied(engine: Engine) -> None:
    with bluesky(Bluesky([view(1)])) as here:
        allowed = here.here.decide

        def decide(path: str, query: dict[str, str]) -> Answer:
            if path.endswith("searchPosts"):
                return Answer({"error": "Forbidden", "message": "Not allowed"}, 403)
            return allowed(path, query)

        here.here.decide = decide
        report = collect(engine, here)
    assert (report.state, report.said) == ("denied", "403 Forbidden Not allowed")


@pytest.mark.parametrize("renewable", [True, False])
def test_a_token_that_expires_within_a_round_is_renewed(engine: Engine, renewable: bool) -> None:
    with bluesky(Bluesky([view(number) for number in range(250)])) as here:
        whole = here.here.decide

        def decide(path: str, query: dict[str, str]) -> Answer:
            if path.endswith("refreshSession") and not renewable:
                return Answer({"error": "InvalidToken"}, 400)
            if query.get("cursor") == "100" and here.token == "1":
                here.token = "2"
            return whole(path, query)

        here.here.decide = decide
        report = collect(engine, here)
        logins = len(here.paths("createSession"))
    assert (report.state, report.new, logins) == ("ok", 250, 1 if renewable else 2)


def test_a_server_that_asks_for_a_pause_is_left_alone_until_then(engine: Engine) -> None:
    with bluesky(Bluesky([view(1)])) as here:
        reset = str(int(NOW.timestamp()) + 300)
        date = "Mon, 16 Nov 2026 12:00:00 GMT"
        limits = {"RateLimit-Remaining": "0", "RateLimit-Reset": reset, "Date": date}
        here.here.decide = lambda *_: Answer({"error": "RateLimitExceeded"}, 429, limits)
        report = collect(engine, here, interval_minutes=1)
    assert (report.state, report.next_try) == ("limited", NOW + timedelta(seconds=300))


def test_a_budget_that_is_spent_ends_the_round_before_the_server_has_to_refuse(
    engine: Engine,
) -> None:
    with bluesky(Bluesky([view(1)])) as here:
        whole = here.here.decide
        reset = str(int(NOW.timestamp()) + 300)
        date = "Mon, 16 Nov 2026 12:00:00 GMT"
        limits = {"RateLimit-Remaining": "0", "RateLimit-Reset": reset, "Date": date}

        def decide(path: str, query: dict[str, str]) -> Answer:
            answer = whole(path, query)
            return Answer(answer.body, answer.status, limits) if "search" in path else answer

        here.here.decide = decide
        report = collect(engine, here)
        assert len(here.paths("searchPosts")) == 1
    assert (report.state, report.new) == ("limited", 1)


def test_a_gap_of_the_stream_is_filled_where_the_search_has_read_that_time(
    engine: Engine,
) -> None:
    stream = "ws://strom.example"
    hours = [NOW - timedelta(hours=each) for each in (9, 7, 6, 5, 4, 0)]  # two gaps
    with engine.begin() as connection:
        for start, end in zip(hours[::2], hours[1::2], strict=True):
            add_coverage(connection, "bluesky", stream, start, end)
    with bluesky(Bluesky([view(1)])) as here:
        config = BlueskyConfig(
            stream=stream, server=here.origin, appview=here.origin, handle="h", timeout_seconds=1
        )
        reports = steps.collect(engine, Config(Path(), bluesky=config), ["bluesky"], NOW, QUICK)
    assert [each.state for each in reports] == ["unreachable", "ok"]
    assert reports[1].de.count("Lücke") == 1
    covered = [
        row[1:] for row in rows(engine, coverage, "origin", "start", "end") if row[0] == stream
    ]
    assert covered == [(hours[0], hours[-1])]
