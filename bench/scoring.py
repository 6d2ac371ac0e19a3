"""Scores clusters against the truth of a labelled scenario: over accounts, campaigns, false alerts.

An account counts as alerted where a cluster of level alert holds it. A campaign is found where one
alert holds at least half of its accounts and consists of campaign accounts at least by half. A
false alert has fewer than a fifth of campaign accounts.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

FALSE_BELOW = 0.2  # of an alert's accounts belong to a campaign


@dataclass(frozen=True, slots=True)
class Score:
    """How one scenario was answered. None where a figure is not defined."""

    precision: float | None
    recall: float | None
    f1: float | None
    found: float | None  # share of the campaigns
    alerts: int
    false_alerts: int
    wrong: int  # accounts alerted that belong to no campaign


def score(truth: Mapping[str, Any], alerts: Sequence[Set[str]]) -> Score:
    """Compare the accounts of each alert with the truth."""
    planted = [set(each["accounts"]) for each in truth["campaigns"]]
    guilty: set[str] = set().union(*planted)
    named: set[str] = set().union(*alerts)
    right = len(named & guilty)
    precision = right / len(named) if named and guilty else None
    recall = right / len(guilty) if guilty else None
    both = (precision or 0) + (recall or 0)
    return Score(
        precision=precision,
        recall=recall,
        f1=None if recall is None else 2 * (precision or 0) * recall / both if both else 0.0,
        found=mean(float(any(_finds(each, one, guilty) for each in alerts)) for one in planted),
        alerts=len(alerts),
        false_alerts=sum(len(each & guilty) < FALSE_BELOW * len(each) for each in alerts),
        wrong=len(named - guilty),
    )


def mean(figures: Iterable[float | None]) -> float | None:
    """Average what is defined; None where nothing is."""
    known = [each for each in figures if each is not None]
    return sum(known) / len(known) if known else None


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of a share after Wilson 1927; (0, 1) without a case.

    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n), z = 1.96
    """
    if of == 0:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / (1 + z * z / of)), min(
        1.0, (middle + half) / (1 + z * z / of)
    )


def _finds(alert: Set[str], planted: Set[str], guilty: Set[str]) -> bool:
    return len(alert & planted) * 2 >= len(planted) and len(alert & guilty) * 2 >= len(alert)
