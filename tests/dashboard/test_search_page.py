"""The page on which people search."""

import csv
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.app import create_app
from dashboard.marked_words import marked_words
from dashboard.search_address import asked_words, post_number
from dashboard.without_names import without_names
from data import decisions
from data.config import Config
from data.page_reads.search import PAGE
from data.search_query import LONGEST, read_query
from data.writes import upsert_posts
from tests import make
from tests.dashboard import world
from tests.dashboard.conftest import open_page, texts


def test_a_search_finds_words_and_says_what_the_posts_are_about(demo: Dash) -> None:
    said = _said(demo, "?worte=ALTONA+betten")
    assert "1 Beitrag" in said
    assert "Brauchen heute Abend zwei Betten in Altona !" in said
    assert "Dringend Gesuch Unterkunft & Wohnen Altona" in said
    assert "Mastodon · vor 2 Stunden" in said
    assert "Einordnung prüfen" in said
    assert "Nächste Seite" not in said


def test_nobody_is_named_among_what_was_found(demo: Dash) -> None:
    answer = open_page(demo.server.test_client(), "/suche", "?worte=zimmer+frei").text
    assert "Wandsbek" in answer
    assert "hidden@elbe.example" not in answer
    assert "ana" not in texts(_content(demo, "?worte=winterjacken")).split()


def test_a_post_that_belongs_to_a_warning_leads_there_until_that_is_dismissed(
    demo: Dash, full: Engine
) -> None:
    assert "Steht in einer Warnung" in _said(demo, "?worte=unfassbar")
    assert "/warnungen/w1" in str(_content(demo, "?worte=unfassbar"))
    assert "Steht in einer Warnung" not in _said(demo, "?worte=altona")
    with full.begin() as connection:
        for name in ("w1", "w2"):
            decisions.decide(connection, "eva", "cluster", name, "dismiss", "Ja.", None, world.NOW)
    assert "Steht in einer Warnung" not in _said(demo, "?worte=unfassbar")


def test_before_anything_is_asked_the_page_invites_to_search(demo: Dash) -> None:
    said = _said(demo, "")
    assert "In den Worten aller gespeicherten Beiträge suchen" in said
    assert "Nichts gefunden" not in said


def test_filters_alone_are_a_search_too(demo: Dash) -> None:
    said = _said(demo, "?dringend=ja&ort=Altona")
    assert "1 Beitrag" in said
    assert "Passendste zuerst" not in said


def test_where_nothing_is_found_the_page_says_what_finds_more(demo: Dash) -> None:
    content = _content(demo, "?worte=winterjacken+decken&netz=mastodon")
    said = " ".join(texts(content).split())
    assert "Nichts gefunden So steht es in keinem gespeicherten Beitrag." in said
    assert "ohne das Wort winterjacken – 1 Beitrag" in said
    assert "ohne das Wort decken – 1 Beitrag" in said
    assert "/suche?worte=decken&netz=mastodon" in str(content)
    assert "auch als Anfang längerer Worte – 1 Beitrag" in _said(demo, "?worte=winterjack")
    assert "ohne „X“ – 1 Beitrag" in _said(demo, "?worte=winterjacken&netz=x")
    assert "auch mit den ausgeschlossenen Worten – 1 Beitrag" in _said(
        demo, "?worte=winterjacken+-altona"
    )
    assert "nur winterjacken*, ohne Eingrenzung – 1 Beitrag" in _said(
        demo, "?worte=winterjacken+xyzzy&netz=x"
    )
    assert "Vielleicht steht es anders da" in _said(demo, "?worte=xyzzy")


@pytest.mark.parametrize(
    "said",
    [
        *("%22", "%22%22%22", "-", "*", "AND", "NOT+OR", "NEAR(", "a+AND+(", "text:decken"),
        *("%27%3B--", "-decken", "%00", "%F0%9F%9A%B2", "a" * 5_000, "%E2%80%AE", "(((", "^a"),
        *("worte=x&worte=y", "<script>alert(1)</script>", "!a|b&c", ":*", "%5C", "a%5C%27b"),
        *("%EF%BF%BF", "%ED%A0%80"),
    ],
)
def test_nothing_that_is_typed_is_an_error(demo: Dash, said: str) -> None:
    for more in ("", "&folge=beste", "&vor=x&nach=99999999999999999999", "&vor=7", "&nach=7"):
        assert _said(demo, f"?worte={said}{more}").startswith("Suche")
        answer = demo.server.test_client().get(f"/csv/suche?worte={said}{more}")
        assert answer.status_code == 200


def test_words_to_leave_out_need_a_word_to_look_for(demo: Dash) -> None:
    assert "Bitte auch ein Wort nennen" in _said(demo, "?worte=-decken")
    assert "Gesucht wird nach Buchstaben und Ziffern." in _said(demo, "?worte=!!!")


def test_many_results_stand_on_pages_that_lead_on_and_back(demo: Dash, full: Engine) -> None:
    _many(full, 2 * PAGE + 1)
    content = _content(demo, "?worte=kissen")
    said = texts(content)
    assert f"{2 * PAGE + 1} Beiträge" in said
    assert "Vorige Seite" not in said
    seen = _numbers(said)
    for _ in range(2):
        content = _content(demo, _link(content, "vor"))
        seen += _numbers(texts(content))
    assert seen == list(range(2 * PAGE + 1))
    assert "Nächste Seite" not in texts(content)
    assert _numbers(texts(_content(demo, _link(content, "nach")))) == list(range(PAGE, 2 * PAGE))


def test_the_best_come_first_where_one_asks_for_it(demo: Dash, full: Engine) -> None:
    long = "Kissen " + "und noch vieles andere mehr " * 10
    with full.begin() as connection:
        wanted = [
            make.post("long", text=long, created_at=world.NOW - world.HOUR),
            make.post("short", text="Kissen, Kissen!", created_at=world.NOW - 9 * world.DAY),
        ]
        upsert_posts(connection, wanted, "file", world.NOW)
    newest, best = _said(demo, "?worte=kissen"), _said(demo, "?worte=kissen&folge=beste")
    assert newest.index("und noch vieles") < newest.index("Kissen !")
    assert best.index("Kissen !") < best.index("und noch vieles")


def test_the_best_of_many_stand_on_pages_too(demo: Dash, full: Engine) -> None:
    _many(full, 2 * PAGE + 1)
    content, seen = _content(demo, "?worte=kissen&folge=beste"), []
    for _ in range(2):
        seen += _numbers(texts(content))
        content = _content(demo, _link(content, "vor"))
    seen += _numbers(texts(content))
    assert sorted(seen) == list(range(2 * PAGE + 1))
    assert "folge=beste" in _link(content, "nach")


def test_the_file_holds_the_same_posts_and_names_nobody(demo: Dash, full: Engine) -> None:
    with full.begin() as connection:
        said = (
            "=Kissen von @ana@norden.example, mehr: https://elbe.example/@ana/1 oder ana@x.example"
        )
        upsert_posts(connection, [make.post("k", text=said)], "file", world.NOW)
    answer = demo.server.test_client().get("/csv/suche?worte=kissen&tage=28")
    rows = list(csv.DictReader(answer.data.decode("utf-8-sig").splitlines()))
    assert [each["text"] for each in rows] == ["'=Kissen von @…, mehr: https://… oder @…"]
    assert "account" not in rows[0]
    whole = demo.server.test_client().get("/csv/suche?ort=Altona").data.decode("utf-8-sig")
    assert whole.count("\r\n") == 1 + 3
    assert "elbe.example" not in whole
    assert "höchstens 5.000" in _said(demo, "?ort=Altona")


def test_names_leave_a_text_and_what_only_looks_like_one_stays() -> None:
    assert without_names("Treffen @ana um 8@Hafen") == "Treffen @… um @…"
    assert without_names("5 € pro Person, 18:30 Uhr.") == "5 € pro Person, 18:30 Uhr."


def test_marks_stand_on_the_words_as_they_are_written() -> None:
    said = texts(marked_words("Die STRASSE und die Straßen", read_query("straße*")))
    assert said == "Die  STRASSE  und die  Straßen"
    shown = marked_words("Zwei Zimmer, zwei Betten", read_query('"zwei betten"'))
    assert [each.children for each in shown.children if not isinstance(each, str)] == [
        "zwei Betten"
    ]


def test_of_a_long_text_the_part_with_the_words_is_shown() -> None:
    shown = texts(marked_words("Wort " * 2_000 + "Nadel " + "Wort " * 2_000, read_query("nadel")))
    assert "Nadel" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 450
    assert len(texts(marked_words("x" * 100_000, read_query("nadel")))) < 450


def test_hostile_words_that_were_found_stay_words(demo: Dash) -> None:
    answer = open_page(demo.server.test_client(), "/suche", "?worte=script+alert")
    assert "&lt;" not in answer.text
    content = answer.get_json()["response"]["_pages_content"]["children"]
    assert "<script>alert(1)</script><imgsrc=x" in "".join(texts(content).split())
    assert "javascript:" not in answer.text
    assert "\\u202e" not in answer.text


def test_what_is_no_number_of_a_post_is_none() -> None:
    assert [post_number(each) for each in ("7", "", "-7", "٣", "7" * 40, ["7"], None)] == [
        7, None, None, None, None, None, None,
    ]  # fmt: skip
    assert asked_words({"worte": ["a", "b"]}) == ""
    assert len(asked_words({"worte": "x" * 10_000})) == LONGEST


def test_the_search_is_built_from_either_database(config: Config, engine: Engine) -> None:
    world.fill(engine)
    app = create_app(config, engine, demo=True, now=lambda: world.NOW)
    assert "1 Beitrag" in _said(app, "?worte=betten&dringend=ja&tage=7&sprache=de")
    assert "1 Beitrag" in _said(app, "?worte=winterjacken&folge=beste&absicht=gesuch")


def _many(engine: Engine, count: int) -> None:
    with engine.begin() as connection:
        wanted = [
            make.post(f"k{n}", text=f"Kissen Nummer{n}", created_at=world.NOW - n * world.HOUR)
            for n in range(count)
        ]
        upsert_posts(connection, wanted, "file", world.NOW)


def _numbers(said: str) -> list[int]:
    found = (part.removeprefix("Nummer") for part in said.split() if part.startswith("Nummer"))
    numbers = [int(each) for each in found if each.isdigit()]
    return list(dict.fromkeys(numbers))


def _link(content: Any, name: str) -> str:
    """Give the query of the link that leads on ("vor") or back ("nach")."""
    links = [each for each in _addresses(content) if f"{name}=" in each]
    assert len(links) == 1
    return "?" + links[0].partition("?")[2].removesuffix("#treffer")


def _addresses(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["href"]] if isinstance(part.get("href"), str) else []
        return own + [each for value in part.values() for each in _addresses(value)]
    if isinstance(part, list):
        return [each for value in part for each in _addresses(value)]
    return []


def _content(app: Dash, search: str) -> Any:
    client: FlaskClient = app.server.test_client()
    answer = open_page(client, "/suche", search)
    assert answer.status_code == 200
    return answer.get_json()["response"]["_pages_content"]["children"]


def _said(app: Dash, search: str) -> str:
    return " ".join(texts(_content(app, search)).split())
