"""Accounts that people have named: institutions and automation that they know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from monitor.detect.floods import FEWEST_ACCOUNTS, YOUNG, YOUNG_SHARE, Flood
from monitor.detect.groups import FEWEST_MEMBERS
from monitor.detect.scene import Scene
from monitor.detect.verdict import Reason, Verdict

MOSTLY_KNOWN = 0.5  # of the members are named: what the group does is theirs, and explained


@dataclass(frozen=True, slots=True)
class Known:
    """Keys (network:account id) of accounts that settings or people's decisions name."""

    institutions: frozenset[str] = field(default_factory=frozenset)  # offices, papers, associations
    automated: frozenset[str] = field(default_factory=frozenset)  # programs that publish

    @property
    def accounts(self) -> frozenset[str]:
        """Everybody who is named."""
        return self.institutions | self.automated


def to_judge(group: frozenset[str], known: Known) -> frozenset[str]:
    """Give the members that a verdict is about.

    All of them where MOSTLY_KNOWN are named; otherwise the named are taken out, and nobody is left
    where fewer than FEWEST_MEMBERS remain. Who is taken out counts as an outsider.
    """
    if _explained(group, known):
        return group
    rest = group - known.accounts
    return rest if len(rest) >= FEWEST_MEMBERS else frozenset()


def respected(verdict: Verdict, group: frozenset[str], known: Known) -> Verdict:
    """Make a group of accounts that are mostly named a community, and say so first against it."""
    if not _explained(group, known):
        return verdict
    named = [
        _named("known_institutions", group & known.institutions, group),
        _named("known_automated", group & known.automated - known.institutions, group),
    ]
    speaking = [each for each in verdict.reasons if not each["against"]]
    against = [each for each in verdict.reasons if each["against"]]
    said = (*speaking, *(each for each in named if each["value"]), *against)
    return replace(verdict, level="community", reasons=said)


def flood_to_judge(flood: Flood, known: Known, here: Scene) -> Flood | None:
    """Give a flood as `to_judge` gives a group; None where what remains is none any more."""
    named = flood.members & known.accounts
    if not named or _explained(flood.members, known):
        return flood
    members = flood.members - named
    theirs = {post for each in named for post in here.posts.get(each, ())}
    born = [here.profiles[each]["account_created"] for each in members]
    ages = [flood.first - each for each in born if each is not None]
    young = sum(age < YOUNG for age in ages) / len(ages) if ages else 0.0
    if len(members) < FEWEST_ACCOUNTS or young < YOUNG_SHARE:
        return None
    parts: Mapping[str, int] = {who: flood.parts[who] for who in sorted(members)}
    posts = tuple(each for each in flood.posts if each[0] not in theirs)
    return replace(
        flood, members=members, young=young, known_ages=len(ages), posts=posts, parts=parts
    )


def _explained(group: frozenset[str], known: Known) -> bool:
    named = len(group & known.accounts)
    return named > 0 and named >= MOSTLY_KNOWN * len(group)


def _named(code: str, named: frozenset[str], group: frozenset[str]) -> Reason:
    return {
        "code": code, "value": round(len(named) / len(group), 3), "expected": None,
        "against": True, "of": len(group), "named": len(named),
    }  # fmt: skip
