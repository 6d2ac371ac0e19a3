"""Rounds at a Telegram channel: every post once, nothing lost silently, every fault a state."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from data.config import Config, TelegramConfig
from data.tables import accounts, coverage, posts, quarantine, runs
from monitor import steps
from monitor.reports import Collected
from monitor.sources.http import Client, Patience
from monitor.sources.telegram.pages import Channel
from monitor.sources.telegram.walk import Walk
from tests.monitor.instance import Answer, Decide, instance
from tests.monitor.telegram_server import BEGIN, CHANNEL, Telegram, channel, message, need

NOW = BEGIN + timedelta(days=3)
QUICK = Patience(attempts=3, first_wait=0.01, longest_wait=0.2)


def collect(
    engine: Engine, decide: Decide, now: Any = NOW, patience: Patience = QUICK, **more: Any
) -> Collected:
    """Do one round at a channel whose every post is wanted, unless `more` says otherwise."""
    named = more or {"whole_channels": (CHANNEL,)}
    with instance(decide) as here:
        telegram = TelegramConfig(server=here.origin, timeout_seconds=1, **named)
        config = Config(folder=Path(), telegram=telegram)
        [report] = steps.collect(engine, config, ["telegram"], now, patience)
    return report


class Moving:
    """A channel at one address over several rounds: the address is part of the store's cursors."""

    def __init__(self, engine: Engine, origin: str, **named: Any) -> None:
        self._engine = engine
        named = named or {"whole_channels": (CHANNEL,)}
        self._config = Config(
            folder=Path(),
            telegram=TelegramConfig(server=origin, timeout_seconds=1, **named),
        )

    def round(self, minutes: float = 0) -> Collected:
        now = NOW + timedelta(minutes=minutes)
        [report] = steps.collect(self._engine, self._config, ["telegram"], now, QUICK)
        return report


def stored(engine: Engine) -> dict[int, Any]:
    """Return the posts by their numbers."""
    with engine.connect() as connection:
        rows = connection.execute(select(posts)).all()
    return {int(row.native_id.rsplit("/", 1)[1]): row for row in rows}


def rows(engine: Engine, table: Any) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(table)).all())


def test_all_posts_of_a_channel_come_with_their_line_breaks_links_and_forwards(
    engine: Engine,
) -> None:
    report = collect(engine, channel(45))
    found = stored(engine)
    assert (report.state, report.fetched, report.new, report.quarantined) == ("ok", 45, 45, 0)
    assert sorted(found) == list(range(1, 46))
    for number, row in found.items():
        assert row.text == (
            f"Bedarf {number}: Wolldecken\nan der Messehalle #HHhilft & mehr: "
            f"https://example.org/l/{number} 🙏"
        )
        assert row.hashtags == ["hhhilft"]
        assert row.repost_of == ("anderer_kanal/7" if number % 10 == 3 else None)
        assert [each["url"] for each in row.media] == (
            [f"https://cdn.example/p{number}.jpg"] if number % 5 == 0 else []
        )
        assert row.links == [
            f"https://example.org/l/{number}",
            *([f"https://example.org/liste/{number}"] if number % 7 == 0 else []),
        ]
        assert row.created_at == BEGIN + timedelta(hours=number)
        assert row.edited_at is None  # the page tells that it was edited, not when
        assert row.likes is row.reposts is row.replies is None
    [account] = rows(engine, accounts)
    assert (account.native_id, account.name) == (CHANNEL, "HHhilft Test")
    assert (account.followers, account.bio, account.avatar) == (6412, "Hilfe in Hamburg", True)


def test_only_posts_with_a_watched_hashtag_are_kept_of_other_channels(engine: Engine) -> None:
    server = channel(3)
    server.posts[4] = message(4, "Flohmarkt am Sonntag #hhhilftnicht")
    server.posts[5] = message(5, "Sprachcafé <a href='?q=%23hhHILFT'>#hhHILFT</a>")
    report = collect(engine, server, channels=(CHANNEL,))
    assert (report.fetched, report.new) == (5, 4)
    assert 4 not in stored(engine)


def test_too_many_requests_are_survived_and_the_server_is_asked_again_when_it_wants(
    engine: Engine,
) -> None:
    server = channel(45)
    waits: list[float] = []
    refused = iter([Answer(b"", 429, {"Retry-After": "1"})] * 2)
    patience = Patience(attempts=3, first_wait=0.01, longest_wait=2, sleep=waits.append)
    report = collect(
        engine, lambda path, query: next(refused, None) or server(path, query), NOW, patience
    )
    assert (report.state, report.new) == ("ok", 45)


def test_a_long_pause_is_a_state_and_the_next_round_goes_on_where_it_stopped(
    engine: Engine,
) -> None:
    server = channel(45)
    shut = False

    def decide(path: str, query: Mapping[str, str]) -> Answer:
        if shut and query.get("before") == "26":
            return Answer(b"", 429, {"Retry-After": "900"})
        return server(path, query)

    with instance(decide) as here:
        moving = Moving(engine, here.origin)
        shut = True
        first = moving.round()
        assert (first.state, first.new) == ("limited", 20)
        assert first.next_try == NOW + timedelta(minutes=30)
        shut = False
        server.posts |= {number: need(number) for number in range(46, 71)}
        second = moving.round(30)
    assert (second.state, second.new) == ("ok", 50)
    assert sorted(stored(engine)) == list(range(1, 71))
    assert len(rows(engine, coverage)) == 1


def test_a_missing_link_to_earlier_posts_is_reported_and_they_are_found_by_number(
    engine: Engine,
) -> None:
    server = channel(45)
    server.links_back = False
    report = collect(engine, server)
    assert report.new == 45
    assert "Bei Beitrag 26 fehlt der Verweis auf frühere Beiträge" in report.de
    assert "At post 26 the link to earlier posts is missing" in report.en
    [run] = rows(engine, runs)
    assert (run.state, run.detail) == ("ok", report.de)  # for the pages and hhhilft status


def test_where_nothing_earlier_is_shown_the_time_before_is_not_called_read(engine: Engine) -> None:
    server = Telegram({number: need(number) for number in range(26, 46)})
    report = collect(engine, server)
    assert report.new == 20
    assert "Vor Beitrag 26 zeigt der Kanal nichts" in report.de
    assert "Before post 26 the channel shows nothing" in report.en
    [read] = rows(engine, coverage)
    assert (read.start, read.end) == (BEGIN + timedelta(hours=26), NOW)


def test_a_channel_that_is_read_to_its_first_post_is_read_whole(engine: Engine) -> None:
    report = collect(engine, channel(45), whole_channels=(CHANNEL,), first_days=30)
    [read] = rows(engine, coverage)
    assert (report.de, report.gaps) == ("", 0)
    assert (read.start, read.end) == (NOW - timedelta(days=30), NOW)


def test_a_large_hole_between_two_posts_is_reported(engine: Engine) -> None:
    server = channel(10)
    server.posts[300] = need(45).replace(f"{CHANNEL}/45", f"{CHANNEL}/300")
    report = collect(engine, server)
    assert "Zwischen den Beiträgen 10 und 300 zeigt der Kanal nichts." in report.de
    assert "Between posts 10 and 300 the channel shows nothing." in report.en


def test_an_unknown_channel_is_reported_as_unknown_and_never_as_silent(engine: Engine) -> None:
    report = collect(engine, channel(), channels=("gibt_es_nicht",))
    assert report.state == "not_found"
    assert "Den Kanal gibt_es_nicht gibt es bei Telegram nicht." in report.de
    assert "There is no channel gibt_es_nicht on Telegram." in report.en
    [run] = [each for each in rows(engine, runs) if each.step == "collect"]
    assert (run.state, run.detail) == ("not_found", "302 /gibt_es_nicht")


def test_a_group_or_closed_channel_is_reported_as_refused(engine: Engine) -> None:
    server = Telegram(profiles=("nur_gruppe",))
    report = collect(engine, server, channels=("nur_gruppe",))
    assert report.state == "denied"
    assert "nur_gruppe zeigt keine Beiträge öffentlich" in report.de
    assert "nur_gruppe shows no posts to everybody" in report.en


def test_a_page_that_is_no_channel_is_unreadable_and_not_an_empty_channel(engine: Engine) -> None:
    report = collect(engine, lambda *_: Answer(b"<html>Bitte best&auml;tigen</html>"))
    assert report.state == "garbled"
    assert report.said == "Bitte bestätigen"
    assert rows(engine, coverage) == []


def test_a_server_that_repeats_itself_does_not_hold_the_round(engine: Engine) -> None:
    server = channel(45)
    report = collect(engine, lambda path, _query: server(path, {}))
    assert (report.state, report.new) == ("garbled", 20)


def test_one_broken_message_goes_to_quarantine_and_stops_no_other(engine: Engine) -> None:
    server = channel(5)
    server.posts[3] = server.posts[3].replace("tgme_widget_message_footer", "tgme_broken")
    server.posts[4] = server.posts[4].replace("2026-11-01T12:00:00+00:00", "gestern")
    report = collect(engine, server)
    assert (report.new, report.quarantined) == (3, 2)
    assert {each.code for each in rows(engine, quarantine)} == {"field_unreadable"}


def test_an_edited_post_has_the_new_text_and_a_deleted_one_is_gone(engine: Engine) -> None:
    server = channel(45)
    with instance(server) as here:
        moving = Moving(engine, here.origin)
        moving.round()
        server.posts[44] = message(44, "Berichtigt #HHhilft", edited="edited &nbsp;")
        del server.posts[45], server.posts[30]
        edited = moving.round(30)
        assert edited.updated == 1
        assert stored(engine)[44].text == "Berichtigt #HHhilft"
        assert edited.deleted == 0  # once is not enough
        assert moving.round(60).deleted == 2
    gone = [number for number, row in stored(engine).items() if row.deleted_at]
    assert sorted(gone) == [30, 45]


def test_a_channel_that_asks_programs_to_stay_away_is_not_kept(engine: Engine) -> None:
    server = channel(3)
    with instance(server) as here:
        moving = Moving(engine, here.origin)
        moving.round()
        server.description = "Bitte nicht sammeln #nobot"
        report = moving.round(30)
    assert (report.deleted, report.skipped) == (3, 3)


def test_a_channel_without_a_picture_or_posts_is_read(engine: Engine) -> None:
    bare = channel(2)
    bare.photo = False
    assert collect(engine, bare).new == 2
    empty = collect(engine, Telegram())
    assert (empty.state, empty.new, empty.de) == ("empty", 0, "")


def test_a_name_in_other_letters_is_the_same_channel_asked_once() -> None:
    named = TelegramConfig(channels=("HHhilft_Test", "other"), whole_channels=("hhhilft_test",))
    assert named.origins == ("https://t.me/HHhilft_Test", "https://t.me/other")
    assert named.is_whole("HHhilft_Test")


def test_without_a_channel_nothing_is_asked_and_the_setting_is_named(engine: Engine) -> None:
    config = Config(folder=Path())
    [report] = steps.collect(engine, config, ["telegram"], NOW, QUICK)
    assert report.state == "off"
    assert "[telegram]" in report.de
    assert "[telegram]" in report.en


class _Stop(Exception):  # noqa: N818
    """A round that is killed."""


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 70), st.integers(0, 4), st.sets(st.integers(1, 200), max_size=9)),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_is_posted_deleted_and_cut_off_every_post_is_read_in_the_end(
    rounds: list[tuple[int, int, set[int]]],
) -> None:
    server, cursors, seen, last = Telegram(), {}, set[int](), 0
    with instance(server) as here:
        client = Client(here.origin, 5, QUICK, "[telegram]")
        for new, pages, deleted in [*rounds, (0, 99, set())]:
            for number in range(last + 1, last + new + 1):
                server.posts[number] = message(number, at=BEGIN + timedelta(minutes=number))
            last += new
            for number in deleted:
                server.posts.pop(number, None)
            walk = Walk(Channel(client, CHANNEL, NOW), cursors, NOW)
            for count, step in enumerate(walk.steps(timedelta(days=30), timedelta(0)), 1):
                seen |= {each.number for each in step.page.messages}
                cursors |= step.cursors
                if count > pages:
                    break
        client.close()
    assert set(server.posts) <= seen
