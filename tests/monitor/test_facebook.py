"""Pages of one's own on Facebook: posts, comments, edits, deletions, and what Meta refuses."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import Config, FacebookConfig, WatchConfig
from data.errors import RecordError
from data.records import Account, Post
from data.tables import accounts, coverage, cursors, posts, quarantine, raw_items, runs
from monitor import steps
from monitor.reports import Collected
from monitor.sources.facebook.mapping import to_posts
from monitor.sources.graph import client
from monitor.sources.http import Patience
from monitor.sources.raw_json import raw_json
from tests.data.stored import rows
from tests.monitor.graph_server import (
    EXPIRED,
    NO_PERMISSION,
    TOKEN,
    GraphServer,
    listed,
    refusal,
    usage,
)
from tests.monitor.instance import Answer, Instance, instance

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)
ANA = {"id": "77", "name": "Ana Beispiel"}


@pytest.fixture(autouse=True)
def _tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for page in ("100", "200"):
        monkeypatch.setenv(f"HHHILFT_FACEBOOK_TOKEN_{page}", TOKEN)


def comment(name: str, message: str = "Ich habe welche.", **known: Any) -> dict[str, Any]:
    return {
        "id": f"9_{name}",
        "message": message,
        "created_time": "2026-11-20T09:00:00+0000",
        "from": ANA,
        "is_hidden": False,
        **known,
    }


def post(
    name: str,
    message: str = "Decken gesucht #HHhilft",
    comments: list[Any] | None = None,
    more: str | None = None,
    **known: Any,
) -> dict[str, Any]:
    told = listed(comments or [], more)
    return {
        "id": f"100_{name}",
        "message": message,
        "created_time": "2026-11-20T08:00:00+0000",
        "updated_time": "2026-11-20T09:00:00+0000",
        "from": {"id": "100", "name": "Helferkreis"},
        "comments": {**told, "summary": {"total_count": len(comments or [])}},
        **known,
    }


class Site(GraphServer):
    """A page's `pages` of posts; what is in `gone` fails every request that names it."""

    def __init__(self, *pages: list[Any]) -> None:
        super().__init__()
        self.pages = list(pages)
        self.gone: set[str] = set()
        self.hidden: set[str] = set()
        self.left_out: set[str] = set()
        self.headers: dict[str, str] = {}
        self.broken_after: int | None = None
        self.replies |= {"100/posts": self._posts, "": self._many}

    def _posts(self, query: Mapping[str, str]) -> Answer:
        place = int(query.get("after", "0"))
        if self.broken_after is not None and place >= self.broken_after:
            return Answer({"error": {"message": "Service unavailable", "code": 2}}, 503)
        after = str(place + 1) if place + 1 < len(self.pages) else None
        return Answer(listed(self.pages[place], after), headers=self.headers)

    def _many(self, query: Mapping[str, str]) -> Answer:
        ids = query["ids"].split(",")
        assert len(ids) <= 50
        if self.gone & set(ids):
            return refusal(100, 33, "Unsupported get request. Object does not exist")
        return Answer(
            {
                each: {"id": each, "is_hidden": each in self.hidden}
                for each in ids
                if each not in self.left_out or len(ids) == 1
            }
        )


def collect(
    engine: Engine, here: Instance, after: timedelta = timedelta(), **settings: Any
) -> list[Collected]:
    config = Config(
        folder=Path(),
        watch=WatchConfig(hashtags=("HHhilft",)),
        facebook=FacebookConfig(
            server=here.origin, timeout_seconds=5, **(settings or {"pages": ("100",)})
        ),
    )
    return steps.collect(engine, config, ["facebook"], NOW + after, QUICK)


def test_a_documented_post_and_its_comment_are_read_field_by_field() -> None:
    origin = "https://graph.facebook.com/100"
    told = post(
        "1",
        permalink_url="https://www.facebook.com/100/posts/1",
        attachments={
            "data": [
                {"media_type": "link", "unshimmed_url": "https://hilfe.example/decken"},
                {"media_type": "photo", "unshimmed_url": "https://www.facebook.com/photo/5"},
            ]
        },
        shares={"count": 2},
        reactions={"data": [], "summary": {"total_count": 7}},
    )
    told["comments"] = {"summary": {"total_count": 3}}
    assert to_posts("post", origin, raw_json(told), NOW) == [
        Post(
            network="facebook",
            id="100_1",
            created_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
            account=Account(
                "facebook", "100", name="Helferkreis", url="https://www.facebook.com/100"
            ),
            text="Decken gesucht #HHhilft",
            url="https://www.facebook.com/100/posts/1",
            links=("https://hilfe.example/decken",),
            hashtags=("hhhilft",),
            likes=7,
            reposts=2,
            replies=3,
            visibility="public",
        )
    ]
    answer = comment("2", parent={"id": "9_1"}, like_count=1, comment_count=0)
    assert to_posts("comment", origin, raw_json({"post": "100_1", "comment": answer}), NOW) == [
        Post(
            network="facebook",
            id="100/9_2",
            created_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            account=Account("facebook", "77", name="Ana Beispiel"),
            text="Ich habe welche.",
            reply_to="100/9_1",
            likes=1,
            replies=0,
            visibility="public",
        )
    ]


@pytest.mark.parametrize(
    ("kind", "item", "code"),
    [
        ("post", 5, "not_an_object"),
        ("post", post("1", created_time=None), "time_missing"),
        ("post", post("1", id=None), "id_missing"),
        ("comment", {"post": "100_1", "comment": None}, "not_an_object"),
        ("comment", {"post": "100_1", "comment": comment("1", id="")}, "id_missing"),
    ],
)
def test_what_is_no_post_is_refused_with_the_reason(kind: str, item: Any, code: str) -> None:
    with pytest.raises(RecordError) as refused:
        to_posts(kind, "https://graph.facebook.com/100", raw_json(item), NOW)
    assert refused.value.code == code


def test_posts_with_the_hashtag_come_with_all_their_comments_page_by_page(engine: Engine) -> None:
    site = Site(
        [post("1", comments=[comment("1")], more="c1"), post("2", "Konzert", [comment("5")])],
        [post("3", "Konzert", [comment("6", "Wo? #hhhilft")])],
    )
    site.replies["100_1/comments"] = lambda query: Answer(
        listed([comment("2")], "c2") if query["after"] == "c1" else listed([comment("3")], None)
    )
    with instance(site) as here:
        [report] = collect(engine, here)
        assert (report.state, report.fetched, report.new) == ("ok", 8, 5)
        assert collect(engine, here, HOUR)[0].new == 0
    told = dict(rows(engine, posts, "native_id", "reply_to"))
    assert told == {
        "100_1": None,
        "100/9_1": "100_1",
        "100/9_2": "100_1",
        "100/9_3": "100_1",
        "100/9_6": "100_3",
    }


def test_of_a_page_that_is_wholly_relevant_everything_is_kept(engine: Engine) -> None:
    with instance(Site([post("1", "Konzert", [comment("1")]), post("2", "")])) as here:
        assert collect(engine, here, whole_pages=("100",))[0].new == 3


def test_who_commented_is_unknown_where_meta_does_not_say(engine: Engine) -> None:
    unsigned = {key: value for key, value in comment("2").items() if key != "from"}
    with instance(Site([post("1", comments=[comment("1"), unsigned])])) as here:
        collect(engine, here)
    query = select(posts.c.native_id, accounts.c.native_id).join(accounts)
    with engine.connect() as connection:
        assert dict(connection.execute(query).all()) == {
            "100_1": "100",
            "100/9_1": "77",
            "100/9_2": "?",
        }


def test_what_the_page_hides_is_not_kept(engine: Engine) -> None:
    hidden = [post("1", is_hidden=True), post("2", is_published=False)]
    shown = post("3", comments=[comment("1", is_hidden=True)])
    with instance(Site([*hidden, shown])) as here:
        assert collect(engine, here)[0].new == 1


def test_a_broken_item_in_mid_page_is_kept_apart_and_the_page_goes_on(engine: Engine) -> None:
    broken = [None, post("8", created_time="gestern")]
    site = Site([post("1", comments=[None, comment("1")]), *broken, post("2")], [post("3")])
    with instance(site) as here:
        [report] = collect(engine, here)
    assert (report.new, report.quarantined) == (4, 3)
    assert sorted(rows(engine, quarantine, "code")) == [
        ("not_an_object",),
        ("not_an_object",),
        ("time_unreadable",),
    ]


def test_a_round_that_breaks_off_loses_and_doubles_nothing(engine: Engine) -> None:
    site = Site([post("1", comments=[comment("1")])], [post("2")])
    site.broken_after = 1
    with instance(site) as here:
        [report] = collect(engine, here)
        assert (report.state, report.new) == ("unavailable", 2)
        assert rows(engine, coverage) == []
        site.broken_after = None
        [report] = collect(engine, here, HOUR)
    assert (report.state, report.new) == ("ok", 1)
    assert len(rows(engine, posts)) == 3


def test_the_first_round_reads_thirty_days_and_each_later_one_fourteen(engine: Engine) -> None:
    with instance(Site([post("1")])) as here:
        for after in (0 * DAY, DAY, 40 * DAY):
            collect(engine, here, after)
        since = [int(query["since"]) for path, query in here.asked if path.endswith("/posts")]
    days = [(NOW.timestamp() - each) / 86_400 for each in since]
    assert days == [30, 13, -1]  # the last one from where the one before it ended
    assert len(rows(engine, coverage)) == 1


def test_a_page_with_more_than_a_round_reads_is_no_time_without_a_gap(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_PAGES", 1)
    with instance(Site([post("1")], [post("2")])) as here:
        [report] = collect(engine, here)
    assert (report.new, "mehr Beiträge, als eine Runde liest" in report.de) == (1, True)
    assert rows(engine, coverage) == []


def test_an_edit_is_followed_and_a_new_comment_is_none(engine: Engine) -> None:
    site = Site([post("1")])
    with instance(site) as here:
        collect(engine, here)
        site.pages = [[post("1", updated_time="2026-11-20T12:30:00+0000")]]
        assert collect(engine, here, HOUR)[0].updated == 0
        site.pages = [[post("1", "Decken sind da #HHhilft", [comment("1", "Danke")])]]
        collect(engine, here, 2 * HOUR)
    told = rows(engine, posts, "text", "edited_at")
    assert told == [("Decken sind da #HHhilft", None), ("Danke", None)]


# Deletions


def test_a_post_and_a_comment_that_are_gone_twice_are_deleted_among_fifty(engine: Engine) -> None:
    comments = [comment(str(number)) for number in range(60)]
    site = Site([post("1", comments=comments), post("2")])
    with instance(site) as here:
        collect(engine, here)
        site.pages = [[post("1", comments=[each for each in comments if each["id"] != "9_7"])]]
        site.gone = {"100_2", "9_7"}
        assert collect(engine, here, 2 * HOUR)[0].deleted == 0
        assert collect(engine, here, 3 * HOUR)[0].deleted == 2
    told = rows(engine, posts, "native_id", "deleted_at", "text")
    gone = {name: text for name, deleted_at, text in told if deleted_at}
    assert gone == {"100_2": "", "100/9_7": ""}


def test_one_that_a_reply_leaves_out_is_asked_for_alone(engine: Engine) -> None:
    site = Site([post("1"), post("2"), post("3")])
    with instance(site) as here:
        collect(engine, here)
        site.left_out = {"100_2"}
        collect(engine, here, 2 * HOUR)
        asked = [query["ids"] for _, query in here.asked if "ids" in query]
    assert [each.count(",") for each in asked] == [2, 0]
    assert asked[1] == "100_2"


def test_what_the_page_hides_later_is_deleted_here(engine: Engine) -> None:
    site = Site([post("1", comments=[comment("1")])])
    with instance(site) as here:
        collect(engine, here)
        site.pages = [[post("1", comments=[comment("1", is_hidden=True)])]]
        site.hidden = {"9_1"}
        deleted = [collect(engine, here, n * HOUR)[0].deleted for n in (2, 3)]
    assert deleted == [0, 1]


def test_a_token_that_lost_its_page_deletes_nothing(engine: Engine) -> None:
    both = Site([post("1")])
    both.replies["200/posts"] = Answer(listed([{**post("2"), "id": "200_2"}], None))
    with instance(both) as here:
        assert sum(each.new for each in collect(engine, here, pages=("100", "200"))) == 2
        both.replies["200/posts"] = refusal(100, 33)
        both.gone = {"200_2"}
        for hours in (2, 3, 30, 31):
            reports = collect(engine, here, hours * HOUR, pages=("100", "200"))
            assert [each.state for each in reports] == ["ok", "not_found"]
            assert [each.deleted for each in reports] == [0, 0]


def test_posts_of_a_page_that_left_the_settings_are_not_asked_for(engine: Engine) -> None:
    both = Site([post("1")])
    both.replies["200/posts"] = Answer(listed([{**post("2"), "id": "200_2"}], None))
    with instance(both) as here:
        collect(engine, here, pages=("100", "200"))
        both.gone = {"200_2"}
        for hours in (2, 3, 30, 31):
            assert collect(engine, here, hours * HOUR)[0].deleted == 0
        assert not any("200_2" in query.get("ids", "") for _, query in here.asked)


def test_a_page_whose_token_is_gone_does_not_keep_the_others_from_their_turn(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ("100", "200")
    both = Site([post("1", created_time="2026-11-19T08:00:00+0000"), post("2")])
    many = [{**post(str(number)), "id": f"200_{number}"} for number in range(120)]
    both.replies["200/posts"] = Answer(listed(many, None))
    with instance(both) as here:
        collect(engine, here, pages=pages)
        monkeypatch.delenv("HHHILFT_FACEBOOK_TOKEN_200")
        both.pages = [[post("2")]]
        both.gone = {"100_1"}
        deleted = [
            collect(engine, here, hours * HOUR, pages=pages)[0].deleted for hours in (2, 3, 4)
        ]
    assert deleted == [0, 0, 1]


# What Meta refuses


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (EXPIRED, "denied", "HHHILFT_FACEBOOK_TOKEN_100 gilt nicht: er ist abgelaufen"),
        (NO_PERMISSION, "denied", "HHHILFT_FACEBOOK_TOKEN_100 fehlt eine Berechtigung"),
        (refusal(80001), "limited", "Nach der Pause"),
        (refusal(100, 33), "not_found", "Die Nummer in hhhilft.toml prüfen"),
        (Answer([]), "garbled", "JSON"),
        (Answer({"data": {}}), "garbled", "JSON"),
    ],
)
def test_a_refusal_is_a_state_with_what_to_do_and_never_no_posts(
    engine: Engine, answer: Answer, state: str, said: str
) -> None:
    site = Site()
    site.replies["100/posts"] = answer
    with instance(site) as here:
        [report] = collect(engine, here)
    assert report.state == state
    assert said in report.de
    assert rows(engine, coverage) == []


def test_a_page_without_a_token_stops_no_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_FACEBOOK_TOKEN_200")
    with instance(Site([post("1")])) as here:
        reports = collect(engine, here, pages=("200", "100"))
    assert [each.state for each in reports] == ["no_token", "ok"]
    assert "HHHILFT_FACEBOOK_TOKEN_200" in reports[0].de


def test_a_pause_of_the_usage_headers_ends_the_round_and_is_kept(engine: Engine) -> None:
    site = Site([post("1")], [post("2")])
    site.headers = usage(99, minutes=30)
    with instance(site) as here:
        [report] = collect(engine, here)
        assert (report.state, report.new) == ("limited", 1)
        asked = len(here.asked)
        assert collect(engine, here, 29 * MINUTE)[0].state == "limited"
        assert len(here.asked) == asked
        site.headers = {}
        assert collect(engine, here, 30 * MINUTE)[0].new == 1


def test_the_token_is_in_nothing_that_is_kept(engine: Engine) -> None:
    odd = post("2", created_time=f"after {TOKEN}")
    site = Site([post("1", comments=[comment("1")], more="c1"), odd])
    site.replies["100_1/comments"] = refusal(190, None, f"Malformed access token {TOKEN}")
    with instance(site) as here:
        reports = collect(engine, here)
        assert [path for path, query in here.asked if TOKEN in str(query)] == ["/v24.0/debug_token"]
    kept = [rows(engine, table) for table in (raw_items, quarantine, cursors, runs, posts)]
    assert TOKEN not in f"{kept} {reports}"
    assert reports[0].state == "denied"
