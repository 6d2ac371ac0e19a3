"""What a group looks like in numbers: marks of automation, and marks of a genuine community."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from monitor.detect.chance import parts_beyond_chance
from monitor.detect.meetings import Meeting
from monitor.detect.profiles import declares_automation, is_institution
from monitor.detect.scene import Act, Episode, Scene, network_of
from monitor.detect.spans import without_span

CLOSE = timedelta(seconds=60)  # people who see each other's posts rarely answer faster, all of them
RECYCLED = 2  # text episodes of one member: the same crowd posts one text, and later another
REPEATED = 3  # episodes of one kind of one member
BORN_TOGETHER = timedelta(days=14)  # accounts made in one such span
YOUNG = timedelta(days=60)  # age of an account at the group's first shared object


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers about one group; shares are 0 to 1 of its members."""

    members: int
    episodes: int
    kinds: tuple[str, ...]
    median_gap: timedelta
    recycled: float  # members in RECYCLED or more shared texts
    repeated: float  # members in REPEATED or more episodes of one kind
    talking: float  # members who answer or mention another member
    outsiders: float  # other accounts in the shared episodes, for each member's part
    density: float  # share of the possible pairs that met often enough
    declared: float  # members that say they are automated
    institutions: float  # members whose profile names an office, a paper, an association
    born_together: float | None  # of the members with a known age: made within one span
    own_posts: float  # share of the members' posts that are in no shared episode
    first: datetime  # of the shared episodes
    known_ages: int  # members whose account's age is known
    posts: int  # of the members
    expected_parts: float  # by chance (chance.py)
    young: float | None  # of the members with a known age: at most YOUNG
    quick: float  # share of the members' acts in an episode that follow the one before within CLOSE
    one_each: bool  # each member is on another network
    parts: int  # members' parts in the shared episodes, one post once
    waits: int  # acts in an episode that follow another member's
    usual_wait: timedelta  # median time from one member's act in an episode to the next member's
    recycled_tags: float  # members in RECYCLED or more different strings of hashtags
    recycled_pictures: float  # members in RECYCLED or more different pictures
    episodes_each: float  # median of the members: episodes it took part in
    usual_length: timedelta  # median of the episodes: from the first member's act to the last's
    crowd: float  # share of others among an episode's accounts, mean of the episodes
    text_crowd: float  # the same of the shared texts
    unbroken: float  # of the steps from one member to the next: nobody else came between
    unbroken_quick: float  # of the same steps: and the next came within CLOSE

    @property
    def copied(self) -> float:
        """Members that share one text, picture or string of hashtags, and later another."""
        return max(self.recycled, self.recycled_tags, self.recycled_pictures)


def marks(
    group: frozenset[str], shared: Sequence[Episode], met: Sequence[Meeting], here: Scene
) -> Marks:
    """Measure a group with its episodes (one at least) and its members' meetings."""
    size = len(group)
    gaps = [each.gap for each in met]
    recycled = {kind: _recycled(group, shared, kind) for kind in ("text", "hashtags", "image")}
    each_in = Counter(member for each in shared for member in each.members)
    most = _most_of_one_kind(shared)
    joint = {post for each in shared for post in each.posts}
    own = [post for member in group for post in here.posts.get(member, ())]
    known = [here.profiles[member] for member in group if member in here.profiles]
    taken, expected = parts_beyond_chance(group, shared, here)
    unbroken, quickly = _unbroken(group, shared, here)
    waits = [
        wait
        for each in shared
        for wait in waits_between([a for a in here.by_object[each.name] if a.account in group])
    ]
    return Marks(
        members=size,
        episodes=len(shared),
        kinds=_kinds(shared),
        median_gap=timedelta(seconds=median(gap.total_seconds() for gap in gaps))
        if gaps
        else timedelta(0),
        recycled=recycled["text"],
        repeated=sum(most[member] >= REPEATED for member in group) / size,
        talking=here.talking(group) / size,
        outsiders=_outsiders(shared),
        density=len({(each.a, each.b) for each in met}) / (size * (size - 1) / 2),
        declared=sum(map(declares_automation, known)) / size,
        institutions=sum(map(is_institution, known)) / size,
        born_together=_born_together([each["account_created"] for each in known]),
        own_posts=sum(post not in joint for post in own) / len(own) if own else 0.0,
        first=shared[0].first,
        known_ages=sum(each["account_created"] is not None for each in known),
        posts=len(own),
        expected_parts=expected,
        young=_young([each["account_created"] for each in known], shared[0].first),
        one_each=len(set(map(network_of, group))) == size,
        parts=taken,
        waits=len(waits),
        quick=sum(wait <= CLOSE for wait in waits) / len(waits),
        usual_wait=timedelta(seconds=median(wait.total_seconds() for wait in waits)),
        recycled_tags=recycled["hashtags"],
        recycled_pictures=recycled["image"],
        episodes_each=median(each_in[member] for member in group),
        usual_length=timedelta(
            seconds=median((each.last - each.first).total_seconds() for each in shared)
        ),
        crowd=_crowd(shared),
        text_crowd=_crowd([each for each in shared if each.kind == "text"]),
        unbroken=unbroken,
        unbroken_quick=quickly,
    )


def waits_between(acts: Sequence[Act]) -> list[timedelta]:
    """Give the times between accounts' first acts on an object, one after the other."""
    times = sorted(_first_acts(acts).values())
    return [later - earlier for earlier, later in pairwise(times)]


def _first_acts(acts: Sequence[Act]) -> dict[str, datetime]:
    first: dict[str, datetime] = {}
    for act in acts:
        first[act.account] = min(first.get(act.account, act.at), act.at)
    return first


def _young(born: Sequence[datetime | None], at: datetime) -> float | None:
    known = [each for each in born if each is not None]
    return sum(at - each <= YOUNG for each in known) / len(known) if len(known) >= 4 else None


def _kinds(shared: Sequence[Episode]) -> tuple[str, ...]:
    return tuple(sorted({each.kind for each in shared}))


def _most_of_one_kind(shared: Sequence[Episode]) -> Counter[str]:
    """Count the episodes of each member, of the kind of which it has most."""
    most: Counter[str] = Counter()
    for kind in _kinds(shared):
        most |= Counter(who for each in shared if each.kind == kind for who in each.members)
    return most


def _recycled(group: frozenset[str], shared: Sequence[Episode], kind: str) -> float:
    """Give the share of members in RECYCLED or more objects of a kind, whatever the day."""
    objects = {
        (without_span(each.name), member)
        for each in shared
        if each.kind == kind
        for member in each.members
    }
    many = Counter(member for _, member in objects)
    return sum(many[member] >= RECYCLED for member in group) / len(group)


def _born_together(born: Sequence[datetime | None]) -> float | None:
    """Return the largest share of accounts made within BORN_TOGETHER; None below four known."""
    known = sorted(each for each in born if each is not None)
    if len(known) < 4:
        return None
    most = max(
        bisect_right(known, start + BORN_TOGETHER) - place for place, start in enumerate(known)
    )
    return most / len(known)


def _outsiders(shared: Sequence[Episode]) -> float:
    return sum(each.outsiders for each in shared) / sum(len(each.members) for each in shared)


def _crowd(shared: Sequence[Episode]) -> float:
    shares = [each.outsiders / (each.outsiders + len(each.members)) for each in shared]
    return sum(shares) / len(shares) if shares else 0.0


def _unbroken(group: frozenset[str], shared: Sequence[Episode], here: Scene) -> tuple[float, float]:
    """Return the shares of members' steps with no other account between, and of those in CLOSE.

    A step leads from one member's first act in an episode to the next member's. Outsiders who come
    before or after the group break nothing: people find what a campaign has spread.
    """
    steps = unbroken = quick = 0
    for each in shared:
        first = _first_acts(here.by_object[each.name])
        order = sorted((at, who not in group, who) for who, at in first.items())
        steps += len(each.members) - 1
        for (at, other, _), (then, another, _) in pairwise(order):
            if not (other or another):
                unbroken += 1
                quick += then - at <= CLOSE
    return unbroken / steps, quick / steps
