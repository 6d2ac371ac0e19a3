"""What the page of places asks the store."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, select

from data.page_reads import calls, places
from data.page_reads.balance import Place
from data.page_reads.local_days import local_day
from data.page_reads.narrowed import Narrowing
from data.page_reads.week import days_to
from data.tables import posts
from data.writes import LabelRow, TagRow, upsert_posts, write_tags
from tests import make
from tests.dashboard import world

BERLIN = ZoneInfo("Europe/Berlin")
NOW, DAY, HOUR = world.NOW, world.DAY, world.HOUR
WEEK = days_to(NOW, BERLIN, 7)
SEEKS, OFFERS = "intent:gesuch", "intent:angebot"


def test_days_of_any_number_stand_beside_as_many_before_up_to_this_time_of_day() -> None:
    for days in (7, 14, 28):
        week = days_to(NOW, BERLIN, days)
        assert len(week.days) == days
        assert week.start.astimezone(BERLIN).date() == week.days[0]
        before = week.before_end.astimezone(BERLIN)
        assert before.time() == NOW.astimezone(BERLIN).time()
        assert week.days[-1] - before.date() == days * DAY
        assert week.days[0] - week.before_start.astimezone(BERLIN).date() == days * DAY


def test_a_stadtteil_counts_posts_needs_and_offers_now_and_posts_before(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, "place:Altona", SEEKS)
        _say(connection, DAY, "place:Altona", OFFERS)
        _say(connection, 2 * DAY, "place:Altona", SEEKS, OFFERS)
        _say(connection, 9 * DAY, "place:Altona", SEEKS)
        _say(connection, HOUR, "place:Horn")
        found = places.stadtteile(connection, WEEK)
    assert [(each.name, each.posts) for each in found] == [("Altona", 3), ("Horn", 1)]
    altona = found[0]
    assert (altona.before, altona.needs, altona.offers, altona.gap) == (1, 2, 2, 0)
    assert altona.days == (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1)


def test_a_post_that_names_two_places_of_a_bezirk_counts_there_once(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, "place:Ottensen", "place:Altona", SEEKS)
        _say(connection, HOUR, "place:Lurup", "place:Horn", OFFERS)
        found = places.bezirke(connection, WEEK)
    assert [(each.name, each.posts, each.needs, each.offers) for each in found] == [
        ("Altona", 2, 1, 1),
        ("Hamburg-Mitte", 1, 0, 1),
    ]


def test_a_week_ago_counts_only_up_to_this_time_of_day(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, 7 * DAY + HOUR, "place:Horn")
        _say(connection, 7 * DAY - HOUR, "place:Horn")
        found = places.stadtteile(connection, WEEK)
    assert [(each.posts, each.before, sum(each.days)) for each in found] == [(0, 1, 2)]


def test_reposts_deleted_posts_and_names_nobody_knows_do_not_count(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, "place:Horn", repost_of="other")
        gone = _say(connection, HOUR, "place:Horn")
        connection.execute(posts.update().where(posts.c.id == gone).values(deleted_at=NOW))
        _say(connection, HOUR, "place:Atlantis")
        assert places.bezirke(connection, WEEK) == []
        assert [each.name for each in places.stadtteile(connection, WEEK)] == ["Atlantis"]


def test_places_are_narrowed_to_a_topic_a_network_and_a_language(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, "place:Horn", "topic:essen")
        _say(connection, HOUR, "place:Hamm", network="bluesky", lang="uk")
        for to, name in (
            (Narrowing(topic="essen"), "Horn"),
            (Narrowing(network="bluesky"), "Hamm"),
            (Narrowing(lang="uk"), "Hamm"),
            (Narrowing(lang="de"), "Horn"),
        ):
            assert [each.name for each in places.stadtteile(connection, WEEK, to)] == [name]
            assert places.named(connection, WEEK, to).placed == 1


@pytest.mark.parametrize(
    "text", ["Wer hilft in HAMBURG?", "Куда в Гамбурге?", "أين في هامبورغ؟", "#hamburghilft"]
)
def test_a_post_that_names_the_city_but_no_place_in_it_is_told_apart(
    engine: Engine, text: str
) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, text=text)
        _say(connection, HOUR, text="Wer hat Decken?")
        _say(connection, HOUR, "place:Horn", text="Horn in Hamburg")
        _say(connection, 8 * DAY, "place:Horn")
        found = places.named(connection, WEEK)
    assert found == places.Named(placed=1, before=1, unplaced=2, city=1)


def test_the_topics_of_a_place_come_with_their_needs_and_offers(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, HOUR, "place:Horn", "topic:essen", SEEKS)
        _say(connection, HOUR, "place:Horn", "topic:essen", "topic:recht", OFFERS)
        _say(connection, HOUR, "place:Hamm", "topic:kinder")
        found = places.topics(connection, WEEK, ("Horn", "Borgfelde"))
    assert found == [places.Topic("essen", 2, 1, 1), places.Topic("recht", 1, 0, 1)]


def test_open_needs_of_a_place_come_newest_first(engine: Engine) -> None:
    with engine.begin() as connection:
        _say(connection, DAY, "place:Horn", SEEKS, text="Gestern")
        _say(connection, HOUR, "place:Horn", SEEKS, text="Heute")
        _say(connection, HOUR, "place:Hamm", SEEKS, text="Nebenan")
        found = calls.newest_open(connection, Narrowing(places=("Horn",)))
    assert [each.text for each in found] == ["Heute", "Gestern"]


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 4, 2, 9, tzinfo=UTC)]
)
def test_local_days_are_right_on_both_sides_of_the_clock_change(
    engine: Engine, now: datetime
) -> None:
    start = now - timedelta(days=14)
    times = [start + timedelta(minutes=45 * step) for step in range(14 * 32)]
    with engine.begin() as connection:
        upsert_posts(
            connection,
            [make.post(f"p{number}", created_at=at) for number, at in enumerate(times)],
            "file",
            now,
        )
        day = local_day(posts.c.created_at, BERLIN, start, now)
        rows = connection.execute(select(posts.c.created_at, day)).all()
    assert len(rows) == len(times)
    for at, number in rows:
        assert date(1970, 1, 1) + timedelta(days=number) == at.astimezone(BERLIN).date()


def test_a_place_says_how_many_more_needs_there_are() -> None:
    assert Place("Horn", 5, 0, 3, 1, ()).gap == 2


def _say(connection: Connection, ago: timedelta, *labels: str, **known: object) -> int:
    """Write a post with its labels ("kind:label"); give its number."""
    lang = str(known.pop("lang", "de"))
    known.setdefault("text", f"Moin, {ago} {labels}")
    name = f"{ago} {labels} {sorted(known.items())}"
    upsert_posts(connection, [make.post(name, created_at=NOW - ago, **known)], "file", NOW)  # type: ignore[arg-type]
    number = connection.execute(select(posts.c.id).where(posts.c.native_id == name)).scalar_one()
    rows = [LabelRow(*each.split(":"), score=0.9) for each in labels]  # type: ignore[misc]
    write_tags(connection, [TagRow(number, lang, False, 0.1, [], rows)], "test", NOW)
    return int(number)
