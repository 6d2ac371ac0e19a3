"""Rounds at a feed: asked only for what has changed, every fault a state, every item once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.config import Config, RssConfig, WatchConfig
from data.tables import coverage, posts, quarantine
from monitor import steps
from monitor.reports import Collected
from monitor.sources.http import Patience
from tests.monitor.instance import Answer, instance

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUICK = Patience(attempts=2, first_wait=0.01, longest_wait=0.2)


def item(number: int, words: str = "Decken #HHhilft", date: str | None = None) -> str:
    at = NOW - timedelta(days=2) + timedelta(hours=number)
    date = date or f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
    return (
        f"<item><guid>https://blog.example/{number}</guid><link>https://blog.example/{number}</link>"
        f"<description>{words}</description>{date}</item>"
    )


def feed(*items: str) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Blog</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()


class Server:
    """A feed at every address but those of `answers`."""

    def __init__(self, *items: str) -> None:
        self.items = items
        self.answers: dict[str, Answer] = {}

    def __call__(self, path: str, _query: Mapping[str, str]) -> Answer:
        if path in self.answers:
            return self.answers[path]
        return Answer(feed(*self.items), headers={"Content-Type": "text/xml"})


def collect(
    engine: Engine,
    origin: str,
    minutes: float = 0,
    tags: tuple[str, ...] = ("HHhilft",),
    path: str = "/feed",
    *,
    whole: bool = False,
) -> Collected:
    named = {"whole_feeds" if whole else "feeds": (origin + path,)}
    config = Config(
        folder=Path(),
        watch=WatchConfig(hashtags=tags),
        rss=RssConfig(timeout_seconds=1, **named),  # type: ignore[arg-type]
    )
    now = NOW + timedelta(minutes=minutes)
    [report] = steps.collect(engine, config, ["rss"], now, QUICK)
    return report


def rows(engine: Engine, table: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(table)).all())


def test_items_with_a_watched_hashtag_come_once_and_new_ones_are_added(engine: Engine) -> None:
    server = Server(item(1), item(2, "Konzert"), item(3))
    with instance(server) as here:
        first = collect(engine, here.origin)
        server.items = (item(4), *server.items)
        second = collect(engine, here.origin, 30)
    assert (first.state, first.fetched, first.new) == ("ok", 3, 2)
    assert (second.fetched, second.new, second.updated) == (4, 1, 0)
    assert len(rows(engine, posts)) == 3


def test_every_item_of_a_feed_that_is_wholly_relevant_is_kept(engine: Engine) -> None:
    with instance(Server(item(1), item(2, "Konzert"))) as here:
        assert collect(engine, here.origin, whole=True).new == 2


def test_a_feed_that_has_not_changed_is_not_sent_again_and_counts_as_read(engine: Engine) -> None:
    server = Server(item(1))
    with instance(server) as here:
        collect(engine, here.origin)
        server.answers["/feed"] = Answer(b"", 304)
        report = collect(engine, here.origin, 30)
    assert (report.state, report.fetched, report.gaps) == ("empty", 0, 0)
    [read] = rows(engine, coverage)
    assert read.end == NOW + timedelta(minutes=30)


def test_etag_and_last_change_are_sent_back_until_the_hashtags_change(engine: Engine) -> None:
    changed = "Thu, 19 Nov 2026 10:00:00 GMT"
    server = Server()
    server.answers["/feed"] = Answer(feed(), headers={"ETag": '"7"', "Last-Modified": changed})
    with instance(server) as here:
        collect(engine, here.origin)
        collect(engine, here.origin, 30)
        collect(engine, here.origin, 60, tags=("HHhilft", "HamburgHilft"))
        first, second, third = here.headers
    assert "If-None-Match" not in first
    assert (second["If-None-Match"], second["If-Modified-Since"]) == ('"7"', changed)
    assert "If-None-Match" not in third


def test_a_feed_that_is_gone_for_good_says_so_and_what_to_do(engine: Engine) -> None:
    with instance(lambda *_: Answer(b"", 410)) as here:
        report = collect(engine, here.origin)
    assert (report.state, report.said) == ("not_found", "410")
    assert "gibt es nicht mehr" in report.de
    assert "Take the feed out of [rss] feeds." in report.en


@pytest.mark.parametrize(
    ("status", "state"),
    [(404, "not_found"), (401, "denied"), (403, "denied"), (429, "limited"), (503, "unavailable")],
)
def test_a_server_that_refuses_is_a_state_and_never_no_posts(
    engine: Engine, status: int, state: str
) -> None:
    with instance(lambda *_: Answer(b"", status, {"Retry-After": "900"})) as here:
        report = collect(engine, here.origin)
    assert report.state == state
    assert rows(engine, coverage) == []


def test_a_feed_that_moved_for_good_is_read_and_its_new_address_is_told(engine: Engine) -> None:
    server = Server(item(1))
    server.answers["/feed"] = Answer(b"", 301, {"Location": "/neu"})
    with instance(server) as here:
        report = collect(engine, here.origin)
        assert report.new == 1
        assert f"{here.origin}/neu" in report.de
        assert f"{here.origin}/neu" in report.en
        server.answers["/feed"] = Answer(b"", 302, {"Location": "/neu"})
        assert collect(engine, here.origin, 30).de == ""


def test_a_circle_of_redirects_ends(engine: Engine) -> None:
    server = Server()
    server.answers["/feed"] = Answer(b"", 302, {"Location": "/dort"})
    server.answers["/dort"] = Answer(b"", 302, {"Location": "/feed"})
    with instance(server) as here:
        report = collect(engine, here.origin)
        assert len(here.asked) == 6
    assert report.state == "not_found"


def test_a_page_that_is_no_feed_says_where_to_look(engine: Engine) -> None:
    with instance(lambda *_: Answer(b"<html><body>Willkommen</body></html>")) as here:
        report = collect(engine, here.origin)
    assert report.state == "garbled"
    assert "liegt kein Feed" in report.de
    assert "There is no feed" in report.en


def test_a_malformed_item_in_mid_feed_costs_no_other_item(engine: Engine) -> None:
    broken = item(2, "Mehr & mehr <b> #HHhilft", date="<pubDate>gestern</pubDate>")
    with instance(Server(item(1), broken, item(3))) as here:
        report = collect(engine, here.origin)
    assert (report.new, report.quarantined) == (2, 1)
    assert "kein gültiges XML" in report.de
    assert "not valid XML" in report.en
    [kept] = rows(engine, quarantine)
    assert (kept.code, kept.detail) == ("time_unreadable", "gestern")


def test_an_item_without_a_date_is_in_quarantine_and_has_no_invented_time(engine: Engine) -> None:
    with instance(Server(item(1), item(2, date="<x/>"))) as here:
        report = collect(engine, here.origin)
    assert (report.new, report.quarantined) == (1, 1)
    assert [each.code for each in rows(engine, quarantine)] == ["time_missing"]


def test_what_left_the_feed_between_two_rounds_is_a_gap(engine: Engine) -> None:
    server = Server(item(1), item(2))
    with instance(server) as here:
        collect(engine, here.origin)
        server.items = (item(60), item(61))
        report = collect(engine, here.origin, minutes=60 * 24)
    assert report.gaps == 1
    assert len(rows(engine, coverage)) == 2


def test_an_item_whose_page_is_gone_twice_is_deleted(engine: Engine) -> None:
    with instance(Server()) as here:
        page = f"{here.origin}/beitrag"
        server = Server(item(1).replace("https://blog.example/1", page))
        here.decide = server
        collect(engine, here.origin)
        server.answers["/beitrag"] = Answer(b"", 410)
        week = 60 * 24 * 8
        collect(engine, here.origin, week)
        assert rows(engine, posts)[0].deleted_at is None
        report = collect(engine, here.origin, week + 15)
    assert report.deleted == 1
    assert rows(engine, posts)[0].text == ""
