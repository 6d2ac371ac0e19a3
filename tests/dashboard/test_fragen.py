"""The queue of questions, one question, and what people do about it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from data import decisions
from data.decisions.questions import KIND
from data.tables import labels
from data.writes import delete_posts, upsert_posts
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import call, open_page, texts, token_of

Login = Callable[[str], FlaskClient]
KEY, PAGE = "mastodon:form", "?post=mastodon%3Aform"
BUTTONS = ("take", "give_back", "answered", "not_ours", "reopen")
FORM = (
    *("question-told.children", "question-standing.children", "question-history.children"),
    *("question-seen.data", "question-reason.value"),
    *(f"question-{each.replace('_', '-')}.hidden" for each in BUTTONS),
)


def test_the_queue_says_how_long_who_waits_and_whom_to_ask(demo: Dash) -> None:
    said = _said(demo, "/fragen")
    assert "In den letzten 28 Tagen: 1 von 1 Fragen wartet noch. Eine davon wartet länger" in said
    assert "Wo gebe ich das Formular ab?" in said
    assert "wartet seit 2 Tagen" in said
    assert "Passende Anlaufstelle Amt für Migration Hamburg Keine Nummer bekannt" in said
    assert "Niemand?" not in said  # an answer within the conversation


def test_the_queue_can_be_read_by_state_topic_and_place(demo: Dash, full: Engine) -> None:
    assert "Hier wartet gerade niemand" in _said(demo, "/fragen", "?thema=kinder")
    assert "Wo gebe ich" in _said(demo, "/fragen", "?thema=recht&stand=quatsch&seite=99&ort=Nix")
    _decide(full, "ana", "take")
    assert "Wo gebe ich" not in _said(demo, "/fragen")
    assert "Um die eine Frage kümmert sich schon jemand." in _said(demo, "/fragen")
    taken = _said(demo, "/fragen", "?stand=uebernommen")
    assert "Übernommen von ana , gerade eben" in taken
    assert "Offen 0 Übernommen 1 Beantwortet 0 Im Netz beantwortet 0 Keine Frage" in taken


def test_what_others_answered_stands_apart_with_their_words(demo: Dash, full: Engine) -> None:
    reply = make.post("reply", "ben", text="Im Bezirksamt.", reply_to="form", created_at=world.NOW)
    with full.begin() as connection:
        upsert_posts(connection, [reply], "file", world.NOW)
    assert "Wo gebe ich" not in _said(demo, "/fragen")
    found = _said(demo, "/fragen", "?stand=netz")
    assert "Jemand anders hat im Netz geantwortet." in found
    said = _said(demo, "/fragen/frage", PAGE)
    assert "Was andere geantwortet haben" in said
    assert "Im Bezirksamt." in said


def test_a_question_stands_with_contacts_texts_and_history(demo: Dash, full: Engine) -> None:
    _decide(full, "ana", "answered", "https://elbe.example/antwort")
    said = _said(demo, "/fragen/frage", PAGE)
    assert "hat 2 Tage gewartet" in said
    assert "Behördennummer 115" in said
    assert "Vor Gebrauch nachschlagen" in said
    assert "Guten Tag, danke für Ihre Frage. Hier bekommen Sie Auskunft: Flüchtlingsrat" in said
    assert "Beantwortet – ana, gerade eben" in said
    assert "https://elbe.example/antwort" in said


def test_an_address_in_an_answer_leads_there_and_a_script_nowhere(demo: Dash, full: Engine) -> None:
    _decide(full, "ana", "answered", "Siehe https://elbe.example/a oder javascript:alert(1) dort")
    client = demo.server.test_client()
    for path, search in (("/fragen", "?stand=beantwortet"), ("/fragen/frage", PAGE)):
        whole = json.dumps(open_page(client, path, search).get_json())
        assert '"href": "https://elbe.example/a"' in whole, path
        assert '"href": "javascript' not in whole, path


@pytest.mark.parametrize("post", ["mastodon:nix", "mastodon:coats", "", "x" * 3000, "a&post=b"])
def test_a_question_that_is_none_says_so_kindly(demo: Dash, post: str) -> None:
    said = _said(demo, "/fragen/frage", f"?post={post}")
    assert "Diese Frage gibt es hier nicht oder nicht mehr." in said


@pytest.mark.parametrize("role", ["coordinator", "press", "admin"])
def test_who_sees_questions_may_take_them(as_role: Login, full: Engine, role: str) -> None:
    client = as_role(role)
    answer = _press(client, "take")
    assert answer["question-told"]["children"] == "Sie haben die Frage übernommen. Danke."
    hidden = {each: answer[f"question-{each.replace('_', '-')}"]["hidden"] for each in BUTTONS}
    assert [each for each, is_hidden in hidden.items() if not is_hidden] == [
        *("give_back", "answered", "not_ours"),
    ]
    assert [(each.who, each.verdict) for each in _made(full)] == [(role, "take")]


def test_who_answered_must_say_how_and_keeps_what_they_wrote_until_then(
    as_role: Login, full: Engine
) -> None:
    client = as_role("press")
    for verdict, asks in (("answered", "wie oder wo"), ("not_ours", "warum")):
        answer = _press(client, verdict, "  ")
        assert asks in answer["question-told"]["children"]
    assert _made(full) == []
    answer = _press(client, "answered", " Am Telefon. ")
    assert answer["question-reason"]["value"] == ""
    assert "Am Telefon." in texts(answer["question-history"]["children"])
    assert [each.reason for each in _made(full)] == ["Am Telefon."]


def test_who_answers_past_another_is_shown_what_they_did(as_role: Login, full: Engine) -> None:
    client = as_role("press")
    _decide(full, "ana", "take")
    answer = _press(client, "answered", "Am Telefon.")
    assert answer["question-told"]["children"].startswith("Inzwischen hat ana hier etwas")
    assert "Übernommen von ana" in texts(answer["question-standing"]["children"])
    assert answer["question-reason"]["value"] == "Am Telefon."
    assert [each.verdict for each in _made(full)] == ["take"]
    again = _press(client, "answered", "Am Telefon.", seen=answer["question-seen"]["data"])
    assert again["question-told"]["children"] == "Als beantwortet eingetragen. Danke."


def test_who_may_not_is_refused_also_without_the_form(as_role: Login, full: Engine) -> None:
    client = as_role("viewer")
    assert _ask(client, "take").status_code == 403
    assert _take_in_queue(client, KEY).status_code == 403
    assert _made(full) == []


@pytest.mark.parametrize("seen", ["1", True, 1.5, [], 10**30])
@pytest.mark.parametrize("post", ["mastodon:coats", "mastodon:nix", "", "\x00", {"a": 1}, None])
def test_a_forged_request_writes_nothing(
    as_role: Login, full: Engine, post: object, seen: object
) -> None:
    client = as_role("press")
    answer = _ask(client, "take", post=post, seen=seen)
    assert "gibt es nicht mehr" in answer.get_json()["response"]["question-told"]["children"]
    assert _ask(client, "reopen", seen=seen).status_code == 200
    assert _ask(client, "take", token="forged").status_code == 400
    assert _made(full) == []


def test_the_button_in_the_queue_takes_and_gives_back(as_role: Login, full: Engine) -> None:
    client = as_role("coordinator")
    taken = _response(_take_in_queue(client, KEY))
    assert taken["told"] == "Sie haben die Frage übernommen. Danke."
    assert "Sie haben übernommen" in texts(taken["standing"])
    assert (taken["take"], taken["give-back"]) == (True, False)
    back = _response(_take_in_queue(client, KEY, "queue-give-back", seen=taken["seen"]))
    assert back["told"].startswith("Zurückgegeben.")
    assert (back["take"], back["give-back"]) == (False, True)
    assert [each.verdict for each in _made(full)] == ["take", "give_back"]


def test_the_button_in_the_queue_says_who_was_faster(as_role: Login, full: Engine) -> None:
    _decide(full, "ana", "take")
    told = _response(_take_in_queue(as_role("press"), KEY))
    assert told["told"].startswith("Inzwischen hat ana hier etwas eingetragen.")
    assert "Übernommen von ana" in texts(told["standing"])
    assert [each.who for each in _made(full)] == ["ana"]


def test_the_button_in_the_queue_takes_no_other_post(as_role: Login, full: Engine) -> None:
    told = _response(_take_in_queue(as_role("press"), "mastodon:coats"))
    assert told["told"].startswith("Diese Frage gibt es nicht mehr")


@pytest.mark.parametrize(
    ("path", "role", "allowed"),
    [
        ("/fragen", "viewer", False),
        ("/fragen", "coordinator", True),
        ("/fragen/frage", "viewer", False),
        ("/fragen/frage", "press", True),
    ],
)
def test_the_pages_open_for_the_roles_that_see_people(
    as_role: Login, path: str, role: str, allowed: bool
) -> None:
    answer = open_page(as_role(role), path, PAGE)
    assert ("Formular" in answer.text) is allowed
    assert as_role("viewer").get("/csv/fragen").status_code == 403


def test_the_overview_counts_and_lists_what_nobody_took(demo: Dash, full: Engine) -> None:
    said = _said(demo, "/")
    assert "Wo gebe ich das Formular ab?" in said
    assert "Fragen, die über 24 Stunden offen sind 1 Bitte ansehen von 1 Frage" in said
    assert "Alle Fragen ansehen" in said
    _decide(full, "ana", "take")
    said = _said(demo, "/")
    assert "Wo gebe ich das Formular ab?" not in said
    assert "Fragen, die über 24 Stunden offen sind 0 von 1 Frage" in said


def test_the_file_has_the_words_and_nobody_s_name(demo: Dash, full: Engine) -> None:
    _decide(full, "ana", "take")
    client = demo.server.test_client()
    head, row = (
        client.get("/csv/fragen?stand=uebernommen").data.decode("utf-8-sig").split("\r\n")[:2]
    )
    assert head.split(",")[:3] == ["asked_at", "hours_since", "urgent"]
    assert "url" not in head
    assert row.endswith("ana,2026-11-18T14:30:00+00:00,Wo gebe ich das Formular ab?")
    assert "elbe.example" not in row
    assert len(client.get("/csv/fragen?thema=kinder").data.decode().strip().split("\r\n")) == 1


def test_hostile_questions_stay_words_also_in_the_file(demo: Dash, full: Engine) -> None:
    with full.begin() as connection:
        connection.execute(update(labels).where(labels.c.label == "gesuch").values(label="frage"))
    client = demo.server.test_client()
    for path, search in (("/fragen", ""), ("/fragen/frage", "?post=mastodon%3Abad")):
        whole = json.dumps(open_page(client, path, search).get_json())
        assert "<script>alert(1)" in whole, path
        assert "javascript:" not in whole, path
        assert "\\u202e" not in whole, path
    assert "\u202e" not in client.get("/csv/fragen").data.decode()


def test_a_question_whose_post_is_deleted_is_on_no_page(demo: Dash, full: Engine) -> None:
    _decide(full, "ana", "take")
    with full.begin() as connection:
        delete_posts(connection, "mastodon", ["form"], world.NOW)
    for path, search in (("/fragen", "?stand=uebernommen"), ("/fragen/frage", PAGE)):
        assert "Formular" not in open_page(demo.server.test_client(), path, search).text
    assert [each.verdict for each in _made(full)] == ["take"]


def test_all_contacts_stand_on_one_page_with_what_must_be_looked_up(demo: Dash) -> None:
    said = _said(demo, "/fragen/anlaufstellen")
    assert "34 Anlaufstellen. 22 davon muss jemand nachschlagen" in said
    assert "Behördennummer 115" in said
    assert "Alle Anlaufstellen" in _said(demo, "/fragen")


def test_the_frame_knows_the_pages(as_role: Login) -> None:
    client = as_role("press")
    for path in ("/fragen", "/fragen/frage?post=mastodon%3Aform"):
        assert 'href="/fragen" aria-current="page"' in client.get(path).text
    assert "<title>Eine Frage – HHhilft-Monitor</title>" in client.get("/fragen/frage").text


def _said(app: Dash, path: str, search: str = "") -> str:
    answer = open_page(app.server.test_client(), path, search)
    assert answer.status_code == 200
    content = answer.get_json()["response"]["_pages_content"]["children"]
    return " ".join(texts(content).split())


def _decide(engine: Engine, who: str, verdict: str, reason: str = "") -> None:
    with engine.begin() as connection:
        decisions.handle_question(connection, who, KEY, verdict, reason, None, world.NOW)


def _made(engine: Engine) -> list[decisions.Decision]:
    with engine.connect() as connection:
        return decisions.history(connection, KIND, KEY)


def _ask(
    client: FlaskClient,
    verdict: str,
    reason: str = "",
    post: object = KEY,
    seen: object = None,
    token: str | None = None,
) -> Any:
    return call(
        client,
        list(FORM),
        [
            {
                "id": f"question-{each.replace('_', '-')}",
                "property": "n_clicks",
                "value": 1 if each == verdict else None,
            }
            for each in BUTTONS
        ],
        [
            {"id": "question-reason", "property": "value", "value": reason},
            {"id": "question-seen", "property": "data", "value": seen},
            {"id": "question-post", "property": "data", "value": post},
        ],
        token,
    )


def _press(
    client: FlaskClient, verdict: str, reason: str = "", seen: int | None = None
) -> dict[str, Any]:
    answer = _ask(client, verdict, reason, seen=seen)
    assert answer.status_code == 200
    said: dict[str, Any] = answer.get_json()["response"]
    return said


def _take_in_queue(
    client: FlaskClient, post: str, button: str = "queue-take", seen: int | None = None
) -> Any:
    """Press a button beside a question, as the browser does for ids that hold the post."""

    def named(part: str) -> str:
        return json.dumps({"post": post, "type": part}, separators=(",", ":"), sort_keys=True)

    outputs = [
        {"id": {"post": post, "type": part}, "property": prop}
        for part, prop in (
            ("queue-told", "children"),
            ("queue-standing", "children"),
            ("queue-seen", "data"),
            ("queue-take", "hidden"),
            ("queue-give-back", "hidden"),
        )
    ]
    matching = "...".join(
        f'{{"post":["MATCH"],"type":"{each["id"]["type"]}"}}.{each["property"]}'  # type: ignore[index]
        for each in outputs
    )
    return client.post(
        "/_dash-update-component",
        json={
            "output": f"..{matching}..",
            "outputs": outputs,
            "inputs": [
                {
                    "id": {"post": post, "type": each},
                    "property": "n_clicks",
                    "value": 1 if each == button else None,
                }
                for each in ("queue-take", "queue-give-back")
            ],
            "state": [
                {"id": {"post": post, "type": "queue-seen"}, "property": "data", "value": seen}
            ],
            "changedPropIds": [f"{named(button)}.n_clicks"],
        },
        headers={"X-CSRFToken": token_of(client)},
    )


def _response(answer: Any) -> dict[str, Any]:
    """Give what a button in the queue changed, by part."""
    assert answer.status_code == 200
    return {
        json.loads(name)["type"].removeprefix("queue-"): next(iter(changed.values()))
        for name, changed in answer.get_json()["response"].items()
    }
