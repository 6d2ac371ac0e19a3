import math
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.detect import verdict
from monitor.detect.marks import Marks
from monitor.detect.verdict import Usual, judge
from monitor.detect.weights import INTERCEPT, contributions, probability
from tests.make import NOW

QUIET = Marks(
    members=10, episodes=4, kinds=("repost",), median_gap=timedelta(hours=2),
    recycled=0.0, repeated=0.3, talking=0.2, outsiders=0.8, density=0.6, declared=0.0,
    institutions=0.0, born_together=None, own_posts=0.5, first=NOW, known_ages=0,
    posts=100, expected_parts=2.5, young=0.1, quick=0.05, one_each=False,
    parts=16, waits=12, usual_wait=timedelta(hours=1), recycled_tags=0.0, recycled_pictures=0.0,
    episodes_each=3, usual_length=timedelta(hours=3), crowd=0.2, text_crowd=0.0,
    unbroken=0.6, unbroken_quick=0.05,
)  # fmt: skip
USUAL = Usual(close_gaps=0.05, recycled=0.02)


def level(**marks: object) -> str:
    return judge(replace(QUIET, **marks), USUAL).level  # type: ignore[arg-type]


def test_a_group_without_marks_is_a_community() -> None:
    assert level() == "community"


COORDINATED = {
    "recycled": 1.0, "repeated": 1.0, "quick": 0.9, "usual_wait": timedelta(seconds=20),
    "outsiders": 0.1, "own_posts": 0.2, "talking": 0.0, "density": 0.9,
    "usual_length": timedelta(minutes=2), "crowd": 0.05, "unbroken": 1.0, "unbroken_quick": 0.9,
}  # fmt: skip


@pytest.mark.parametrize("mark", [{"recycled": 1.0}, {"quick": 0.9}])
def test_one_mark_however_strong_is_no_alert(mark: dict[str, float]) -> None:
    assert level(**mark, expected_parts=6.0, own_posts=0.6) != "alert"


def test_several_marks_alert() -> None:
    assert level(**COORDINATED) == "alert"


def test_a_group_most_of_whose_members_are_in_no_shared_object_is_judged_as_well() -> None:
    assert level(episodes_each=0) == level(episodes_each=1)


@pytest.mark.parametrize(
    "mark", [{"own_posts": 0.8}, {"crowd": 0.7}, {"repeated": 0.0}, {"unbroken_quick": 0.2}]
)
def test_a_mark_of_a_community_lowers_the_score(mark: dict[str, float]) -> None:
    strong = replace(QUIET, **COORDINATED)  # type: ignore[arg-type]
    assert probability(replace(strong, **mark)) < probability(strong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "explained",
    [
        {"kinds": ("hashtags",), "quick": 0.0},
        {"text_crowd": 0.7},
        {"episodes": 2},
        {"expected_parts": 12.0},
        {"parts": 400, "expected_parts": 300.0},
        {"usual_wait": timedelta(0), "own_posts": 0.6},
    ],
    ids=[
        "one agreed string of hashtags",
        "taken up by the public",
        "one occasion",
        "by chance",
        "a large group that chance nearly makes",
        "scheduled by an office",
    ],
)
def test_what_has_an_explanation_is_no_alert(explained: dict[str, object]) -> None:
    assert level(**{**COORDINATED, **explained}) != "alert"


@pytest.mark.parametrize("mark", [{"quick": 0.9}, {"quick": 0.0, "recycled_tags": 1.0}])
def test_strings_of_hashtags_alert_when_they_come_at_once_or_change(mark: dict[str, float]) -> None:
    assert level(**{**COORDINATED, "kinds": ("hashtags",), **mark}) == "alert"


def test_people_who_talk_and_take_their_time_are_no_alert_unless_they_copy() -> None:
    friends = {**COORDINATED, "recycled": 0.0, "talking": 0.5, "quick": 0.3, "own_posts": 0.0}
    assert probability(replace(QUIET, **friends)) > verdict.ALERT  # type: ignore[arg-type]
    assert level(**friends) == "watch"
    assert level(**{**friends, "recycled": 1.0}) == "alert"
    assert level(**{**friends, "recycled_pictures": 1.0}) == "alert"


def test_one_account_on_each_network_is_a_community() -> None:
    assert level(**COORDINATED, one_each=True) == "community"


def test_the_contributions_and_the_intercept_are_the_verdict() -> None:
    marks = replace(QUIET, **COORDINATED)  # type: ignore[arg-type]
    odds = INTERCEPT + sum(contributions(marks).values())
    assert probability(marks) == pytest.approx(1 / (1 + math.exp(-odds)))


@pytest.mark.parametrize("open_about_it", [{"declared": 0.8}, {"institutions": 0.8}])
def test_who_is_open_about_it_is_never_more_than_a_community(
    open_about_it: dict[str, float],
) -> None:
    assert level(**COORDINATED, **open_about_it) == "community"


def test_reasons_carry_value_and_what_is_usual_and_the_score_lies_between_0_and_1() -> None:
    found = judge(replace(QUIET, recycled=1.0, quick=0.9, talking=0.4), USUAL)
    by_code = {reason["code"]: reason for reason in found.reasons}
    assert by_code["recycled_texts"]["value"] == 1.0
    assert by_code["recycled_texts"]["expected"] == 0.02
    assert by_code["talk_to_each_other"]["against"] is True
    assert 0 <= found.score <= 1
