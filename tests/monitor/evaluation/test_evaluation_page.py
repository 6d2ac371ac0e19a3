"""The page on how the tagger did: one file, no script, both languages, every figure as text."""

import re

import pytest

from monitor.evaluation.document import document
from monitor.evaluation.page import page
from monitor.evaluation.text import text
from nlp.corrected import Compared, Right
from nlp.crossval import Report
from nlp.measures import NOTHING, Bin, Opposed, Point
from nlp.score import Agreement, FieldScore

HALF, FULL = Agreement(1, 1, 1), Agreement(4, 0, 0)
SCORES = {
    "topics": FieldScore(HALF, {"essen": HALF}),
    "intents": FieldScore(FULL, {"angebot": FULL}),
    "urgent": FieldScore(FULL, {True: FULL}),
    "places": FieldScore(FULL, {"Altona": FULL}),
    "lang": FieldScore(FULL, {"de": FULL}),
}
REPORT = Report(
    posts={"posts": 2, "posts_2": 2},
    model={"posts": SCORES, "posts_2": SCORES, "all": SCORES},
    rules={"posts": SCORES, "posts_2": SCORES, "all": SCORES},
    languages={"de": SCORES, "all": SCORES},
    calibration={"topics": [Bin(0.5, 3, 0.55, 0.67)]},
    curves={"topics": [Point(0.5, 0.75, 0.25)], "anfeindung": []},
    confusion={"topics": {"essen": {"kinder": 2, NOTHING: 1}}, "intents": {}},
    opposed=Opposed(5, 1),
    learning={0.5: {"topics": 0.4, "intents": 0.5, "urgent": 0.6}},
)


@pytest.mark.parametrize(
    ("lang", "half", "taken"), [("de", "0,50", "5 Beiträge, 1"), ("en", "0.50", "5 posts, 1")]
)
def test_the_page_stands_alone_and_says_its_figures(lang: str, half: str, taken: str) -> None:
    html = page(REPORT, lang)
    assert half in html
    assert taken in html
    assert "kinder" not in html  # keys are named in words
    assert not re.search(r"<script|https?://(?!www\.w3\.org)|src=", html)


def test_text_and_json_say_what_the_page_says() -> None:
    assert "essen→kinder (2)" in text(REPORT)
    assert "5 posts, 1 taken for hostile" in text(REPORT)
    told = document(REPORT)
    assert told["opposed"] == {"posts": 5, "taken_for_hostile": 1}
    assert told["curves"]["topics"] == [{"cut": 0.5, "precision": 0.75, "recall": 0.25}]


@pytest.mark.parametrize(
    ("lang", "right", "few"),
    [("de", "3 von 12 (0,50)", "ab 10 verschiedenen"), ("en", "3 of 12 (0.50)", "from 10")],
)
def test_page_text_and_json_say_what_corrections_change(lang: str, right: str, few: str) -> None:
    fields = dict.fromkeys(SCORES, Right(3, 12, 0.5))
    learned = Compared(12, fields, fields, fields)
    assert right in page(REPORT, lang, learned)
    assert few not in page(REPORT, lang, learned)
    assert few in page(REPORT, lang, Compared(2, fields, None, None))
    assert "topics" in text(REPORT, learned)
    assert "3 of 12 (0.50)" in text(REPORT, learned)
    told = document(REPORT, learned)["corrections"]
    assert told["learned"]["topics"] == {"right": 3, "posts": 12, "f1": 0.5}
    assert "Corrected by people" not in text(REPORT)
    assert document(REPORT)["corrections"] is None


@pytest.mark.parametrize(("lang", "f1"), [("de", "Themen 0,76"), ("en", "Topics 0.76")])
def test_page_text_and_json_say_how_the_encoder_did_when_it_was_trained(lang: str, f1: str) -> None:
    held_out = {"posts": 40, "f1": {"topics": 0.76, "intents": 0.8, "urgent": 0.9}}
    assert f1 in page(REPORT, lang, None, held_out)
    assert "topics 0.76" in text(REPORT, None, held_out)
    assert document(REPORT, None, held_out)["with_encoder"] == held_out
    assert f1 not in page(REPORT, lang)
    assert "encoder" not in text(REPORT)
