"""The page on which a person corrects what a post is about."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from data import decisions
from data.labelling import Labelling
from data.page_reads.calls import waiting
from data.page_reads.one_post import one_post
from data.rollups.counts import count
from data.writes import delete_posts, upsert_posts
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import call, open_page, texts

Login = Callable[[str], FlaskClient]
KEY, TEXT = "mastodon:sleep", "Brauchen heute Abend zwei Betten in Altona!"
FORM: dict[str, Any] = {
    "check-post.data": KEY,
    "check-seen.data": None,
    "check-read.data": decisions.mark_of(TEXT),
    "check-reason.value": "  ",
    "check-topics.value": ["essen"],
    "check-intents.value": ["gesuch"],
    "check-urgent.value": [],
    "check-lang.value": "de",
    **{f"check-places-{number}.value": [] for number in range(7)},
}


@pytest.mark.parametrize("role", ["coordinator", "press", "admin"])
def test_who_sees_posts_may_correct_them(as_role: Login, full: Engine, role: str) -> None:
    said = _save(as_role(role)).get_json()["response"]
    assert said["check-told"]["children"].startswith("Gespeichert. Danke.")
    made = _made(full)
    assert [(each.who, each.now) for each in made] == [
        (role, Labelling("de", ("essen",), ("gesuch",), False, ()))
    ]


def test_a_viewer_is_refused_also_without_the_form(as_role: Login, full: Engine) -> None:
    assert _save(as_role("viewer")).status_code == 403
    assert _made(full) == []


def test_nobody_corrects_without_login_or_with_a_forged_token(
    app: Dash, as_role: Login, full: Engine
) -> None:
    assert _save(app.server.test_client()).status_code == 401
    assert _save(as_role("press"), token="forged").status_code == 400
    assert _made(full) == []


def test_who_corrects_past_another_is_told_and_sees_theirs(as_role: Login, full: Engine) -> None:
    _save(as_role("admin"), **{"check-reason.value": "Es geht ums Essen."})
    said = _save(as_role("press"), **{"check-reason.value": "Nein."}).get_json()["response"]
    assert said["check-told"]["children"].startswith("Inzwischen hat admin diesen Beitrag")
    assert "Es geht ums Essen." in texts(said["check-history"]["children"])
    assert said["check-reason"]["value"] == "Nein."
    assert [each.who for each in _made(full)] == ["admin"]
    again = {"check-seen.data": said["check-seen"]["data"], "check-topics.value": []}
    _save(as_role("press"), **again)
    assert [each.who for each in _made(full)] == ["admin", "press"]


def test_saving_without_a_change_says_that_the_labels_are_right(
    as_role: Login, full: Engine
) -> None:
    same = {"check-topics.value": ["unterkunft"], "check-urgent.value": ["yes"]}
    said = _save(as_role("press"), **same, **{"check-places-1.value": ["Altona"]})
    told = said.get_json()["response"]
    assert "stimmt und bleibt" in told["check-told"]["children"]
    assert "Geprüft: Es stimmte so." in texts(told["check-history"]["children"])
    (made,) = _made(full)
    assert made.was == made.now


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        ({"check-topics.value": ["<script>"]}, "Das gibt es nicht zur Auswahl: <script>."),
        ({"check-topics.value": [["x"]] * 9_999}, "Das gibt es nicht"),
        ({"check-lang.value": {"a": 1}}, "Das gibt es nicht"),
        ({"check-places-0.value": ["Berlin"]}, "Das gibt es nicht zur Auswahl: Berlin."),
        ({"check-intents.value": None}, "mindestens eine Absicht"),
        ({"check-post.data": "mastodon:nobody"}, "geändert oder gelöscht"),
        ({"check-post.data": ["x"]}, "geändert oder gelöscht"),
        ({"check-read.data": "0"}, "geändert oder gelöscht"),
    ],
)
def test_a_forged_form_is_refused_in_words(
    as_role: Login, full: Engine, forged: dict[str, Any], says: str
) -> None:
    answer = _save(as_role("press"), **forged)
    assert says in answer.get_json()["response"]["check-told"]["children"]
    assert _made(full) == []


def test_a_reason_is_cut_to_what_the_field_holds(as_role: Login, full: Engine) -> None:
    _save(as_role("press"), **{"check-reason.value": "x" * 50_000})
    assert len(_made(full)[0].reason) == 2_000


def test_counts_follow_a_correction_at_once(as_role: Login, full: Engine) -> None:
    today = [(world.NOW - world.DAY, world.NOW)]
    with full.connect() as connection:
        (before,) = count(connection, waiting(today))
    _save(as_role("press"))
    with full.connect() as connection:
        (after,) = count(connection, waiting(today))
    assert (before.urgent.all, after.urgent.all) == (2, 1)


def test_the_page_says_that_an_edited_text_releases_the_correction(
    as_role: Login, full: Engine
) -> None:
    client = as_role("press")
    _save(client)
    with full.begin() as connection:
        edited = make.post("sleep", text="Danke, wir haben zwei Betten!", created_at=world.NOW)
        upsert_posts(connection, [edited], "sample", world.NOW + world.HOUR)
    said = _page(client)
    assert "Die Berichtigung von press gilt nicht mehr" in said
    assert "Das Programm hat diesen Beitrag noch nicht eingeordnet." in said
    assert "Danke, wir haben zwei Betten!" in said


def test_a_deleted_post_is_shown_no_more(as_role: Login, full: Engine) -> None:
    client = as_role("press")
    _save(client)
    with full.begin() as connection:
        delete_posts(connection, "mastodon", ["sleep"], world.NOW)
    assert "Diesen Beitrag gibt es hier nicht oder nicht mehr." in _page(client)
    with full.connect() as connection:
        assert one_post(connection, KEY) is None


@pytest.mark.parametrize(
    "search",
    ["", "?post=", "?post=x", "?post=a&post=b", "?post=%00", "?post=mastodon%3Agone", "?post=%F0"],
)
def test_an_address_without_a_post_says_so(demo: Dash, search: str) -> None:
    answer = open_page(demo.server.test_client(), "/beitrag", search)
    assert "Diesen Beitrag gibt es hier nicht oder nicht mehr." in answer.get_data(as_text=True)


@pytest.mark.parametrize("key", ["bad", "room", "hidden"])
def test_the_page_does_not_say_who_wrote_and_links_to_no_script(demo: Dash, key: str) -> None:
    answer = open_page(demo.server.test_client(), "/beitrag", f"?post=mastodon%3A{key}").text
    for each in ("hidden@elbe.example", "@x.example", "HYPERLINK", "javascript:"):
        assert each not in answer


def test_overview_and_warning_lead_to_the_posts_they_show(demo: Dash) -> None:
    client = demo.server.test_client()
    assert "beitrag?post=mastodon%3Asleep" in open_page(client, "/").text
    assert "beitrag?post=mastodon%3Acopy%20one%200" in open_page(client, "/warnungen/w1").text


def _page(client: FlaskClient) -> str:
    answer = open_page(client, "/beitrag", f"?post={KEY}").get_json()["response"]
    return texts(answer["_pages_content"]["children"])


def _made(engine: Engine) -> list[decisions.Correction]:
    with engine.connect() as connection:
        return decisions.corrections_of(connection, KEY)


def _save(client: FlaskClient, token: str | None = None, **changed: Any) -> Any:
    client.get("/beitrag")
    given = {**FORM, **changed}
    return call(
        client,
        [
            "check-told.children",
            "check-state.children",
            "check-history.children",
            "check-seen.data",
            "check-reason.value",
        ],
        [{"id": "check-save", "property": "n_clicks", "value": 1}],
        [
            {**dict(zip(("id", "property"), name.split("."), strict=True)), "value": value}
            for name, value in given.items()
        ],
        token,
    )
