from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.detect.marks import Marks
from monitor.detect.verdict import Usual, judge
from tests.make import NOW

QUIET = Marks(
    members=10, episodes=4, kinds=("repost",), close_gaps=0.05, median_gap=timedelta(hours=2),
    recycled=0.0, repeated=0.3, talking=0.2, outsiders=0.8, density=0.6, declared=0.0,
    institutions=0.0, born_together=None, own_posts=0.5, first=NOW, meetings=40, known_ages=0,
    posts=100,
)  # fmt: skip
USUAL = Usual(close_gaps=0.05, recycled=0.02)


def level(**marks: object) -> str:
    return judge(replace(QUIET, **marks), USUAL).level  # type: ignore[arg-type]


def test_a_group_without_marks_is_a_community() -> None:
    assert level() == "community"


@pytest.mark.parametrize("mark", [{"recycled": 1.0}, {"close_gaps": 0.9}])
def test_one_mark_however_strong_is_watched_and_no_alert(mark: dict[str, float]) -> None:
    assert level(**mark) == "watch"


def test_two_strong_marks_alert() -> None:
    assert level(recycled=1.0, close_gaps=0.9) == "alert"


def test_talking_to_each_other_speaks_against() -> None:
    assert level(recycled=1.0, density=0.9) == "alert"
    assert level(recycled=1.0, density=0.9, talking=0.5) == "watch"


def test_many_outsiders_speak_against() -> None:
    assert level(recycled=1.0, density=0.9, outsiders=2.0) == "community"


@pytest.mark.parametrize("open_about_it", [{"declared": 0.8}, {"institutions": 0.8}])
def test_who_is_open_about_it_is_never_more_than_a_community(
    open_about_it: dict[str, float],
) -> None:
    assert level(recycled=1.0, close_gaps=0.9, **open_about_it) == "community"


def test_reasons_carry_value_and_what_is_usual_and_the_score_lies_between_0_and_1() -> None:
    verdict = judge(replace(QUIET, recycled=1.0, close_gaps=0.9, talking=0.4), USUAL)
    by_code = {reason["code"]: reason for reason in verdict.reasons}
    assert by_code["recycled_texts"]["value"] == 1.0
    assert by_code["recycled_texts"]["expected"] == 0.02
    assert by_code["talk_to_each_other"]["against"] is True
    assert 0 <= verdict.score <= 1
