"""Alert, watch or community: what a group's marks add up to, each reason for and against named.

A first version with hand-set thresholds, to be replaced by a measured one. It would rather miss a
campaign than call volunteers one: an alert needs at least two marks of different kinds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.detect.marks import Marks

ALERT_POINTS = 3  # two different marks at least, as no mark alone gives more than 2
WATCH_POINTS = 2
MOST_POINTS = 6  # a score of 1
# Shares are of the members, unless said otherwise. Medians of campaigns / communities in the
# labelled scenarios (synthetic) stand behind each; thresholds lie between, nearer the campaigns.
RECYCLED = 0.6  # .98 / .07: the same crowd posts one text, and later another
MANY_CLOSE = 0.35  # .64 / .06 of the meetings: at most a minute apart
SOME_CLOSE = 0.2
REPEATED = 0.6  # .97 / .35: three or more objects of one kind together
FEW_OUTSIDERS = 0.5  # .4 / 1.6 other accounts for each member on the shared objects
MANY_OUTSIDERS = 1.0
DENSE = 0.75  # .97 / .72 of the possible pairs
FEWEST_FOR_DENSE = 5  # members; among four nearly all pairs meet
BORN_TOGETHER = 0.6  # of the accounts of known age: made within two weeks
FEWEST_FOR_BORN = 5  # members
SILENT = 0.1  # 0 / .3 to .5: answer or mention each other
TALKING = 0.3
OWN_POSTS = 0.7  # of the posts: outside the shared objects
OPEN_ABOUT_IT = 0.5  # say that they are automated, or speak for an institution

Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usual:
    """The same figures of everybody else in the same posts; None where there is nobody else."""

    close_gaps: float | None
    recycled: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a group is taken for. `reasons` as data.reasons words them, for before against."""

    level: str
    score: float
    reasons: tuple[Reason, ...]


def judge(marks: Marks, usual: Usual) -> Verdict:
    """Weigh the marks of one group."""
    reasons = [_together(marks), *_marks_for(marks, usual), *_marks_against(marks)]
    points = sum(reason.pop("points") for reason in reasons)
    score = round(min(max(points / MOST_POINTS, 0.0), 1.0), 2)
    return Verdict(_level(marks, points), score, tuple(reasons))


def _level(marks: Marks, points: float) -> str:
    if max(marks.declared, marks.institutions) >= OPEN_ABOUT_IT:
        return "community"
    if points >= ALERT_POINTS and marks.kinds != ("hashtags",):  # a tag string alone never alerts
        return "alert"
    return "watch" if points >= WATCH_POINTS else "community"


def _together(marks: Marks) -> Reason:
    return _reason(
        0, "together", marks.episodes, None, members=marks.members, kinds=list(marks.kinds),
        median_gap_seconds=round(marks.median_gap.total_seconds()), first=marks.first.isoformat(),
    )  # fmt: skip


def _marks_for(marks: Marks, usual: Usual) -> Iterator[Reason]:
    size = marks.members
    if marks.recycled >= RECYCLED:
        yield _reason(2, "recycled_texts", marks.recycled, usual.recycled, of=size)
    if marks.close_gaps >= SOME_CLOSE:
        points = 2 if marks.close_gaps >= MANY_CLOSE else 1
        yield _reason(points, "close_gaps", marks.close_gaps, usual.close_gaps, of=marks.meetings)
    if marks.repeated >= REPEATED and marks.outsiders <= FEW_OUTSIDERS:
        outsiders = _rounded(marks.outsiders)
        yield _reason(1, "among_themselves", marks.repeated, None, of=size, outsiders=outsiders)
    if marks.density >= DENSE and size >= FEWEST_FOR_DENSE:
        pairs = size * (size - 1) // 2
        yield _reason(1, "everyone_with_everyone", marks.density, None, of=pairs)
    if "reply" in marks.kinds and _silent_replies(marks):
        yield _reason(1, "answer_strangers_only", marks.talking, TALKING, of=size)
    if (marks.born_together or 0) >= BORN_TOGETHER and size >= FEWEST_FOR_BORN:
        yield _reason(1, "born_together", marks.born_together or 0, None, of=marks.known_ages)


def _marks_against(marks: Marks) -> Iterator[Reason]:
    if marks.declared >= OPEN_ABOUT_IT:
        yield _against(0, "declared", marks.declared, marks.members)
    if marks.institutions >= OPEN_ABOUT_IT:
        yield _against(0, "institutions", marks.institutions, marks.members)
    if marks.kinds == ("hashtags",):
        yield _against(0, "only_hashtags", 1.0, marks.members)
    if marks.talking >= TALKING:
        yield _against(-1, "talk_to_each_other", marks.talking, marks.members)
    if marks.outsiders >= MANY_OUTSIDERS:
        yield _against(-2, "many_outsiders", marks.outsiders, marks.members)
    if marks.own_posts >= OWN_POSTS:
        yield _against(-1, "own_posts", marks.own_posts, marks.posts)


def _silent_replies(marks: Marks) -> bool:
    return marks.talking <= SILENT and marks.repeated >= REPEATED


def _reason(points: float, code: str, value: float, expected: float | None, **more: Any) -> Reason:
    return {
        "code": code, "value": _rounded(value), "against": False, "points": points,
        "expected": None if expected is None else _rounded(expected), **more,
    }  # fmt: skip


def _against(points: float, code: str, value: float, of: int) -> Reason:
    return {**_reason(points, code, value, None, of=of), "against": True}


def _rounded(value: float) -> float | int:
    return value if isinstance(value, int) else round(value, 3)
