"""Alert, watch or community: what a group's marks add up to, each reason for and against named.

Learned weights (weights.py) say how likely; guards can only lower that. It would rather miss a
campaign than call volunteers one: whatever the weights say, nothing may explain the group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from monitor.detect.chance import at_least
from monitor.detect.floods import Flood
from monitor.detect.marks import Marks
from monitor.detect.profiles import declares_automation, is_institution
from monitor.detect.scene import Scene
from monitor.detect.settings import ALL_STEPS, Steps
from monitor.detect.weights import WEIGHTS, Weights

ALERT, WATCH = 0.45, 0.2  # of the learned probability
FEWEST_EPISODES = 3  # shared objects; two can be one occasion (a class, an appeal and its reminder)
# Chance gives some group that shares much: it is looked for among all groups there could be. So
# one group's own probability has to be far smaller than one in a hundred; and as accounts differ
# more than a Poisson count allows, a large group must stand out by a factor as well.
MOST_BY_CHANCE = 1e-5  # probability that accounts this active share so much anyhow
BEYOND_CHANCE = 1.5  # times what chance gives
SAME_SECOND = timedelta(seconds=1)  # scheduled by one office for several accounts ...
MOSTLY_OWN = 0.5  # ... which otherwise each post their own
# Shares are of the members, unless said otherwise. Medians of campaigns / communities in the
# labelled scenarios (synthetic) stand behind each; thresholds lie between, nearer the campaigns.
RECYCLED = 0.6  # .98 / .07: the same crowd posts one text, and later another
MOSTLY_CLOSE = 0.5  # of the acts; even people who know each other seldom all follow so fast
SOME_CLOSE = 0.2  # .64 / .06 of the acts: at most a minute after the one before
REPEATED = 0.6  # .97 / .35: three or more objects of one kind together
FEW_OUTSIDERS = 0.5  # .4 / 1.6 other accounts for each member on the shared objects
MANY_OUTSIDERS = 1.0
PUBLIC = 0.5  # of the accounts that publish an average text are others: a warning, a chain letter
DENSE = 0.75  # .97 / .72 of the possible pairs
FEWEST_FOR_DENSE = 5  # members; among four nearly all pairs meet
BORN_TOGETHER = 0.6  # of the accounts of known age: made within two weeks
FEWEST_FOR_BORN = 5  # members
SILENT = 0.1  # 0 / .3 to .5: answer or mention each other
TALKING = 0.3
MUCH_BEYOND_CHANCE = 3.0  # times
FEW_OWN = 0.5  # of the posts are outside the shared objects, at most
MANY_YOUNG = 0.5  # of the accounts of known age: at most two months old
OWN_POSTS = 0.7  # of the posts: outside the shared objects
FLOOD_TALKING = 0.15  # of a flood's accounts; of a class that signs up together it is the half
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


def judge(
    marks: Marks, usual: Usual, steps: Steps = ALL_STEPS, weights: Weights = WEIGHTS
) -> Verdict:
    """Weigh the marks of one group; then guards, which only lower the level."""
    reasons = (_together(marks), *_marks_for(marks, usual), *_marks_against(marks))
    likely = weights.probability(marks)
    level = "watch" if likely >= WATCH else "community"
    level = "alert" if likely >= ALERT else level
    if steps.guards:
        level = _guarded(marks, level)
    return Verdict(level, round(likely, 2), reasons)


def explained(marks: Marks) -> bool:
    """Say whether a group is no matter for the weights: open about itself, or too little shared."""
    return _open_about_it(marks) or _one_occasion(marks) or _agreed_tags(marks)


def _guarded(marks: Marks, level: str) -> str:
    """Lower the level of what has an explanation, whatever the weights say."""
    if _open_about_it(marks):
        return "community"
    if level == "alert" and (
        _taken_up(marks) or _acquainted(marks) or _one_occasion(marks) or _agreed_tags(marks)
    ):
        return "watch"
    return level


def _open_about_it(marks: Marks) -> bool:
    return max(marks.declared, marks.institutions) >= OPEN_ABOUT_IT or marks.one_each


def _one_occasion(marks: Marks) -> bool:
    return (
        marks.episodes < FEWEST_EPISODES
        or _by_chance(marks)
        or (marks.usual_wait <= SAME_SECOND and marks.own_posts >= MOSTLY_OWN)
    )


def _by_chance(marks: Marks) -> bool:
    if marks.parts < BEYOND_CHANCE * marks.expected_parts:
        return True
    return at_least(marks.parts, marks.expected_parts) > MOST_BY_CHANCE


def _acquainted(marks: Marks) -> bool:
    """Say whether they talk with each other, copy nothing and take their time: helpers, friends."""
    return marks.talking >= TALKING and marks.quick < MOSTLY_CLOSE and marks.copied < RECYCLED


def _taken_up(marks: Marks) -> bool:
    """Say whether they publish text after text that others publish as well: warnings, say."""
    return marks.recycled >= RECYCLED and marks.text_crowd >= PUBLIC


def _agreed_tags(marks: Marks) -> bool:
    """Say whether all they share is one string of hashtags, used whenever it suits each of them."""
    only = marks.kinds == ("hashtags",)
    return only and marks.quick < SOME_CLOSE and marks.recycled_tags < RECYCLED


def judge_flood(flood: Flood, here: Scene) -> Verdict:
    """Weigh a flood: many young accounts bring a hashtag within a day and talk to no one of them.

    A class, an association's course, a neighbourhood that signs up together also comes at once, but
    its members answer each other.
    """
    members = flood.members
    talking = here.talking(members) / len(members)
    known = [here.profiles[each] for each in sorted(members)]
    open_about_it = max(
        sum(map(declares_automation, known)), sum(map(is_institution, known))
    ) / len(known)
    reasons = [
        _reason("flood", len(members), None, tags=list(flood.tags),
                first=flood.first.isoformat(), last=flood.last.isoformat()),
        _reason("young_accounts", flood.young, None, of=flood.known_ages),
    ]  # fmt: skip
    if talking >= FLOOD_TALKING:
        reasons.append(_against("talk_to_each_other", talking, len(members)))
    level = "alert" if talking < FLOOD_TALKING else "watch"
    level = "community" if open_about_it >= OPEN_ABOUT_IT else level
    return Verdict(level, round(flood.young, 2), tuple(reasons))


def _together(marks: Marks) -> Reason:
    return _reason(
        "together", marks.episodes, None, members=marks.members, kinds=list(marks.kinds),
        median_gap_seconds=round(marks.median_gap.total_seconds()), first=marks.first.isoformat(),
    )  # fmt: skip


def _marks_for(marks: Marks, usual: Usual) -> Iterator[Reason]:
    size = marks.members
    if marks.recycled >= RECYCLED:
        yield _reason("recycled_texts", marks.recycled, usual.recycled, of=size)
    if marks.recycled_tags >= RECYCLED:
        yield _reason("recycled_tags", marks.recycled_tags, None, of=size)
    if marks.recycled_pictures >= RECYCLED:
        yield _reason("recycled_pictures", marks.recycled_pictures, None, of=size)
    if marks.quick >= SOME_CLOSE:
        yield _reason("close_gaps", marks.quick, usual.close_gaps, of=marks.waits)
    if marks.repeated >= REPEATED and marks.outsiders <= FEW_OUTSIDERS:
        outsiders = _rounded(marks.outsiders)
        yield _reason("among_themselves", marks.repeated, None, of=size, outsiders=outsiders)
    if marks.density >= DENSE and size >= FEWEST_FOR_DENSE:
        pairs = size * (size - 1) // 2
        yield _reason("everyone_with_everyone", marks.density, None, of=pairs)
    if "reply" in marks.kinds and _silent_replies(marks):
        yield _reason("answer_strangers_only", marks.talking, TALKING, of=size)
    if marks.parts >= MUCH_BEYOND_CHANCE * marks.expected_parts:
        yield _reason("beyond_chance", marks.parts, marks.expected_parts)
    if marks.own_posts <= FEW_OWN:
        yield _reason("few_own_posts", 1 - marks.own_posts, None, of=marks.posts)
    if marks.young is not None and marks.young >= MANY_YOUNG:
        yield _reason("young_accounts", marks.young, None, of=marks.known_ages)
    if (marks.born_together or 0) >= BORN_TOGETHER and size >= FEWEST_FOR_BORN:
        yield _reason("born_together", marks.born_together or 0, None, of=marks.known_ages)


def _marks_against(marks: Marks) -> Iterator[Reason]:
    if marks.declared >= OPEN_ABOUT_IT:
        yield _against("declared", marks.declared, marks.members)
    if marks.institutions >= OPEN_ABOUT_IT:
        yield _against("institutions", marks.institutions, marks.members)
    if marks.one_each:
        yield _against("one_each", 1.0, marks.members)
    if marks.episodes < FEWEST_EPISODES:
        yield _against("few_occasions", marks.episodes, marks.episodes)
    if _by_chance(marks):
        yield _against("hardly_beyond_chance", marks.expected_parts, marks.parts)
    if marks.usual_wait <= SAME_SECOND and marks.own_posts >= MOSTLY_OWN:
        yield _against("scheduled", marks.own_posts, marks.posts)
    if _agreed_tags(marks):
        yield _against("only_hashtags", 1.0, marks.members)
    if _taken_up(marks):
        yield _against("taken_up", marks.text_crowd, marks.members)
    if marks.talking >= TALKING:
        yield _against("talk_to_each_other", marks.talking, marks.members)
    if marks.outsiders >= MANY_OUTSIDERS:
        yield _against("many_outsiders", marks.outsiders, marks.members)
    if marks.own_posts >= OWN_POSTS:
        yield _against("own_posts", marks.own_posts, marks.posts)


def _silent_replies(marks: Marks) -> bool:
    return marks.talking <= SILENT and marks.repeated >= REPEATED


def _reason(code: str, value: float, expected: float | None, **more: Any) -> Reason:
    return {
        "code": code, "value": _rounded(value), "against": False,
        "expected": None if expected is None else _rounded(expected), **more,
    }  # fmt: skip


def _against(code: str, value: float, of: int) -> Reason:
    return {**_reason(code, value, None, of=of), "against": True}


def _rounded(value: float) -> float | int:
    return value if isinstance(value, int) else round(value, 3)
