from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine

from data import decisions
from data.page_reads.about import About, about
from data.writes import EpisodeRow, write_clusters
from tests.dashboard import world
from tests.dashboard.conftest import call, open_page, texts

Login = Callable[[str], FlaskClient]


def test_a_warning_says_what_most_of_its_posts_say_and_where_most_of_its_links_lead(
    engine: Engine,
) -> None:
    world.fill(engine)
    links = ("https://b.example/1", "https://a.example/1", "https://a.example/2", "https://[", "x")
    post = "mastodon:copy one 0"
    with engine.begin() as connection:
        first, *rest = world.clusters(world.NOW)
        told = [EpisodeRow("link", each, 0, [post]) for each in links]
        write_clusters(connection, [replace(first, episodes=told), *rest], world.NOW)
        found = about(connection, ["w1", "w2", "none"])
    assert found["w1"] == About(
        "Unfassbar! Das Amt schweigt, Teil 0 #HHhilft", ("a.example", "b.example")
    )
    assert found["w2"].sites == ()
    assert "none" not in found


def test_four_warnings_are_seen_at_once_and_what_is_decided_is_folded(
    as_role: Login, full: Engine
) -> None:
    with full.begin() as connection:
        first, second, _ = world.clusters(world.NOW)
        many = [replace(first, id=f"w{number}") for number in range(1, 7)]
        write_clusters(connection, [*many, replace(second, id="w9")], world.NOW)
        decisions.decide(connection, "eva", "cluster", "w9", "dismiss", "Nein.", None, world.NOW)
    said = texts(_page(as_role, "/warnungen"))
    assert "2 weitere zeigen" in said
    assert "Entschieden oder vorbei (1)" in said


def test_only_what_waits_for_somebody_is_called_urgent(as_role: Login, full: Engine) -> None:
    assert "Dringend: jetzt ansehen" in texts(_page(as_role, "/warnungen/w1"))
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w1", "confirm", "Ja.", None, world.NOW)
    assert "Dringend" not in texts(_page(as_role, "/warnungen/w1"))


def test_a_decision_changes_the_head_of_the_page_and_leads_to_the_next_warning(
    as_role: Login,
) -> None:
    said = _press(as_role, "confirm", "Neue Konten.")
    assert texts(said["warning-state"]["children"]).startswith("Bestätigt Bestätigt von press,")
    assert "Zur Entscheidung" not in texts(said["warning-state"]["children"])
    assert texts(said["decide-next"]["children"]) == (
        "Konten dieser Warnung prüfen Die andere offene Warnung ansehen"
    )


def test_after_the_last_warning_a_decision_says_that_none_waits(
    as_role: Login, full: Engine
) -> None:
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w2", "dismiss", "Nein.", None, world.NOW)
    said = _press(as_role, "dismiss", "Eine Absprache.")
    assert texts(said["decide-next"]["children"]) == (
        "Keine Warnung ist mehr offen. Zu allen Warnungen"
    )


def test_a_note_made_meanwhile_is_not_called_a_decision(as_role: Login, full: Engine) -> None:
    at = world.NOW - timedelta(minutes=1)
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w1", "note", "Hm.", None, at)
    said = _press(as_role, "confirm", "Neue Konten.")
    assert said["decide-told"]["children"].startswith(
        "Inzwischen hat eva etwas eingetragen (Anmerkung)."
    )
    assert said["decide-reason"]["value"] == "Neue Konten."


def _page(as_role: Login, path: str) -> Any:
    answer = open_page(as_role("press"), path)
    return answer.get_json()["response"]["_pages_content"]["children"]


def _press(as_role: Login, verdict: str, reason: str) -> Any:
    client = as_role("press")
    client.get("/warnungen/w1")
    outputs = ["told.children", "history.children", "seen.data", "reason.value", "next.children"]
    return call(
        client,
        [*(f"decide-{each}" for each in outputs), "warning-state.children"],
        [
            {"id": f"decide-{each}", "property": "n_clicks", "value": int(each == verdict) or None}
            for each in ("confirm", "dismiss", "note")
        ],
        [
            {"id": "decide-reason", "property": "value", "value": reason},
            {"id": "decide-seen", "property": "data", "value": None},
            {"id": "decide-subject", "property": "data", "value": "w1"},
        ],
    ).get_json()["response"]
