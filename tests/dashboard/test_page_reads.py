from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data import decisions
from data.page_reads import balance, calls, network, newcomers, questions, sources, volume, warnings
from data.page_reads.narrowed import Narrowing
from data.page_reads.week import week_to
from data.rollups.counts import count
from data.tables import labels
from data.writes import finish_run, start_run, upsert_posts
from tests import make
from tests.dashboard import world

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = week_to(world.NOW, BERLIN)


def test_both_weeks_are_equally_long_and_end_at_the_same_time_of_day() -> None:
    assert WEEK.end - WEEK.start == WEEK.before_end - WEEK.before_start
    assert len(WEEK.days) == 7
    assert WEEK.start == datetime(2026, 11, 11, 23, tzinfo=UTC)


def test_the_week_of_the_clock_change_still_ends_at_the_same_time_of_day() -> None:
    week = week_to(datetime(2026, 10, 27, 9, tzinfo=UTC), BERLIN)  # 10:00, winter time
    assert week.before_end == datetime(2026, 10, 20, 8, tzinfo=UTC)  # 10:00, summer time


def test_a_post_at_half_past_midnight_counts_for_its_local_day(engine: Engine) -> None:
    late = make.post("late", created_at=datetime(2026, 11, 16, 23, 30, tzinfo=UTC))
    with engine.begin() as connection:
        upsert_posts(connection, [late], "file", world.NOW)
        days = volume.posts_per_day(connection, WEEK.start, WEEK.end, BERLIN)
    assert days == {datetime(2026, 11, 17, tzinfo=UTC).date(): 1}


def test_a_deleted_post_is_in_no_count_and_no_list(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        found = calls.newest_calls(connection, WEEK.start, WEEK.end, limit=50)
        assert volume.newest_post(connection) == world.NOW - 2 * world.HOUR
        (waiting,) = count(connection, calls.waiting([(WEEK.start, WEEK.end)]))
    assert waiting.urgent == calls.Answered(all=2, open=2)
    assert "Wird gelöscht." not in [each.text for each in found]


def test_a_reply_of_somebody_else_answers_and_ones_own_does_not(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        wanted = {
            each.text: each.answered
            for each in calls.newest_calls(connection, WEEK.start, WEEK.end, limit=50)
        }
        queue = questions.queue(connection, Narrowing(WEEK.start, world.NOW - world.DAY))
        asked = questions.read(connection, queue)
    assert wanted["Suchen Winterjacken in Altona."] is True
    assert wanted["Brauchen heute Abend zwei Betten in Altona!"] is False
    assert [(each.call.text, each.state) for each in asked] == [
        ("Wo gebe ich das Formular ab?", decisions.OPEN)
    ]


def test_needs_and_offers_are_counted_by_topic_and_place(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        topics = count(connection, balance.balance(WEEK.start, WEEK.end))
        places = balance.with_days(connection, WEEK, count(connection, balance.places(WEEK)))
    assert topics["unterkunft"] == balance.Balance(needs=2, offers=1)
    assert topics["sachspenden"] == balance.Balance(needs=1, offers=1)
    altona = places[0]
    assert (altona.name, altona.posts, altona.before, altona.needs) == ("Altona", 2, 1, 2)
    assert sum(altona.days) == 3


def test_nothing_is_sought_or_offered_of_politics_and_hostility(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        connection.execute(
            labels.update()
            .where(labels.c.kind == "topic", labels.c.label == "sachspenden")
            .values(label="anfeindung")
        )
        counted = balance.by_topic_and_bezirk(connection, Narrowing(WEEK.start, WEEK.end))
    assert {topic for topic, _ in counted} == {"unterkunft"}


def test_who_posted_before_this_week_is_no_newcomer(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        assert newcomers.newcomers(connection, [(WEEK.start, WEEK.end)]) == [5]  # all but ana


def test_warnings_to_decide_come_first_and_worst_first(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        found = warnings.groups_of_levels(connection, ("alert", "watch"))
        assert [each.id for each in found] == ["w1", "w2"]
        assert warnings.to_decide(connection) == (1, 1)
        decisions.decide(
            connection, "ina", "cluster", "w1", "dismiss", "Absprache", None, world.NOW
        )
        assert [each.id for each in warnings.groups_of_levels(connection, ("alert", "watch"))] == [
            "w2",
            "w1",
        ]
        assert warnings.to_decide(connection) == (0, 1)


def test_the_network_is_read_with_who_does_not_want_to_be_named(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        picture = network.picture(connection)
    assert [each.hidden for each in picture.nodes if each.handle == "hidden@elbe.example"] == [True]
    assert len(picture.edges) == 3


def test_the_last_ended_run_is_shown_while_the_next_goes_on(engine: Engine) -> None:
    with engine.begin() as connection:
        first = start_run(connection, "collect", "mastodon", "https://a.example", world.NOW)
        finish_run(connection, first, "denied", world.NOW)
        start_run(connection, "collect", "mastodon", "https://a.example", world.NOW)
        start_run(connection, "tag", None, None, world.NOW)
        assert [(each.step, each.state) for each in sources.last_runs(connection)] == [
            ("collect", "denied"),
            ("tag", "running"),
        ]


def test_what_lies_between_two_read_stretches_is_a_gap(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        found = sources.gaps(connection, world.NOW - timedelta(days=14))
    assert found["mastodon", "https://norden.social"] == [
        sources.Gap(world.NOW - 3 * world.DAY, world.NOW - 2 * world.DAY)
    ]
