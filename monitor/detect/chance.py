"""What chance would do: how often accounts this active meet on objects this popular."""

import math
from collections import Counter
from collections.abc import Sequence

from monitor.detect.scene import Episode, Scene, network_of


def expected_parts(group: frozenset[str], shared: Sequence[Episode], here: Scene) -> float:
    """Count the parts that chance would give a group in its episodes.

    If each episode drew its accounts anew, on each network by how much they act there otherwise:
    the accounts that the episode has on a network, times the group's part of all actions there that
    are in none of these episodes; never more than the group has members there. That keeps each
    object's popularity and share-time curve and each account's activity. One action is added on
    both sides, so that who does nothing else is not expected nowhere.
    """
    inside, own_inside = Counter[str](), Counter[str]()
    crowds: list[Counter[str]] = []
    for each in shared:
        acts = here.by_object[each.name]
        crowds.append(Counter(map(network_of, {act.account for act in acts})))
        inside.update(network_of(act.account) for act in acts)
        own_inside.update(network_of(act.account) for act in acts if act.account in group)
    members, own = Counter(map(network_of, group)), Counter[str]()
    for member in group:
        own[network_of(member)] += here.actions.get(member, 0)
    part = {
        name: (own[name] - own_inside[name] + 1) / (here.by_network[name] - inside[name] + 1)
        for name in members
    }
    return sum(
        min(many * part[name], members[name])
        for crowd in crowds
        for name, many in crowd.items()
        if name in part
    )


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
