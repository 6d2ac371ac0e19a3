"""What the overview says has changed since this time yesterday."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from dashboard.app import create_app
from data.config import Config
from data.page_reads.silence import delivered_since, silent_networks
from data.page_reads.warnings import new_since
from data.rollups.counts import count
from data.tables import clusters
from data.writes import finish_run, start_run, upsert_posts
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts

NORDEN = "https://norden.social"


def test_what_came_in_a_day_stands_on_top_with_the_day_before(demo: Dash) -> None:
    said = _said(demo.server.test_client())
    assert "Seit gestern, 15:30 Uhr" in said
    assert "2 neue dringende Gesuche, alle noch ohne Antwort (am Tag davor 0)" in said
    assert "Keine neue Frage (am Tag davor 0)" in said
    assert "2 neue Warnungen" in said


def test_who_sees_figures_alone_reads_it_without_links(
    as_role: Callable[[str], FlaskClient],
) -> None:
    answer = json.dumps(open_page(as_role("viewer"), "/").get_json())
    assert "2 neue dringende Gesuche" in _said(as_role("viewer"))
    assert "/bedarf" not in answer
    assert "/fragen" not in answer


def test_in_a_store_of_yesterday_nothing_is_compared_with_the_day_before(
    config: Config, store: Engine
) -> None:
    _post(store, world.NOW - 30 * world.HOUR)
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    assert "Kein neues dringendes Gesuch Keine neue Frage Keine neue Warnung" in _said(
        app.server.test_client()
    )


def test_a_store_with_a_post_of_today_alone_does_not_say_that_none_came(
    config: Config, store: Engine
) -> None:
    _post(store, world.NOW - world.HOUR)
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    said = _said(app.server.test_client())
    assert "Die ersten Beiträge der Woche kamen heute: 1 Beitrag" in said
    assert "kam noch kein Beitrag" not in said


def test_a_source_that_stopped_to_deliver_is_named_with_its_last_time(
    demo: Dash, full: Engine
) -> None:
    before = _said(demo.server.test_client())
    assert "Keine Quelle ist verstummt." in before  # mastodon.social has not answered for long
    _run(full, "denied", world.NOW - timedelta(minutes=2))
    assert "norden.social liefert nicht mehr, zuletzt vor 12 Minuten." in _said(
        demo.server.test_client()
    )


@pytest.mark.parametrize(("hours", "answered"), [(23, True), (25, False)])
def test_a_good_answer_counts_for_a_day(engine: Engine, hours: int, answered: bool) -> None:
    at = world.NOW - hours * world.HOUR
    _run(engine, "empty", at)
    _run(engine, "unreachable", world.NOW - world.HOUR)
    with engine.connect() as connection:
        last = delivered_since(connection, "mastodon", NORDEN, world.NOW - world.DAY)
    assert last == (at if answered else None)


def test_a_network_falls_silent_where_some_posts_a_day_are_usual(engine: Engine) -> None:
    for network, a_day in (("telegram", 3), ("rss", 1), ("mastodon", 3)):
        for number in range(7 * a_day):
            _post(
                engine, world.NOW - (30 + number % 160) * world.HOUR, f"{network}{number}", network
            )
    _post(engine, world.NOW - world.HOUR, "new", "mastodon")
    with engine.connect() as connection:
        networks = ("mastodon", "rss", "telegram", "x")
        assert count(connection, silent_networks(world.NOW, networks)) == {"telegram": 3}


def test_a_warning_that_is_gone_again_is_not_new(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        assert new_since(connection, world.NOW - world.DAY) == 2
        connection.execute(update(clusters).where(clusters.c.id == "w2").values(gone_at=world.NOW))
        assert new_since(connection, world.NOW - world.DAY) == 1
        assert new_since(connection, world.NOW + world.HOUR) == 0


def _run(engine: Engine, state: str, at: datetime) -> None:
    with engine.begin() as connection:
        run = start_run(connection, "collect", "mastodon", NORDEN, at)
        finish_run(connection, run, state, at)


def _post(engine: Engine, at: datetime, name: str = "p", network: str = "mastodon") -> None:
    post = replace(make.post(name, created_at=at), network=network)
    with engine.begin() as connection:
        upsert_posts(connection, [post], network, world.NOW)


def _said(client: FlaskClient) -> str:
    answer = open_page(client, "/")
    assert answer.status_code == 200
    content = answer.get_json()["response"]["_pages_content"]["children"]
    return " ".join(texts(content).split())
