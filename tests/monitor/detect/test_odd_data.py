"""Sparse and odd data: a sensible answer, no exception, no alert without evidence."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from data.config import Config
from data.enough import notes
from data.reasons import sentence
from data.records import Account, Post
from data.writes import upsert_posts
from monitor import steps
from monitor.detect.cluster import Cluster
from monitor.detect.posts import post_table
from monitor.detecting import document, find, measured
from monitor.story_text import story_text
from monitor.telling import story_of
from tests.make import NOW
from tests.monitor.detect import worlds
from tests.monitor.detect.worlds import START, write

CONFIG = Config(folder=Path())
CONFIG_ZONE = ZoneInfo(CONFIG.watch.timezone)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def found(posts: list[Post]) -> list[Cluster]:
    """Detect, tell everything in both languages, and check what every answer must keep."""
    table = post_table(posts)
    clusters = list(find(table, CONFIG).clusters)
    authors = {post.key: post.account.key for post in posts}
    for each in clusters:
        told = story_of(each, table)
        for lang in ("de", "en"):
            assert story_text(told, lang, CONFIG_ZONE)
            assert all(sentence(reason, lang) for reason in each.reasons)
        if each.level == "alert":
            shown = {authors[post] for post, _ in each.evidence}
            assert len(shown & set(each.accounts)) >= 3
    assert document(table, clusters, "de")["posts"] == table.num_rows
    return clusters


def levels(posts: list[Post]) -> set[str]:
    return {each.level for each in found(posts)}


def codes(posts: list[Post]) -> list[str]:
    return [each.code for each in notes(measured(post_table(posts)))]


def crowd(people: int, at: datetime, seed: int = 11) -> list[Post]:
    """Write one post each of people with their own words."""
    dice = random.Random(seed)
    letters = "abcdefghijklmnoprstuvwz"
    return [
        write(
            f"x{number}", number, at + dice.randrange(86_400) * SECOND,
            " ".join("".join(dice.choices(letters, k=7)) for _ in range(9)),
        )
        for number in range(people)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("posts", "thin"),
    [
        ([], ["few_posts"]),
        (worlds.town(people=5, posts=1), ["few_posts"]),
        ([write("ana", n, START + n * DAY, f"Danke {n}!") for n in range(30)], ["few_accounts"]),
        ([write("ana", n, START, "Danke!") for n in range(5_000)], ["few_accounts"]),
        ([write(f"r{n}", n, START + n * SECOND, "", repost_of="gone") for n in range(60)], []),
        ([replace(each, time_known=False) for each in worlds.campaign()], ["few_times"]),
        ([write(f"e{n % 9}", n, START + n * SECOND, "") for n in range(90)], []),
        ([write(f"s{n % 9}", n, START, "", repost_of=f"s{n % 9}-0") for n in range(90)], []),
        ([write(f"m{n % 9}", n, START + n * DAY, f"{n}", reply_to=f"?{n}") for n in range(30)], []),
    ],
    ids=["no posts", "five posts", "one account", "one account, 5,000 posts",
         "reposts of one post", "no times", "empty texts", "people who repost themselves",
         "answers to posts that are not there"],
)  # fmt: skip
def test_where_nothing_can_be_said_nothing_is_and_too_little_data_is_named(
    posts: list[Post], thin: list[str]
) -> None:
    assert found(posts) == []
    assert codes(posts) == thin


def test_three_accounts_with_the_same_text_in_the_same_second_are_too_few_to_be_a_group() -> None:
    posts = [write(f"t{n % 3}", n, START, "Immer derselbe Satz, Wort für Wort.") for n in range(60)]
    assert found([*worlds.town(), *posts]) == []


@pytest.mark.parametrize("unknown", ["handle", "name", "created_at", "bio", "all"])
def test_what_is_unknown_of_accounts_is_no_mark(unknown: str) -> None:
    names = ("handle", "name", "created_at", "bio") if unknown == "all" else (unknown,)
    posts = [
        replace(post, account=replace(post.account, **dict.fromkeys(names)))
        for post in [*worlds.town(), *worlds.campaign(), *worlds.volunteers()]
    ]
    (alert,) = [each for each in found(posts) if each.level == "alert"]
    assert set(alert.accounts) == {f"mastodon:c{number}" for number in range(8)}
    assert "young_accounts" not in {reason["code"] for reason in alert.reasons}


def test_a_day_with_a_hundred_times_the_volume_is_no_warning() -> None:
    call = write("caller", 0, START + 5 * DAY, "Dringend: Decken nach Altona, bitte weitersagen!")
    shared = [
        write(f"x{n}", 10_000 + n, call.created_at + n * 90 * SECOND, "", repost_of=call.id)
        for n in range(400)
    ]
    posts = [*worlds.town(), *crowd(1_700, START + 5 * DAY), call, *shared]
    assert levels(posts) <= {"community"}


@pytest.mark.parametrize(
    "at",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)],
    ids=["1970", "the future"],
)
def test_impossible_dates_change_nothing_about_the_rest(at: datetime) -> None:
    usual = [*worlds.town(), *worlds.campaign()]
    odd = [replace(post, id=f"{post.id}-odd", created_at=at) for post in worlds.town(people=3)]
    before = {(each.level, each.accounts) for each in found(usual)}
    assert {(each.level, each.accounts) for each in found([*usual, *odd])} == before


def test_a_text_of_50_000_characters_is_compared_like_any_other() -> None:
    dice = random.Random(2)
    long = [" ".join("".join(dice.choices("abdeghilmnorstu", k=6)) for _ in range(7_200))
            for _ in range(4)]  # fmt: skip
    posts = [
        write(f"l{who}", number, START + number * DAY + 20 * who * SECOND, text)
        for number, text in enumerate(long)
        for who in range(6)
    ]
    assert min(map(len, long)) > 50_000
    (group,) = found([*worlds.town(), *posts])
    assert group.accounts == tuple(f"mastodon:l{who}" for who in range(6))
    assert "text" in group.kinds


def test_odd_posts_among_a_campaign_do_not_hide_it() -> None:
    campaign = worlds.campaign()
    odd = [
        write("c0", 900, START, "", repost_of=campaign[0].id),
        write("c1", 901, START, "", reply_to="not there"),
        write("c2", 902, START, "x" * 50_000),
        replace(write("c3", 903, START, "Spät gesehen"), time_known=False),
        write("odd", 904, START, "", account=Account("mastodon", "odd")),
    ]
    assert levels([*worlds.town(), *campaign, *odd]) == {"alert"}


def test_the_store_says_the_same_of_too_little_data(engine: Engine) -> None:
    assert [each.code for each in notes(steps.detect(engine, CONFIG, NOW))] == ["few_posts"]
    with engine.begin() as connection:
        upsert_posts(connection, worlds.town(), "file", NOW)
    assert notes(steps.detect(engine, CONFIG, NOW)) == []
