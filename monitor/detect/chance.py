"""What chance would do: how often accounts this active meet on objects this popular."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from monitor.detect.scene import Episode, Scene, network_of


class Parts(NamedTuple):
    """A group's parts in its episodes, and how many of them chance alone would give."""

    taken: int
    expected: float


def parts_beyond_chance(group: frozenset[str], shared: Sequence[Episode], here: Scene) -> Parts:
    """Count a group's parts in its episodes, one post once, and those that chance would give.

    A post with a text, a link and a picture is one part: in the episode of the most members.
    Expected is what comes where each episode draws its accounts anew, on each network by how many
    posts they act with otherwise: the accounts that the episode has on a network, times the group's
    part of all such posts that are in none of these episodes; never more than the group has members
    there. That keeps each object's popularity and share-time curve and each account's activity. One
    post is added on both sides, so that who does nothing else is not expected nowhere.
    """
    inside, own_inside = Counter[str](), Counter[str]()
    crowds: list[Counter[str]] = []
    used: set[str] = set()
    taken = 0
    for each in sorted(shared, key=lambda one: (-len(one.members), one.name)):
        acts = [act for act in here.by_object[each.name] if act.post not in used]
        used.update(act.post for act in acts)
        accounts = {act.account for act in acts}
        taken += len(accounts & group)
        crowds.append(Counter(map(network_of, accounts)))
        inside.update(network_of(act.account) for act in acts)
        own_inside.update(network_of(act.account) for act in acts if act.account in group)
    members, own = Counter(map(network_of, group)), Counter[str]()
    for member in group:
        own[network_of(member)] += here.acting.get(member, 0)
    part = {
        name: (own[name] - own_inside[name] + 1) / (here.by_network[name] - inside[name] + 1)
        for name in members
    }
    return Parts(taken, sum(
        min(many * part[name], members[name])
        for crowd in crowds
        for name, many in crowd.items()
        if name in part
    ))  # fmt: skip


def at_least(many: int, expected: float) -> float:
    """Return the Poisson probability of `many` or more; 1 where no more than expected came."""
    if many <= expected:
        return 1.0
    term = math.exp(many * math.log(max(expected, 1e-9)) - expected - math.lgamma(many + 1))
    total, count = 0.0, many
    while term > 1e-12 * total:
        total += term
        count += 1
        term *= expected / count
    return min(total, 1.0)
