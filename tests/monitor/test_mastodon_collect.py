"""Rounds of collecting against small servers: all posts once, every fault a state."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import Config, MastodonConfig, WatchConfig
from data.records import iso
from data.tables import accounts, coverage, posts, quarantine, raw_items, runs
from monitor import steps
from monitor.reports import Collected
from monitor.sources.http import Patience
from tests.make import NOW
from tests.monitor.instance import Answer, Decide, Timeline, instance

QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)


def config(*origins: str, **settings: Any) -> Config:
    return Config(
        folder=Path(),
        watch=WatchConfig(hashtags=settings.pop("hashtags", ("HHhilft",))),
        mastodon=MastodonConfig(instances=origins, timeout_seconds=1, **settings),
    )


def collect(engine: Engine, *origins: str, now: datetime = NOW, **settings: Any) -> list[Collected]:
    return steps.collect(engine, config(*origins, **settings), None, now, QUICK)


def status(number: int, ago: timedelta = timedelta(hours=1), **other: Any) -> dict[str, Any]:
    """Make a status of the invented hafen.example; higher numbers are newer."""
    return {
        "id": str(number),
        "uri": f"https://hafen.example/users/ana/statuses/{number}",
        "url": f"https://hafen.example/@ana/{number}",
        "created_at": iso(NOW - ago + timedelta(seconds=number)),
        "visibility": "public",
        "content": f"<p>Beitrag {number} #HHhilft</p>",
        "reblogs_count": 0,
        "favourites_count": 0,
        "account": account("ana"),
        "tags": [{"name": "HHhilft"}],
        **other,
    }


def account(name: str, **other: Any) -> dict[str, Any]:
    uri = f"https://hafen.example/users/{name}"
    return {"id": name, "acct": name, "uri": uri, "url": uri, "note": "", **other}


def stored(engine: Engine) -> dict[str, Any]:
    """Return the posts by the last part of their id."""
    with engine.connect() as connection:
        rows = connection.execute(select(posts)).all()
    return {row.native_id.rsplit("/", 1)[1]: row for row in rows}


def test_a_first_round_reads_back_in_time_and_further_rounds_add_only_what_is_new(
    engine: Engine,
) -> None:
    timeline = Timeline([status(number) for number in range(1, 101)])
    with instance(timeline) as here:
        [first] = collect(engine, here.origin)
        assert (first.state, first.fetched, first.new, first.updated) == ("ok", 100, 100, 0)
        timeline.statuses += [status(number) for number in range(101, 104)]
        [second] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
        assert (second.state, second.new, second.updated, second.deleted) == ("ok", 3, 0, 0)
    assert len(stored(engine)) == 103
    assert second.next_try == NOW + timedelta(minutes=20)


def test_the_first_round_stops_where_the_settings_say(engine: Engine) -> None:
    old = [status(number, ago=timedelta(days=40)) for number in range(1, 201)]
    timeline = Timeline([*old, *(status(number) for number in range(201, 211))])
    with instance(timeline) as here:
        collect(engine, here.origin, first_days=30)
        pages = [query for path, query in here.asked if "timelines" in path]
    assert len(pages) == 2  # the page that reaches beyond the 30 days, and the one after it
    assert "210" in stored(engine)


def test_one_old_post_in_a_page_does_not_end_the_first_round(engine: Engine) -> None:
    statuses = [status(number) for number in range(1, 101)]
    statuses[70] = status(71, ago=timedelta(days=400))
    with instance(Timeline(statuses)) as here:
        collect(engine, here.origin)
    assert len(stored(engine)) == 100


def test_a_post_that_federated_late_with_a_low_id_is_found_by_reading_again(
    engine: Engine,
) -> None:
    timeline = Timeline([status(number) for number in range(10, 30, 2)])
    with instance(timeline) as here:
        collect(engine, here.origin)
        timeline.statuses.append(status(15))
        [second] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
    assert second.new == 1
    assert "15" in stored(engine)


def test_an_edit_and_its_counters_are_followed(engine: Engine) -> None:
    timeline = Timeline([status(1), status(2)])
    with instance(timeline) as here:
        collect(engine, here.origin)
        timeline.statuses[0] |= {
            "content": "<p>Berichtigt #HHhilft</p>",
            "edited_at": iso(NOW + timedelta(minutes=1)),
            "favourites_count": 5,
        }
        [second] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
    assert second.updated == 1
    assert (stored(engine)["1"].text, stored(engine)["1"].likes) == ("Berichtigt #HHhilft", 5)


def test_a_post_is_deleted_after_its_origin_has_said_twice_that_it_is_gone(
    engine: Engine,
) -> None:
    timeline = Timeline()
    with instance(timeline) as here:
        local = f"{here.origin}/users/ana/statuses"
        timeline.statuses = [status(n, uri=f"{local}/{n}") for n in (1, 2, 3)]
        collect(engine, here.origin)
        del timeline.statuses[1]
        [once] = collect(engine, here.origin, now=NOW + timedelta(minutes=5))
        [soon] = collect(engine, here.origin, now=NOW + timedelta(minutes=9))
        assert (once.deleted, soon.deleted) == (0, 0)
        [later] = collect(engine, here.origin, now=NOW + timedelta(minutes=16))
    assert later.deleted == 1
    assert stored(engine)["2"].deleted_at is not None
    assert stored(engine)["2"].text == ""
    assert stored(engine)["1"].deleted_at is None


def test_a_post_that_left_the_timeline_but_is_still_at_its_origin_stays(engine: Engine) -> None:
    timeline = Timeline()
    untagged = [status(2)]

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if path == "/api/v1/statuses/2":
            return Answer(untagged[0])
        return timeline(path, query)

    with instance(decide) as here:
        local = f"{here.origin}/users/ana/statuses"
        timeline.statuses = [status(n, uri=f"{local}/{n}") for n in (1, 2)]
        collect(engine, here.origin)
        del timeline.statuses[1]
        for minutes in (10, 25, 40):
            [report] = collect(engine, here.origin, now=NOW + timedelta(minutes=minutes))
            assert report.deleted == 0
    assert stored(engine)["2"].deleted_at is None


def test_an_old_post_that_no_reading_shows_again_is_asked_for_an_hour_a_day_and_a_week_on(
    engine: Engine,
) -> None:
    timeline = Timeline()
    minute, day = timedelta(minutes=1), timedelta(days=1)
    with instance(timeline) as here:
        local = f"{here.origin}/users/ana/statuses"
        timeline.statuses = [status(n, ago=20 * day, uri=f"{local}/{n}") for n in (1, 2)]
        for later in (0 * day, 59 * minute, 60 * minute, day, day + 9 * minute):
            [report] = collect(engine, here.origin, now=NOW + later)
            assert report.deleted == 0
        del timeline.statuses[0]
        times = (2 * day, 7 * day, 7 * day + 10 * minute)
        deleted = [collect(engine, here.origin, now=NOW + later)[0].deleted for later in times]
        asked = [path for path, _ in here.asked if path == "/api/v1/statuses/2"]
    assert deleted == [0, 0, 1]
    assert len(asked) == 3
    assert stored(engine)["2"].deleted_at is None


def test_a_uri_that_points_into_our_own_network_is_not_asked_for(engine: Engine) -> None:
    with instance(lambda *_: Answer({}, 404)) as inside:
        timeline = Timeline([status(1, uri=f"{inside.origin}/users/x/statuses/1"), status(2)])
        with instance(timeline) as here:
            collect(engine, here.origin)
            del timeline.statuses[0]
            for minutes in (10, 25):
                collect(engine, here.origin, now=NOW + timedelta(minutes=minutes))
        assert inside.asked == []


def test_two_instances_that_see_one_post_give_one_post_with_the_counters_of_its_home(
    engine: Engine,
) -> None:
    with instance(Timeline()) as home, instance(Timeline()) as away:
        uri = f"{home.origin}/users/ana/statuses/7"
        home.decide = Timeline([status(7, uri=uri, favourites_count=9)])
        away.decide = Timeline([status(70, uri=uri, favourites_count=1), status(71)])
        reports = collect(engine, away.origin, home.origin)
    assert [report.new for report in reports] == [2, 0]
    assert stored(engine)["7"].likes == 9
    assert len(stored(engine)) == 2


def test_boosts_are_kept_as_reposts_once(engine: Engine) -> None:
    boosted = status(1, reblogs_count=2)
    timeline = Timeline([boosted], boosters={"1": [account("ben"), account("cem")]})
    with instance(timeline) as here:
        [first] = collect(engine, here.origin)
        collect(engine, here.origin, now=NOW + timedelta(minutes=10))
        asked = [path for path, _ in here.asked if path.endswith("reblogged_by")]
        assert len(asked) == 1  # the count has not grown
        boosted["reblogs_count"] = 3
        timeline.boosters["1"].append(account("dilan"))
        collect(engine, here.origin, now=NOW + timedelta(minutes=20))
    assert first.new == 3
    with engine.connect() as connection:
        reposts = connection.execute(
            select(posts.c.created_at, posts.c.time_known)
            .where(posts.c.repost_of == boosted["uri"])
            .order_by(posts.c.native_id)
        ).all()
    assert [tuple(row) for row in reposts] == [
        (NOW, False),
        (NOW, False),
        (NOW + timedelta(minutes=20), False),
    ]


def test_a_reply_names_its_parent_by_uri_also_where_only_the_instance_knows_it(
    engine: Engine,
) -> None:
    timeline = Timeline([status(1), status(2, in_reply_to_id="1"), status(3, in_reply_to_id="99")])
    parent = {"id": "99", "uri": "https://anders.example/users/x/statuses/5"}

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return Answer([parent]) if path == "/api/v1/statuses" else timeline(path, query)

    with instance(decide) as here:
        collect(engine, here.origin)
        collect(engine, here.origin, now=NOW + timedelta(minutes=10))
        asked = [path for path, _ in here.asked if path == "/api/v1/statuses"]
    assert stored(engine)["2"].reply_to == status(1)["uri"]
    assert stored(engine)["3"].reply_to == parent["uri"]
    assert len(asked) == 1


def test_private_posts_and_people_who_want_no_bots_are_not_stored_at_all(engine: Engine) -> None:
    timeline = Timeline(
        [
            status(1),
            status(2, visibility="private"),
            status(3, visibility="direct"),
            status(4, account=account("ben", note="<p>#<span>nobot</span></p>")),
            status(5, visibility="unlisted"),
        ]
    )
    with instance(timeline) as here:
        [report] = collect(engine, here.origin)
    assert (report.new, report.skipped, report.quarantined) == (2, 1, 0)
    assert set(stored(engine)) == {"1", "5"}
    with engine.connect() as connection:
        kept = connection.scalars(select(raw_items.c.id).where(raw_items.c.kind == "status")).all()
        handles = set(connection.scalars(select(accounts.c.handle)))
    assert len(kept) == 2
    assert len(handles) == 1


def test_posts_of_somebody_who_asks_for_no_bots_later_are_emptied(engine: Engine) -> None:
    timeline = Timeline([status(1)])
    with instance(timeline) as here:
        collect(engine, here.origin)
        timeline.statuses[0]["account"]["note"] = "<p>#nobot</p>"
        [report] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
    assert (report.skipped, report.deleted) == (1, 1)
    assert stored(engine)["1"].text == ""


def test_one_bad_item_goes_to_quarantine_and_stops_no_page(engine: Engine) -> None:
    timeline = Timeline([status(1), status(2), status(3), status(4)])
    timeline.statuses[1]["created_at"] = "0001-01-01T00:00:00Z"
    timeline.statuses[2]["uri"] = "x" * 10_000

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        answer = timeline(path, query)
        if "timelines" in path and "min_id" not in query:
            answer.body = [None, "x", *answer.body]
        return answer

    with instance(decide) as here:
        [report] = collect(engine, here.origin)
        [again] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
    assert (report.new, report.quarantined, again.quarantined) == (2, 4, 0)
    with engine.connect() as connection:
        codes = sorted(connection.scalars(select(quarantine.c.code)))
    assert codes == ["id_too_long", "not_an_object", "not_an_object", "time_implausible"]


def test_a_server_that_ignores_min_id_loses_nothing_and_holds_nobody(engine: Engine) -> None:
    timeline = Timeline([status(number) for number in range(1, 11)])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return timeline(path, {k: v for k, v in query.items() if k != "min_id"})

    with instance(decide) as here:
        collect(engine, here.origin)
        timeline.statuses += [status(number, ago=timedelta()) for number in range(11, 131)]
        [second] = collect(
            engine, here.origin, now=NOW + timedelta(days=4), reread_hours=1, boosters=False
        )
    assert second.new == 120
    assert len(here.asked) < 20


def test_a_server_that_repeats_one_page_for_ever_holds_nobody(engine: Engine) -> None:
    page = [status(number) for number in range(1, 41)]

    def decide(path: str, _query: Mapping[str, str]) -> Answer:
        return Answer(page if "timelines" in path else {})

    with instance(decide) as here:
        [first] = collect(engine, here.origin)
        [second] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
        assert len(here.asked) < 12
    assert (first.new, second.new) == (40, 0)


def test_a_first_round_that_broke_off_goes_on_where_it_was(engine: Engine) -> None:
    timeline = Timeline([status(number) for number in range(1, 201)])
    broken = True

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if broken and int(query.get("max_id", 999)) <= 121:
            return Answer(b"<html>Wartung</html>")
        return timeline(path, query)

    with instance(decide) as here:
        [first] = collect(engine, here.origin)
        assert (first.state, first.new) == ("garbled", 80)
        broken = False
        timeline.statuses.append(status(201))
        [second] = collect(engine, here.origin, now=NOW + timedelta(minutes=10))
    assert (second.state, second.new) == ("ok", 121)
    assert len(stored(engine)) == 201


def test_several_hashtags_are_read_one_by_one_and_a_post_with_both_is_one_post(
    engine: Engine,
) -> None:
    with instance(Timeline([status(1), status(2)])) as here:
        [report] = collect(engine, here.origin, hashtags=("HHhilft", "Hamburghilft"))
        paths = {path for path, _ in here.asked if "timelines" in path}
    assert (report.fetched, report.new) == (4, 2)
    assert paths == {"/api/v1/timelines/tag/HHhilft", "/api/v1/timelines/tag/Hamburghilft"}


def following(tagged: Timeline, own: Timeline) -> Decide:
    """Let a server know one account, amt, whose posts are `own`."""

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if path == "/api/v1/accounts/lookup":
            known = query["acct"].startswith("amt@")
            return Answer({"id": "9"}) if known else Answer({"error": "Record not found"}, 404)
        if path == "/api/v1/accounts/9/statuses":
            return own("/api/v1/timelines/tag/x", query)
        return tagged(path, query)

    return decide


def test_an_account_that_is_followed_is_read_with_and_without_a_hashtag(engine: Engine) -> None:
    own = Timeline([status(number, tags=[]) for number in (3, 4)], page=1)
    with instance(following(Timeline([status(1)]), own)) as here:
        names = (f"@amt@{here.origin.removeprefix('http://')}",)
        [first] = collect(engine, here.origin, accounts=names)
        own.statuses.append(status(5, tags=[]))
        later = NOW + timedelta(minutes=10)
        [second] = collect(engine, here.origin, accounts=names, now=later)
    assert (first.new, second.new) == (3, 1)
    assert sorted(stored(engine)) == ["1", "3", "4", "5"]


def test_an_account_is_asked_for_at_its_own_server_or_else_at_the_first(engine: Engine) -> None:
    asked = {}
    with instance(following(Timeline(), Timeline())) as one, instance(Timeline()) as two:
        home = two.origin.removeprefix("http://")
        names = (f"ana@{home}", "amt@anderswo.example")
        reports = collect(engine, one.origin, two.origin, accounts=names)
        for each in (one, two):
            asked[each.origin] = [q["acct"] for path, q in each.asked if path.endswith("lookup")]
    assert asked == {one.origin: ["amt@anderswo.example"], two.origin: [f"ana@{home}"]}
    assert "kennt das Konto ana@" in reports[1].de
    assert reports[1].state == "empty"


def test_what_was_read_is_one_stretch_of_time_and_a_silent_server_leaves_a_gap(
    engine: Engine,
) -> None:
    timeline = Timeline([status(1)])
    down = False

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return Answer({}, 503) if down else timeline(path, query)

    with instance(decide) as here:
        collect(engine, here.origin)
        down = True
        [report] = collect(engine, here.origin, now=NOW + timedelta(hours=2))
        assert (report.state, report.gaps) == ("unavailable", 1)
        down = False
        [report] = collect(engine, here.origin, now=NOW + timedelta(hours=3))
    assert report.gaps == 0
    with engine.connect() as connection:
        [row] = connection.execute(select(coverage.c.start, coverage.c.end)).all()
    assert tuple(row) == (NOW - timedelta(days=30), NOW + timedelta(hours=3))


FAULTS = {
    "401": (Answer({"error": "This method requires an authenticated user"}, 401), "denied"),
    "403": (Answer({"error": "Forbidden"}, 403), "denied"),
    "422": (Answer({"error": "Unprocessable"}, 422), "denied"),
    "404": (Answer({"error": "Record not found"}, 404), "not_found"),
    "moved": (Answer({}, 301, {"Location": "https://neu.example/"}), "not_found"),
    "429": (Answer({"error": "Too many requests"}, 429, {"Retry-After": "1800"}), "limited"),
    "500": (Answer(b"<h1>500</h1>", 500), "unavailable"),
    "503": (Answer({}, 503, {"Retry-After": "600"}), "unavailable"),
    "cut off JSON": (Answer(b'[{"id": "1", "uri": "htt'), "garbled"),
    "an HTML page": (Answer(b"<!doctype html><title>Wartung</title>"), "garbled"),
    "another document": (Answer({"error": "no list"}), "garbled"),
    "deep JSON": (Answer(b"[" * 200_000), "garbled"),
    "no answer": (Answer([], pause=30), "unreachable"),
    "an answer byte by byte": (Answer(b" " * 500 + b"[]", drip=0.3), "unreachable"),
    "an answer shorter than it says": (Answer(b"[", length=50), "unreachable"),
}


@pytest.mark.parametrize("database", ["sqlite"])  # what is tested here is before the store
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_the_round_as_a_state_and_loses_nothing(engine: Engine, fault: str) -> None:
    answer, state = FAULTS[fault]
    timeline = Timeline([status(number) for number in range(1, 101)])
    pages = 0

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        nonlocal pages
        pages += "timelines" in path
        return answer if pages >= 2 and "timelines" in path else timeline(path, query)

    with instance(decide) as here, instance(Timeline([status(500)])) as other:
        ill, well = collect(engine, here.origin, other.origin)
        assert (ill.state, ill.new) == (state, 40)
        assert (well.state, well.new) == ("ok", 1)
        assert ill.de
        assert ill.en
        assert ill.next_try is not None
        assert ill.next_try >= NOW + timedelta(minutes=10)
        with engine.connect() as connection:
            [row] = connection.execute(select(runs).where(runs.c.origin == here.origin)).all()
        assert (row.state, row.next_try) == (state, ill.next_try)
        here.decide = timeline
        [mended] = collect(engine, here.origin, now=ill.next_try)
    assert (mended.state, mended.new) == ("ok", 60)


@pytest.mark.parametrize("wait", ["1800", "Mon, 16 Nov 2026 12:30:00 GMT"])
def test_a_long_wait_that_a_server_asks_for_is_when_it_is_tried_again(
    engine: Engine, wait: str
) -> None:
    headers = {"Retry-After": wait, "Date": "Mon, 16 Nov 2026 12:00:00 GMT"}

    def decide(path: str, _query: Mapping[str, str]) -> Answer:
        return Answer({}, 429, headers) if "timelines" in path else Answer({})

    with instance(decide) as here:
        [report] = collect(engine, here.origin)
    assert report.next_try == NOW + timedelta(minutes=30)


def test_a_short_wait_is_waited_and_the_round_goes_on(engine: Engine) -> None:
    timeline = Timeline([status(1)])
    refused = [Answer({}, 429, {"Retry-After": "0.05"}), Answer(b"", 502)]

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return refused.pop() if refused and "timelines" in path else timeline(path, query)

    with instance(decide) as here:
        reports = steps.collect(
            engine, config(here.origin), None, NOW, Patience(3, 0.01, longest_wait=1)
        )
    assert (reports[0].state, reports[0].new) == ("ok", 1)


@pytest.mark.parametrize("reset", ["2026-11-16T12:20:00.729285Z", "1794831600"])
def test_a_spent_budget_ends_the_round_until_the_reset_in_iso_or_epoch_time(
    engine: Engine, reset: str
) -> None:
    timeline = Timeline([status(number) for number in range(1, 101)])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        answer = timeline(path, query)
        if "timelines" in path:
            answer.headers = {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": reset,
                "Date": "Mon, 16 Nov 2026 12:00:00 GMT",
            }
        return answer

    with instance(decide) as here:
        [report] = collect(engine, here.origin)
    assert (report.state, report.new) == ("limited", 40)
    assert report.next_try is not None
    assert timedelta(minutes=19) < report.next_try - NOW < timedelta(minutes=20, seconds=1)


def test_a_server_that_is_not_there_is_unreachable(engine: Engine) -> None:
    with instance(Timeline()) as gone:
        pass
    [report] = collect(engine, gone.origin)
    assert report.state == "unreachable"


def access(local: str, remote: str) -> Any:
    feeds = {"hashtag_feeds": {"local": local, "remote": remote}}
    document = {"configuration": {"timelines_access": feeds}}
    timeline = Timeline([status(1)])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return Answer(document) if path == "/api/v2/instance" else timeline(path, query)

    return decide


@pytest.mark.parametrize(
    ("local", "remote", "state", "asks"),
    [
        ("public", "public", "ok", None),
        ("authenticated", "authenticated", "denied", None),
        ("disabled", "disabled", "off", None),
        ("disabled", "authenticated", "denied", None),
        ("public", "authenticated", "ok", "local"),
        ("disabled", "public", "ok", "remote"),
    ],
)
def test_an_instance_says_what_it_lets_one_read(
    engine: Engine, local: str, remote: str, state: str, asks: str | None
) -> None:
    with instance(access(local, remote)) as here:
        [report] = collect(engine, here.origin)
        asked = {key for path, query in here.asked if "timelines" in path for key in query}
    assert report.state == state
    assert asked & {"local", "remote"} == ({asks} if asks else set())
    if "authenticated" in (local, remote):
        variable = "HHHILFT_MASTODON_TOKEN_127_0_0_1_"
        assert variable in report.de
        assert variable in report.en


def test_with_a_token_an_instance_that_wants_a_login_is_read(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with instance(access("authenticated", "authenticated")) as here:
        port = here.origin.rsplit(":", 1)[1]
        monkeypatch.setenv(f"HHHILFT_MASTODON_TOKEN_127_0_0_1_{port}", "geheim")
        [report] = collect(engine, here.origin)
    assert (report.state, report.new) == ("ok", 1)


def test_a_replay_of_a_real_servers_pages_gives_every_post_once(
    engine: Engine, shared: Path
) -> None:
    folder = shared / "fixtures" / "mastodon"
    names = [f"tag_timeline_page{number}" for number in range(1, 5)]
    pages = [json.loads((folder / f"{name}.json").read_text("utf-8")) for name in names]
    by_query = {page["request"]["uri"].partition("max_id=")[2]: page for page in pages}
    info = json.loads((folder / "instance_v2_mastodon_social.json").read_text("utf-8"))["body"]

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if path == "/api/v2/instance":
            return Answer(info)
        if "timelines" not in path:
            return Answer({"error": "Record not found"}, 404)
        page = by_query["" if "min_id" not in query else "117020582018205171"]
        page = by_query[query["max_id"]] if "max_id" in query else page
        kept = ("Link", "X-RateLimit-Remaining", "X-RateLimit-Reset")
        return Answer(page["body"], headers={name: page["headers"].get(name, "") for name in kept})

    sent = [each["uri"] for page in pages for each in page["body"]]
    now = datetime.fromisoformat(pages[0]["body"][0]["created_at"]) + timedelta(minutes=1)
    with instance(decide) as here:
        [first] = collect(engine, here.origin, now=now)
        [second] = collect(engine, here.origin, now=now + timedelta(minutes=10))
    assert (first.state, first.new, second.new) == ("ok", len(set(sent)), 0)
    with engine.connect() as connection:
        assert sorted(connection.scalars(select(posts.c.native_id))) == sorted(set(sent))


def test_an_instance_without_a_post_is_empty(engine: Engine) -> None:
    with instance(Timeline()) as here:
        [report] = collect(engine, here.origin, first_days=10**9, reread_hours=10**9)
    assert (report.state, report.fetched, report.gaps) == ("empty", 0, 0)


def test_without_a_source_there_is_a_report_that_says_so(engine: Engine) -> None:
    [report] = collect(engine, enabled=False)
    assert report.state == "off"
