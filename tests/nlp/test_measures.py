"""What is taken for what, and the trade of precision for recall, on tables one can check by eye."""

import numpy as np
import pytest

from nlp.measures import NOTHING, Opposed, Point, bins, confusion, curve, opposed
from nlp.tagged import Found, Tagged


def _tagged(*topics: str) -> Tagged:
    found = [Found(topic, 0.9, ()) for topic in topics]
    return Tagged("de", found, [], False, 0.0, (), [])


def test_a_missed_label_stands_with_what_was_given_instead() -> None:
    truths = [["essen"], ["essen", "kinder"], ["recht"], [], ["arbeit"]]
    said = [["kinder"], ["kinder"], ["recht"], ["politik"], ["arbeit", "sprache"]]
    assert confusion(truths, said) == {
        "essen": {"kinder": 1, NOTHING: 1},
        NOTHING: {"politik": 1, "sprache": 1},
    }


def test_a_higher_cut_trades_recall_for_precision() -> None:
    said = np.array([0.9, 0.6, 0.6, 0.2])
    true = np.array([True, True, False, True])
    found = {point.cut: point for point in curve(said, true)}
    assert found[0.5] == Point(0.5, pytest.approx(0.667), pytest.approx(0.667))
    assert found[0.9] == Point(0.9, 1.0, pytest.approx(0.333))
    assert 0.95 not in found


def test_a_tenth_says_what_was_said_and_what_came_true() -> None:
    found = bins(np.array([0.12, 0.18, 1.0]), np.array([False, True, True]))
    assert [(each.low, each.labels, each.said, each.true) for each in found] == [
        (0.1, 2, 0.15, 0.5),
        (0.9, 1, 1.0, 1.0),
    ]


def test_only_opposed_quotations_count_and_their_false_alarms_are_seen() -> None:
    quoted = {"text": "„Die sollen alle weg“, sagt er. Nein.", "topics": ["politik"]}
    plain = {"text": "Der Senat hat entschieden.", "topics": ["politik"]}
    hostile = {"text": "„Die sollen alle weg“ und das ist gut so", "topics": ["anfeindung"]}
    said = [(quoted, _tagged("anfeindung")), (quoted, _tagged("politik"))]
    assert opposed([*said, (plain, _tagged()), (hostile, _tagged("anfeindung"))]) == Opposed(2, 1)
