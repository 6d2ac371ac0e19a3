"""One story, whether it is told from the store or from a fresh finding."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from dashboard.side_by_side import pairs_of_texts
from data.config import Config
from data.page_reads.stories import names_like, story
from data.page_reads.warnings import Evidence
from data.reasons import sentence
from data.story_words import episode_words
from data.tables import accounts
from data.writes import delete_posts, upsert_posts
from monitor import steps
from monitor.detect.posts import post_table
from monitor.detecting import find
from monitor.telling import story_of
from tests.make import NOW
from tests.monitor.detect import worlds
from tests.monitor.detect.test_floods import flood

CONFIG = Config(folder=Path())
BERLIN = ZoneInfo("Europe/Berlin")


def test_store_and_finding_tell_the_same_story(engine: Engine) -> None:
    posts = [*worlds.town(), *worlds.campaign(), *worlds.volunteers(), *worlds.office(), *flood()]
    with engine.begin() as connection:
        upsert_posts(connection, posts, "file", NOW)
    steps.detect(engine, CONFIG, NOW)
    table = post_table(posts)
    found = find(table, CONFIG).clusters
    assert len(found) >= 3
    with engine.connect() as connection:
        for each in found:
            assert story(connection, each.id) == story_of(each, table)


def test_an_episode_says_who_in_which_order_with_the_gaps_and_who_else() -> None:
    stranger = worlds.write(
        "ana", 900, worlds.START + timedelta(hours=1), worlds.campaign()[0].text,
        links=worlds.campaign()[0].links,
    )  # fmt: skip
    table = post_table([*worlds.town(), *worlds.campaign(), stranger])
    (found,) = find(table, CONFIG).clusters
    told = story_of(found, table)
    by_kind = {each.kind: each for each in told.episodes if each.first == worlds.START}
    text = by_kind["text"]
    assert [act.name for act in text.acts] == [f"c{number}" for number in range(8)]
    assert [act.gap_seconds for act in text.acts] == [None, *[20.0] * 7]
    link = by_kind["link"]
    assert (link.last - link.first, link.others, text.others) == (timedelta(seconds=140), 1, 1)
    assert text.shown.startswith("Decken Jacken Zimmer")
    assert link.shown == "https://example.org/0"
    assert [each.first for each in told.episodes] == sorted(each.first for each in told.episodes)


def test_the_last_reason_says_how_the_score_came_about() -> None:
    table = post_table([*worlds.town(), *worlds.campaign()])
    (found,) = find(table, CONFIG).clusters
    weighed = found.reasons[-1]
    assert weighed["code"] == "weighed"
    assert abs(weighed["value"] - found.score) < 0.01
    assert all(len(part) == 3 for part in weighed["parts"])
    assert story_of(found, table).weighed == weighed
    assert weighed not in story_of(found, table).speaking


def test_what_is_deleted_is_told_no_more_and_who_hides_is_not_named(engine: Engine) -> None:
    posts = worlds.campaign()
    with engine.begin() as connection:
        upsert_posts(connection, [*worlds.town(), *posts], "file", NOW)
    steps.detect(engine, CONFIG, NOW)
    with engine.begin() as connection:
        delete_posts(connection, "mastodon", [post.id for post in posts[:8]], NOW)
        connection.execute(
            accounts.update().where(accounts.c.native_id == "c3").values(discoverable=False)
        )
        (name,) = names_like(connection, "")
        told = story(connection, name)
        assert connection.execute(select(accounts.c.handle)).first() is not None
    assert told is not None
    assert not [each for each in told.episodes if each.object.endswith("/0")]
    assert len([each for each in told.episodes if each.kind == "link"]) == 4
    assert {act.name for each in told.episodes for act in each.acts if act.hidden} == {None}


def test_accounts_that_only_post_at_once_are_told_as_that_and_nothing_is_put_side_by_side() -> None:
    posts = [*worlds.town(), *worlds.script()]
    table = post_table(posts)
    (found,) = find(table, CONFIG).clusters
    told = story_of(found, table)
    assert found.kinds == ("moment",)
    first = told.episodes[0]
    words = episode_words(first, "de", BERLIN)
    assert "5 Konten posten fast gleichzeitig, jedes seinen Beitrag; der erste: „" in words
    assert words.endswith("Niemand sonst tut das immer wieder.")
    assert "5 Konten posten 8-mal fast gleichzeitig" in sentence(found.reasons[0], "de")
    shown = [
        Evidence(n, each.key, int(each.account.id[1:]), each.created_at, True, each.text, None,
                 first.object, "moment")
        for n, each in enumerate(worlds.script()[:5])
    ]  # fmt: skip
    assert pairs_of_texts(shown) == []
