"""The sample in the store, in both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from data.sample import sample_posts
from data.tables import accounts, posts
from monitor import steps

NOW = datetime(2026, 11, 24, 19, 36, tzinfo=UTC)


def test_a_second_load_adds_nothing_even_days_later(engine: Engine) -> None:
    every = len(list(sample_posts(NOW)))
    assert steps.load_sample(engine, NOW) == every
    assert steps.load_sample(engine, NOW + timedelta(days=2, hours=3)) == 0
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(posts)).scalar_one() == every


def test_newcomers_are_first_seen_when_they_first_post(engine: Engine) -> None:
    steps.load_sample(engine, NOW)
    with engine.connect() as connection:
        seen = connection.execute(select(accounts.c.first_seen)).scalars().all()
    recent = [at for at in seen if at > NOW - timedelta(days=7)]
    assert 0 < len(recent) < len(seen) / 4
