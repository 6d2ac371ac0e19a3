import re

import pytest

from data.reasons import sentence, speaking, weighed
from data.reasons.weighing import parts, score_words
from monitor.detect.weights import FIGURES

FIRST = "2026-11-17T05:00:00+00:00"
TOGETHER = {
    "code": "together", "value": 9, "members": 14, "kinds": ["link"], "median_gap_seconds": 40,
    "first": FIRST, "expected": None, "against": False,
}  # fmt: skip
SHARE = {"value": 0.93, "of": 14, "outsiders": 0.2, "expected": 0.07}
CODES = [
    "recycled_texts", "close_gaps", "among_themselves", "everyone_with_everyone",
    "answer_strangers_only", "born_together", "declared", "institutions", "only_hashtags",
    "talk_to_each_other", "many_outsiders", "own_posts", "known_institutions", "known_automated",
]  # fmt: skip


def test_what_the_accounts_do_is_said_with_its_numbers() -> None:
    assert sentence(TOGETHER, "de") == (
        "14 Konten teilen dieselben 9 Links: seit dem 17. November 2026, im Mittel 40 Sekunden "
        "nacheinander."
    )
    assert sentence(TOGETHER, "en") == (
        "14 accounts share the same 9 links, since 17 November 2026 and typically 40 seconds apart."
    )


def test_one_object_is_said_in_the_singular() -> None:
    assert "teilen denselben Link:" in sentence({**TOGETHER, "value": 1}, "de")
    assert "share the same link," in sentence({**TOGETHER, "value": 1}, "en")


def test_several_kinds_are_one_sentence_that_names_them() -> None:
    mixed = {**TOGETHER, "kinds": ["link", "text"]}
    assert sentence(mixed, "de").startswith("14 Konten tun 9-mal dasselbe (Links, Texte): seit dem")


@pytest.mark.parametrize(
    ("lang", "expected", "said"),
    [("de", 0.2, "fast nie"), ("de", 3.2, "3-mal"), ("en", 0.2, "hardly ever"), ("en", 1, "once")],
)
def test_how_often_would_be_usual_is_said_in_words_where_it_is_hardly_ever(
    lang: str, expected: float, said: str
) -> None:
    reason = {"code": "beyond_chance", "value": 77, "expected": expected}
    assert f" {said}" in sentence(reason, lang)


def test_few_cases_are_counted_and_many_are_a_percentage() -> None:
    few = {"code": "declared", "value": 0.93, "of": 14}
    many = {"code": "declared", "value": 0.93, "of": 151}
    assert sentence(few, "de").startswith("13 von 14 Konten")
    assert sentence(many, "de").startswith("93\u00a0% der 151 Konten")
    assert sentence({**many, "value": 1.0}, "en").startswith("All 151 accounts")


def test_the_usual_figure_stands_beside_where_it_is_known() -> None:
    known = {"code": "recycled_texts", "value": 1.0, "of": 12, "expected": 0.07}
    assert sentence(known, "de").endswith("Sonst sind es hier 7\u00a0%.")
    assert "Sonst" not in sentence({**known, "expected": None}, "de")


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_a_sentence_that_calls_nobody_anything(code: str, lang: str) -> None:
    said = sentence({"code": code, **SHARE}, lang)
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert not re.search(r"\b(bots?|fake|verdächtig\w*)\b", said, re.IGNORECASE)


def test_an_unknown_reason_is_named_and_not_hidden() -> None:
    assert "of_tomorrow" in sentence({"code": "of_tomorrow"}, "de")


WEIGHED = {
    "code": "weighed", "value": 0.934, "expected": None, "against": False,
    "parts": [["crowd", 0.8, -0.4], ["length", 1.32, 0.2], ["quick_among", 0.7, 1.6],
              ["own_posts", 0.8, -0.7], ["of_tomorrow", 2.0, 0.3], ["young", 0.1, 0.05]],
}  # fmt: skip


def test_how_the_score_came_about_is_said_in_words_and_figures_of_one_theme_are_one() -> None:
    assert sentence(WEIGHED, "de") == (
        "Alle Zahlen zusammen ergeben 0,93 (0: Gemeinschaft, 1: abgestimmt). Am meisten dafür: "
        "Schlag auf Schlag, niemand kommt dazwischen, of_tomorrow; am meisten dagegen: sie "
        "schreiben viel Eigenes, andere tun dasselbe."
    )
    assert (
        "Most for it: one right after the other, nobody comes in between, of_tomorrow"
        in sentence(WEIGHED, "en")
    )
    assert weighed([TOGETHER, WEIGHED]) == WEIGHED
    assert speaking([TOGETHER, WEIGHED]) == [TOGETHER]


def test_every_figure_stands_in_the_table_the_heaviest_first_with_its_unit() -> None:
    found = parts(WEIGHED, "en")
    assert [each.added for each in found] == [1.6, -0.7, -0.4, 0.3, 0.2, 0.05]
    values = {each.name: each.value for each in found}
    assert values["Usual time until all had taken part"] == "20 seconds"
    assert values["of_tomorrow"] == "2.00"


def test_every_figure_that_is_weighed_has_words() -> None:
    for figure in FIGURES:
        (only,) = parts({"parts": [[figure.name, 0.5, 0.5]]}, "de")
        assert " " in only.name, figure.name


def test_a_score_is_never_said_to_be_certain() -> None:
    assert score_words(1.0, "de") == "mehr als 0,99"
    assert score_words(0.0, "en") == "less than 0.01"
