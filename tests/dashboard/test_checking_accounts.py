"""Checking accounts and the block list, as people with their roles do it over HTTP."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard import account_deciding
from dashboard.app import create_app
from data import decisions
from data.config import Config, DetectConfig
from data.page_reads import in_warnings, one_account, usual_range
from data.records import Account
from data.writes import upsert_posts
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import call, open_page, texts

Login = Callable[[str], FlaskClient]
ONE = "mastodon:one"
ANA, HIDDEN, HOSTILE, OF_ONE, TWO = 1, 3, 4, 5, 6  # row numbers in the small world
BUTTONS = list(account_deciding._BUTTONS.values())


def test_accounts_of_confirmed_warnings_come_first_with_their_state(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w2", "confirm", "Ja.", None, world.NOW)
        found = in_warnings.in_warnings(connection)
        marks = in_warnings.marks_of(connection, found)
    assert [(each.key, each.standing, each.state) for each in found] == [
        ("mastodon:hidden", "confirmed", "blocked"),
        ("mastodon:one", "confirmed", None),
        ("mastodon:two", "confirmed", "proposed"),
    ]
    assert [each.id for each in found[1].warnings] == ["w2", "w1"]
    assert marks[found[1].account][0] == {"shared_objects": 3}


def test_who_stands_in_dismissed_warnings_alone_is_over(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        for name in ("w1", "w2"):
            decisions.decide(connection, "eva", "cluster", name, "dismiss", "Ja.", None, world.NOW)
        assert {each.standing for each in in_warnings.in_warnings(connection)} == {"over"}


def test_who_would_block_an_account_sees_that_its_warnings_were_dismissed(
    as_role: Login, full: Engine
) -> None:
    press, path = as_role("press"), f"/konten/{OF_ONE}"
    for name, known in (("w1", False), ("w2", True)):
        with full.begin() as connection:
            decisions.decide(connection, "eva", "cluster", name, "dismiss", "Ja.", None, world.NOW)
        said = open_page(press, path).get_json()["response"]["_pages_content"]["children"]
        assert ("Alle 2 Warnungen mit diesem Konto sind verworfen" in texts(said)) is known


def test_where_an_account_stands_leads_to_the_block_list(as_role: Login) -> None:
    press = as_role("press")
    assert "/sperrliste#vorschlaege" in str(open_page(press, f"/konten/{TWO}").get_json())
    assert "/sperrliste#einsprueche" in str(open_page(press, f"/konten/{HOSTILE}").get_json())
    assert "/sperrliste#liste" in str(open_page(press, f"/konten/{HIDDEN}").get_json())
    told = _told(_press(press, OF_ONE, "block_propose", None))
    assert "/sperrliste#vorschlaege" in str(told["account-standing"]["children"])


def test_an_account_is_read_with_its_warnings_posts_and_decisions(engine: Engine) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        two = one_account.one_account(connection, TWO)
        posts = one_account.evidence_of(connection, TWO, ["w1", "w2"], 2)
    assert two is not None
    assert [(each.group.id, each.belong, each.written) for each in two.parts] == [
        ("w1", 3, 3),
        ("w2", 1, 3),
    ]
    assert [each.verdict for each in two.made] == ["block_propose"]
    assert (two.stored, two.block is not None, two.naming) == (3, True, None)
    assert [each.text.split(" ")[0] for each in posts] == ["Seht:", "Seht:"]
    assert posts[0].at > posts[1].at


def test_an_account_that_stands_in_no_warning_and_nobody_spoke_of_is_not_shown(
    engine: Engine,
) -> None:
    world.fill(engine)
    with engine.connect() as connection:
        assert one_account.one_account(connection, ANA) is None
        assert one_account.one_account(connection, 999) is None


def test_usual_is_the_middle_half_of_accounts_in_no_warning(engine: Engine) -> None:
    world.fill(engine)
    with engine.begin() as connection:
        before = usual_range.usual_range(connection, world.NOW)
        known = [
            make.post(f"u{number}", _known(number), created_at=world.NOW) for number in range(1, 22)
        ]
        upsert_posts(connection, known, "file", world.NOW)
        usual = usual_range.usual_range(connection, world.NOW)
    assert (before.followers, before.age_days) == (None, None)
    assert usual.followers == usual_range.Range(6, 16, 21)
    assert usual.age_days == usual_range.Range(60, 160, 21)
    assert usual.posts_a_day == usual_range.Range(2, 2, 21)
    assert [usual.followers.place(each) for each in (5, 6, 16, 17)] == [-1, 0, 0, 1]


def _known(number: int) -> Account:
    return make.account(
        f"u{number}",
        created_at=world.NOW - number * 10 * world.DAY,
        followers=number,
        following=number,
        posts=number * 20,
    )


def test_the_list_shows_accounts_with_marks_and_narrows_by_the_address(as_role: Login) -> None:
    client = as_role("press")
    said = _said(client, "/konten")
    assert "3 Konten stehen in Warnungen; in bestätigten: 0." in said
    assert "ein Konto ohne Namen (Nr. 5)" in said
    assert "6 Gemeinsamkeiten" in said
    assert "1 Punkt in der Warnung" in said
    assert "sammelt noch nicht, wer einem Konto folgt" in said
    assert "Nr. 5" not in _said(client, "/konten", "?stand=gesperrt")
    assert "Nr. 3" in _said(client, "/konten", "?stand=gesperrt")
    assert "Hier steht kein Konto." in _said(client, "/konten", "?netz=bluesky")
    assert "Nur Konten der Warnung: 3 Konten" in _said(client, "/konten", "?warnung=w2")
    assert "Diese Warnung gibt es nicht" in _said(client, "/konten", "?warnung=w9")
    assert "3 Konten" in _said(client, "/konten", "?stand=x&netz=a&netz=b&seite=999999999999")


def test_a_confirmed_warning_leads_to_its_accounts(as_role: Login, full: Engine) -> None:
    client = as_role("press")
    assert "konten?warnung=w1" not in open_page(client, "/warnungen/w1").text
    with full.begin() as connection:
        decisions.decide(connection, "eva", "cluster", "w1", "confirm", "Ja.", None, world.NOW)
    assert "konten?warnung=w1" in open_page(client, "/warnungen/w1").text
    assert "konten?warnung=w1" not in open_page(as_role("coordinator"), "/warnungen/w1").text


def test_an_account_s_page_shows_why_what_against_its_posts_and_what_the_block_rests_on(
    as_role: Login,
) -> None:
    said = _said(as_role("press"), f"/konten/{HIDDEN}")
    assert "ein Konto, das nicht genannt werden möchte" in said
    assert "3 Gemeinsamkeiten mit anderen Konten der Warnung" in said
    assert "sprechen miteinander, wie Bekannte es tun" in said
    assert "3 von 3 Beiträgen aus dieser Zeit gehören dazu." in said
    assert "Worauf die Sperre beruht" in said
    assert "stand das Konto in 2 Warnungen: Dringend, damals nicht entschieden" in said
    assert "eva hat es vorgeschlagen, ina hat bestätigt." in said


def test_an_account_out_of_any_warning_has_no_page(as_role: Login) -> None:
    client = as_role("admin")
    for path in (f"/konten/{ANA}", "/konten/0", "/konten/x", "/konten/²", "/konten/" + "9" * 400):
        assert "Dieses Konto gibt es hier nicht" in _said(client, path), path


def test_who_does_not_want_to_be_named_is_named_neither_on_the_list_nor_in_its_file(
    as_role: Login,
) -> None:
    client = as_role("press")
    for path in ("/konten", f"/konten/{HIDDEN}", "/sperrliste"):
        assert "hidden@elbe.example" not in open_page(client, path).text, path
    for path in ("/csv/konten", "/csv/sperrliste"):
        told = client.get(path).text
        assert "(Nr. 3)" in told
        assert "hidden" not in told, path


def test_the_block_list_shows_appeals_with_their_waiting_time_then_proposals_then_the_list(
    as_role: Login,
) -> None:
    said = _said(as_role("press"), "/sperrliste")
    assert "Auf der Sperrliste stehen 2 Konten." in said
    assert "Das Programm sperrt niemanden." in said
    order = (
        *("1 Einspruch wartet auf eine Entscheidung", "Wartet seit 3 Tagen"),
        *("Eingegangen am 15. November 2026, per Brief.", "1 Vorschlag wartet auf eine zweite"),
        *(
            "eva hat das Konto zum Sperren vorgeschlagen",
            "Zuletzt Geändertes",
            "Namen zum Kopieren",
        ),
    )
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert "Dateien in den eigenen Formaten der Netzwerke macht das Programm noch nicht." in said


def test_an_empty_block_list_says_so_kindly(config: Config, store: Engine) -> None:
    app = create_app(config, store, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    assert "Auf der Sperrliste steht kein Konto." in _said(client, "/sperrliste")
    assert "Gerade steht kein Konto in einer Warnung" in _said(client, "/konten")


def test_hostile_names_and_words_stay_words_in_pages_and_files(as_role: Login) -> None:
    client = as_role("press")
    for path in ("/konten", f"/konten/{HOSTILE}", "/sperrliste"):
        whole = open_page(client, path).text
        assert "javascript:" not in whole, path
        assert '"svg"' not in whole, path
        assert "\\u202e" not in whole, path
    for line in client.get("/csv/sperrliste").text.splitlines()[1:]:
        assert not re.match(r'(^|.*,)"?[=+@-]', line), line


def test_the_overview_tells_what_waits_to_those_who_decide_alone(
    as_role: Login, config: Config, store: Engine
) -> None:
    said = _said(as_role("press"), "/")
    assert "1 Einspruch wartet auf eine Entscheidung, der älteste seit 3 Tagen" in said
    assert "1 Vorschlag wartet auf eine zweite Person." in said
    assert "Sperrliste" not in _said(as_role("coordinator"), "/")


@pytest.mark.parametrize("role", ["viewer", "coordinator"])
def test_who_does_not_decide_is_refused_also_without_the_page(
    as_role: Login, full: Engine, role: str
) -> None:
    client = as_role(role)
    assert _press(client, OF_ONE, "block_propose", None).status_code == 403
    assert _made(full) == []
    for path in ("/csv/konten", "/csv/sperrliste"):
        assert client.get(path).status_code == 403
    assert "/sperrliste" not in client.get("/").text


def test_a_forged_request_about_an_account_is_refused(as_role: Login, full: Engine) -> None:
    client = as_role("press")
    assert _press(client, OF_ONE, "block_propose", None, token="forged").status_code == 400
    for subject in (ANA, 999, "5", None):
        assert _press(client, subject, "block_propose", None).status_code in (200, 204)
    with full.connect() as connection:
        assert decisions.history(connection, "account", "mastodon:ana") == []
    assert _made(full) == []


def test_one_person_proposes_another_confirms_and_a_third_hears_the_appeal(
    as_role: Login, full: Engine
) -> None:
    with full.begin() as connection:
        decisions.add_user(connection, "third", "press", "lange genug 1", world.NOW)
    press, admin, third = as_role("press"), as_role("admin"), as_role("third")
    told = _told(_press(press, OF_ONE, "block_propose", None))
    assert (
        told["account-told"]["children"] == "Vorgeschlagen. Jetzt entscheidet eine zweite Person."
    )
    assert "Zum Sperren vorgeschlagen" in texts(told["account-head"]["children"])
    seen = told["account-seen"]["data"]
    assert not told["account-block-withdraw"]["hidden"]
    assert told["account-block-confirm"]["hidden"]
    told = _told(_press(press, OF_ONE, "block_confirm", seen))
    assert "zweite Person" in told["account-told"]["children"]
    assert told["account-reason"]["value"] == "Dieselben Texte."
    seen = _told(_press(admin, OF_ONE, "block_confirm", seen))["account-seen"]["data"]
    told = _told(_press(press, OF_ONE, "appeal", seen, came="2026-11-17"))
    assert told["account-told"]["children"].startswith("Eingetragen.")
    assert told["account-appeal-said"]["value"] == ""
    seen = told["account-seen"]["data"]
    told = _told(_press(admin, OF_ONE, "appeal_deny", seen))
    assert "jemand anderes" in told["account-told"]["children"]
    told = _told(_press(third, OF_ONE, "appeal_grant", seen))
    assert told["account-told"]["children"].startswith("Stattgegeben.")
    assert [(who, verdict) for who, verdict, _ in _made(full)] == [
        ("press", "block_propose"),
        ("admin", "block_confirm"),
        ("press", "appeal"),
        ("third", "appeal_grant"),
    ]


def test_who_decides_past_another_is_told_and_sees_it(as_role: Login, full: Engine) -> None:
    with full.begin() as connection:
        decisions.decide(
            connection, "eva", "account", ONE, "institution", "Das Bezirksamt.", None, world.NOW
        )
    told = _told(_press(as_role("press"), OF_ONE, "block_propose", None))
    assert told["account-told"]["children"].startswith("Inzwischen hat eva entschieden.")
    assert "Das Bezirksamt." in texts(told["account-history"]["children"])
    assert "als bekannte Einrichtung benannt" in texts(told["account-standing"]["children"])
    assert told["account-block-propose"]["hidden"]
    assert not told["account-reopen"]["hidden"]


def test_nothing_is_written_without_a_reason_or_with_a_day_that_is_none(
    as_role: Login, full: Engine
) -> None:
    client = as_role("press")
    told = _told(_press(client, OF_ONE, "block_propose", None, reason="  "))
    assert told["account-told"]["children"] == "Bitte zuerst eine Begründung schreiben."
    with full.connect() as connection:
        seen = decisions.history(connection, "account", "mastodon:hidden")[-1].id
    told = _told(_press(client, HIDDEN, "appeal", seen, came="gestern"))
    assert told["account-told"]["children"].startswith("Bitte den Tag angeben")
    assert _made(full) == []


def test_what_the_settings_name_as_an_institution_is_not_proposed(
    config: Config, full: Engine
) -> None:
    settings = replace(config, detect=DetectConfig(institutions=(ONE,)))
    app = create_app(settings, full, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    assert "Die Einstellungen nennen dieses Konto" in _said(client, f"/konten/{OF_ONE}")
    told = _told(_press(client, OF_ONE, "block_propose", None))
    assert "lässt sich nicht zum Sperren vorschlagen" in told["account-told"]["children"]
    assert _made(full) == []


def test_the_demo_says_that_a_second_person_is_needed(demo: Dash) -> None:
    client = demo.server.test_client()
    _press(client, OF_ONE, "block_propose", None)
    assert "In der Vorschau gibt es nur eine." in _said(client, f"/konten/{OF_ONE}")
    assert "bitte bestätigen oder ablehnen" in _said(client, f"/konten/{TWO}")  # eva's


def test_the_pages_are_built_from_either_database(config: Config, engine: Engine) -> None:
    world.fill(engine)
    app = create_app(config, engine, demo=True, now=lambda: world.NOW)
    client = app.server.test_client()
    for path in ("/konten", f"/konten/{OF_ONE}", f"/konten/{HIDDEN}", "/sperrliste", "/"):
        assert open_page(client, path).status_code == 200, path
    for path in ("/csv/konten", "/csv/sperrliste"):
        assert client.get(path).status_code == 200, path


def _press(
    client: FlaskClient,
    subject: object,
    verdict: str,
    seen: int | None,
    reason: str = "Dieselben Texte.",
    came: str = "2026-11-18",
    token: str | None = None,
) -> Any:
    """Press the button of a verdict; the reason is also what an appeal says."""
    pressed = {"appeal": "account-appeal-enter"}.get(verdict, f"account-{verdict}").replace(
        "_", "-"
    )
    outputs = [
        *("account-told.children", "account-standing.children", "account-history.children"),
        *("account-seen.data", "account-reason.value", "account-appeal-said.value"),
        *("account-appeal.hidden", "account-head.children"),
        *(f"{each}.hidden" for each in BUTTONS),
    ]
    inputs = [
        {"id": each, "property": "n_clicks", "value": 1 if each == pressed else None}
        for each in ("account-appeal-enter", *BUTTONS)
    ]
    state = [
        {"id": "account-subject", "property": "data", "value": subject},
        {"id": "account-seen", "property": "data", "value": seen},
        {"id": "account-reason", "property": "value", "value": reason},
        {"id": "account-appeal-said", "property": "value", "value": reason},
        {"id": "account-appeal-came", "property": "value", "value": came},
        {"id": "account-appeal-way", "property": "value", "value": "pigeon"},
    ]
    client.get("/konten")
    return call(client, outputs, inputs, state, token)


def _told(answer: Any) -> Any:
    assert answer.status_code == 200
    return answer.get_json()["response"]


def _made(engine: Engine) -> list[tuple[str, str, str]]:
    with engine.connect() as connection:
        made = decisions.history(connection, "account", ONE)
    return [(each.who, each.verdict, each.reason) for each in made]


def _said(client: FlaskClient, path: str, search: str = "") -> str:
    answer = open_page(client, path, search)
    assert answer.status_code == 200
    content = answer.get_json()["response"]["_pages_content"]["children"]
    return " ".join(texts(content).split())
