"""Instagram's hashtag search: thirty hashtags in seven days, 24 hours back, no authors."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import Config, InstagramConfig, WatchConfig
from data.errors import RecordError
from data.records import Account, Post
from data.tables import accounts, coverage, cursors, posts, quarantine, raw_items, runs
from data.writes import upsert_posts
from monitor import steps
from monitor.reports import Collected
from monitor.sources.graph import client
from monitor.sources.http import Patience
from monitor.sources.instagram.mapping import to_posts
from monitor.sources.raw_json import raw_json
from tests.data.stored import rows
from tests.monitor.graph_server import (
    EXPIRED,
    MALFORMED,
    NO_PERMISSION,
    TOKEN,
    GraphServer,
    listed,
    refusal,
    usage,
)
from tests.monitor.instance import Answer, Instance, instance

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VARIABLE = "HHHILFT_INSTAGRAM_TOKEN"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
RECORDED = Path(__file__).parent.parent / "recorded/instagram/recent_media_SYNTHETIC.json"


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, TOKEN)


def media(name: str, caption: str = "Decken gesucht #HHhilft", **known: Any) -> dict[str, Any]:
    return {
        "id": f"1788{name}",
        "caption": caption,
        "media_type": "IMAGE",
        "permalink": f"https://www.instagram.com/p/{name}/",
        "timestamp": "2026-11-20T08:03:11+0000",
        "comments_count": 0,
        **known,
    }


class Search(GraphServer):
    """Finds `pages` for every hashtag; `searched` remembers for which numbers were asked."""

    def __init__(self, *pages: list[Any]) -> None:
        super().__init__()
        self.pages = list(pages) or [[]]
        self.searched: list[str] = []
        self.broken_after: int | None = None  # page from which on the server is out of order
        self.headers: dict[str, str] = {}
        self.replies["ig_hashtag_search"] = self._number

    def _number(self, query: Mapping[str, str]) -> Answer:
        self.searched.append(query["q"])
        number = str(1784 + len(self.searched))
        self.replies[f"{number}/recent_media"] = self._page
        return Answer({"data": [{"id": number}]})

    def _page(self, query: Mapping[str, str]) -> Answer:
        assert query["user_id"] == "42"
        assert int(query["limit"]) <= 50
        place = int(query.get("after", "0"))
        if self.broken_after is not None and place >= self.broken_after:
            return Answer({"error": {"message": "Service unavailable", "code": 2}}, 503)
        after = str(place + 1) if place + 1 < len(self.pages) else None
        return Answer(listed(self.pages[place], after), headers=self.headers)


def collect(
    engine: Engine,
    here: Instance,
    after: timedelta = timedelta(),
    tags: tuple[str, ...] = ("HHhilft",),
) -> Collected:
    config = Config(
        folder=Path(),
        watch=WatchConfig(hashtags=tags),
        instagram=InstagramConfig(user="42", server=here.origin, timeout_seconds=5),
    )
    [report] = steps.collect(engine, config, ["instagram"], NOW + after, QUICK)
    return report


def paths(here: Instance) -> list[str]:
    return [path.split("/", 2)[2] for path, _ in here.asked]


def test_a_documented_page_is_read_field_by_field() -> None:
    first, second = json.loads(RECORDED.read_text("utf-8"))["data"]
    [post] = to_posts("media", "", raw_json({"tag": "hhhilft", "media": first}), NOW)
    assert post == Post(
        network="instagram",
        id="CxAbC_1-2",
        created_at=datetime(2026, 11, 20, 8, 3, 11, tzinfo=UTC),
        account=Account("instagram", "?"),
        text="Wir suchen Decken für Altona.\n#HHhilft #Winter @amt.beispiel",
        url="https://www.instagram.com/p/CxAbC_1-2/",
        hashtags=("hhhilft", "winter"),
        likes=12,
        replies=3,
        visibility="public",
    )
    [post] = to_posts("media", "", raw_json({"tag": "hhhilft", "media": second}), NOW)
    assert (post.id, post.likes, post.hashtags) == ("DyReel", None, ("hhhilft",))


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("nothing", "not_an_object"),
        (media("a", permalink="https://elsewhere.example/"), "id_missing"),
        (media("a", timestamp="gestern"), "time_unreadable"),
        (media("a", caption="x" * 100_001), "text_too_long"),
    ],
)
def test_what_is_no_post_is_refused_with_the_reason(item: Any, code: str) -> None:
    with pytest.raises(RecordError) as refused:
        to_posts("media", "", raw_json({"tag": "hhhilft", "media": item}), NOW)
    assert refused.value.code == code


def test_all_pages_are_read_by_their_cursor_on_the_server_of_the_settings(engine: Engine) -> None:
    search = Search([media("a"), media("b")], [], [media("c")])
    with instance(search) as here:
        report = collect(engine, here)
        assert (report.state, report.fetched, report.new) == ("ok", 3, 3)
        assert collect(engine, here, HOUR).new == 0
    assert search.searched == ["hhhilft"]  # its number holds for good
    assert rows(engine, accounts, "native_id") == [("?",)]
    [read] = rows(engine, coverage, "start", "end")
    assert read == (NOW - DAY, NOW + HOUR)


def test_the_token_is_in_no_address_but_one_and_in_nothing_that_is_kept(engine: Engine) -> None:
    search = Search([media("a", caption=None, broken=TOKEN, timestamp="?")], [media("b")])
    with instance(search) as here:
        collect(engine, here)
        search.replies["1785/recent_media"] = MALFORMED
        report = collect(engine, here, HOUR)
        assert report.state == "denied"
        assert "Malformed access token -" in (report.said or "")
        assert {each["Authorization"] for each in here.headers} == {f"Bearer {TOKEN}"}
        assert [path for path, query in here.asked if TOKEN in str(query)] == ["/v24.0/debug_token"]
    kept = [rows(engine, table) for table in (raw_items, quarantine, cursors, runs, posts)]
    assert TOKEN not in f"{kept} {report}"


def test_a_broken_item_in_mid_page_is_kept_apart_and_the_page_goes_on(engine: Engine) -> None:
    broken = [None, media("x", timestamp=None), {"id": "1"}]
    with instance(Search([media("a"), *broken, media("b")], [media("c")])) as here:
        report = collect(engine, here)
    assert (report.new, report.quarantined) == (3, 3)
    assert {code for (code,) in rows(engine, quarantine, "code")} == {
        "not_an_object",
        "time_missing",
        "id_missing",
    }


def test_a_round_that_breaks_off_loses_and_doubles_nothing(engine: Engine) -> None:
    search = Search([media("a")], [media("b")])
    search.broken_after = 1
    with instance(search) as here:
        report = collect(engine, here)
        assert (report.state, report.new) == ("unavailable", 1)
        assert rows(engine, coverage) == []
        search.broken_after = None
        report = collect(engine, here, HOUR)
    assert (report.state, report.new) == ("ok", 1)
    assert len(rows(engine, posts)) == 2


def test_a_changed_caption_is_followed_and_counters_with_it(engine: Engine) -> None:
    search = Search([media("a")])
    with instance(search) as here:
        collect(engine, here)
        search.pages = [[media("a", "Decken sind da #HHhilft", like_count=4)]]
        assert collect(engine, here, HOUR).updated == 1
    assert rows(engine, posts, "text", "likes") == [("Decken sind da #HHhilft", 4)]


def test_a_post_that_is_not_found_any_more_is_not_taken_for_deleted(engine: Engine) -> None:
    search = Search([media("a")])
    with instance(search) as here:
        collect(engine, here)
        search.pages = [[]]
        assert [collect(engine, here, n * DAY).deleted for n in range(1, 4)] == [0, 0, 0]


def test_who_wrote_it_comes_from_a_file_that_knows_it(engine: Engine) -> None:
    ana = Account("instagram", "ana")
    with engine.begin() as connection:
        upsert_posts(connection, [Post("instagram", "a", NOW, ana)], "file", NOW - HOUR)
    with instance(Search([media("a")])) as here:
        collect(engine, here)
    query = select(accounts.c.native_id, posts.c.text).join(posts)
    with engine.connect() as connection:
        assert connection.execute(query).all() == [("ana", "Decken gesucht #HHhilft")]


def test_rounds_more_than_a_day_apart_leave_a_gap(engine: Engine) -> None:
    with instance(Search([media("a")])) as here:
        assert collect(engine, here).gaps == 0
        assert collect(engine, here, 24 * HOUR).gaps == 0
        assert collect(engine, here, 54 * HOUR).gaps == 1
    assert len(rows(engine, coverage)) == 2


# The thirty hashtags


def tags(first: int, last: int) -> tuple[str, ...]:
    return tuple(f"tag{number}" for number in range(first, last + 1))


def test_thirty_hashtags_are_searched_for_and_not_one_more(engine: Engine) -> None:
    search = Search()
    with instance(search) as here:
        assert collect(engine, here, tags=tags(1, 30)).state == "empty"
        report = collect(engine, here, HOUR, tags=tags(1, 31))
    assert search.searched == list(tags(1, 30))
    assert report.state == "quota"
    assert "#tag31" in report.de
    assert "frei am 27. November 2026, 13:00 Uhr" in report.de
    assert "free on 27 November 2026, 13:00" in report.en
    [(_, end)] = rows(engine, coverage, "start", "end")
    assert end == NOW  # with one hashtag left out, the time is not read


def test_hashtags_that_left_the_settings_count_until_seven_days_are_over(engine: Engine) -> None:
    search = Search()
    with instance(search) as here:
        collect(engine, here, tags=tags(1, 20))
        assert collect(engine, here, DAY, tags=tags(21, 30)).state == "empty"
        moment = timedelta(seconds=1)
        assert collect(engine, here, 7 * DAY - moment, tags=("neu",)).state == "quota"
        assert collect(engine, here, 7 * DAY, tags=("neu",)).state == "empty"
    assert search.searched == [*tags(1, 30), "neu"]


def test_a_hashtag_is_counted_before_it_is_searched_for(engine: Engine) -> None:
    search = Search()
    search.replies["ig_hashtag_search"] = Answer(b"", 503)
    with instance(search) as here:
        assert collect(engine, here).state == "unavailable"
    assert ("counted hhhilft",) in rows(engine, cursors, "name")


def test_a_clock_that_ran_ahead_blocks_hashtags_for_seven_days_and_no_longer(
    engine: Engine,
) -> None:
    search = Search()
    with instance(search) as here:
        collect(engine, here, 1000 * DAY, tags=tags(1, 30))
        assert collect(engine, here, tags=("neu",)).state == "quota"
        assert collect(engine, here, 7 * DAY, tags=("neu",)).state == "empty"


def test_each_account_has_its_own_count(engine: Engine) -> None:
    with instance(Search()) as here:
        collect(engine, here, tags=tags(1, 30))
        other = Config(
            folder=Path(),
            watch=WatchConfig(hashtags=("neu",)),
            instagram=InstagramConfig(user="43", server=here.origin),
        )
        here.decide = GraphServer(
            {
                "ig_hashtag_search": Answer({"data": [{"id": "7"}]}),
                "7/recent_media": Answer(listed([], None)),
            }
        )
        [report] = steps.collect(engine, other, ["instagram"], NOW, QUICK)
    assert report.state == "empty"


def test_thirty_hashtags_of_another_program_are_a_state_too(engine: Engine) -> None:
    search = Search()
    search.replies["ig_hashtag_search"] = refusal(18, None, "(#18) resource limits")
    with instance(search) as here:
        report = collect(engine, here)
    assert report.state == "quota"
    assert "außerhalb dieses Programms" in report.de


# What Meta refuses


@pytest.mark.parametrize(
    ("answer", "state", "de", "en"),
    [
        (EXPIRED, "denied", "er ist abgelaufen", "it has expired"),
        (NO_PERMISSION, "denied", "fehlt eine Berechtigung", "lacks a permission"),
        (refusal(200, None, "(#200) …"), "denied", "fehlt eine Berechtigung", "lacks a permission"),
        (refusal(4, None, "limit", 403), "limited", "Nach der Pause", "After the pause"),
        (refusal(17), "limited", "Nach der Pause", "After the pause"),
        (refusal(32), "limited", "Nach der Pause", "After the pause"),
        (refusal(613), "limited", "Nach der Pause", "After the pause"),
        (refusal(80002), "limited", "Nach der Pause", "After the pause"),
        (Answer(b"", 429), "limited", "Nach der Pause", "After the pause"),
        (refusal(2), "unavailable", "Störung", "fault"),
        (refusal(-1, 2207001), "unavailable", "Störung", "fault"),
        (Answer({"error": "odd"}, 400), "denied", "weist die Anfrage zurück", "turns the request"),
        (refusal(100, 33), "not_found", "gibt es bei Meta nicht", "no such thing"),
        (refusal(2635), "denied", "version", "version"),
        (Answer(b"<html>"), "garbled", "JSON", "JSON"),
    ],
)
def test_a_refusal_is_a_state_with_what_to_do_and_never_no_posts(
    engine: Engine, answer: Answer, state: str, de: str, en: str
) -> None:
    search = Search()
    search.replies["ig_hashtag_search"] = answer
    with instance(search) as here:
        report = collect(engine, here)
    assert report.state == state
    assert de in report.de
    assert en in report.en
    assert rows(engine, coverage) == []


def test_without_a_token_nothing_is_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    with instance(Search()) as here:
        report = collect(engine, here)
        assert here.asked == []
    assert report.state == "no_token"
    assert VARIABLE in report.de


def test_a_hashtag_that_nobody_has_used_is_told_and_stops_no_other(engine: Engine) -> None:
    search = Search([media("a")])
    number = search.replies["ig_hashtag_search"]

    def search_for(query: Mapping[str, str]) -> Answer:
        assert callable(number)
        return refusal(24, 2207024) if query["q"] == "leer" else number(query)

    search.replies["ig_hashtag_search"] = search_for
    with instance(search) as here:
        report = collect(engine, here, tags=("leer", "HHhilft"))
    assert (report.state, report.new) == ("ok", 1)
    assert "#leer hat auf Instagram noch niemand benutzt." in report.de


def test_a_round_ends_where_the_usage_headers_say_that_it_is_enough(engine: Engine) -> None:
    search = Search([media("a")], [media("b")])
    search.headers = usage(94)
    with instance(search) as here:
        assert collect(engine, here).new == 2
        search.pages = [[media("c")], [media("d")]]
        search.headers = usage(95)
        report = collect(engine, here, HOUR)
    assert (report.state, report.new) == ("limited", 1)
    assert report.next_try == NOW + 2 * HOUR


@pytest.mark.parametrize(
    "header", ["", "odd", "[]", "5", '{"1784": 5}', '{"1784": [5, {"call_count": "odd"}]}']
)
def test_usage_headers_that_cannot_be_read_stop_nothing(engine: Engine, header: str) -> None:
    search = Search([media("a")], [media("b")])
    search.headers = {"X-App-Usage": header, "X-Business-Use-Case-Usage": header}
    with instance(search) as here:
        assert collect(engine, here).new == 2


def test_a_hashtag_with_more_than_a_round_reads_is_no_time_without_a_gap(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_PAGES", 1)
    with instance(Search([media("a")], [media("b")])) as here:
        report = collect(engine, here)
    assert (report.state, report.new) == ("ok", 1)
    assert "mehr Beiträge, als eine Runde liest" in report.de
    assert "more posts than a round reads" in report.en
    assert rows(engine, coverage) == []


def test_a_pause_outlives_a_restart_and_nothing_is_asked_in_it(engine: Engine) -> None:
    search = Search([media("a")], [media("b")])
    search.headers = usage(100, minutes=90)
    with instance(search) as here:
        assert collect(engine, here).next_try == NOW + 90 * timedelta(minutes=1)
        asked = len(here.asked)
        report = collect(engine, here, HOUR)
        assert (report.state, len(here.asked)) == ("limited", asked)
        assert report.next_try == NOW + 2 * HOUR
        search.headers = {}
        assert collect(engine, here, 90 * timedelta(minutes=1)).new == 1


def test_a_pause_that_a_wrong_clock_has_written_is_not_waited_for(engine: Engine) -> None:
    search = Search([media("a")])
    search.headers = usage(100)
    with instance(search) as here:
        search.pages = [[media("a")], []]
        assert collect(engine, here, 1000 * DAY).state == "limited"
        search.headers = {}
        assert collect(engine, here).state == "ok"


def test_the_end_of_the_token_is_asked_once_a_day_and_told_two_weeks_before(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Search([media("a")])
    search.ends = int((NOW + 15 * DAY).timestamp())
    with instance(search) as here:
        reports = [collect(engine, here, n * HOUR) for n in (0, 1, 24)]
        assert paths(here).count("debug_token") == 2
        monkeypatch.setenv(VARIABLE, f"{TOKEN}new")
        collect(engine, here, 25 * HOUR)
        assert paths(here).count("debug_token") == 3
    assert [each.de for each in reports[:2]] == ["", ""]
    assert "gilt nur noch bis 5. Dezember 2026, 13:00 Uhr" in reports[2].de
    assert "valid only until 5 December 2026, 13:00" in reports[2].en


def test_the_end_of_the_token_stays_known_while_meta_does_not_answer(engine: Engine) -> None:
    search = Search([media("a")])
    search.ends = int((NOW + 5 * DAY).timestamp())

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return Answer({}, 503) if path.endswith("debug_token") else search(path, query)

    with instance(search) as here:
        assert "gilt nur noch bis" in collect(engine, here).de
        here.decide = decide
        assert "gilt nur noch bis" in collect(engine, here, 25 * HOUR).de


def test_a_token_that_may_not_ask_about_itself_still_reads(engine: Engine) -> None:
    search = Search([media("a")])

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        return refusal(100) if path.endswith("debug_token") else search(path, query)

    with instance(decide) as here:
        assert collect(engine, here).new == 1
