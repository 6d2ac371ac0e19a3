"""What a group looks like in numbers: marks of automation, and marks of a genuine community."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from monitor.detect.meetings import Meeting
from monitor.detect.profiles import declares_automation, is_institution
from monitor.detect.scene import Episode, Scene

CLOSE = timedelta(seconds=60)  # people who see each other's posts rarely answer faster, all of them
RECYCLED = 2  # text episodes of one member: the same crowd posts one text, and later another
REPEATED = 3  # episodes of one kind of one member
BORN_TOGETHER = timedelta(days=14)  # accounts made in one such span


@dataclass(frozen=True, slots=True)
class Marks:
    """Numbers about one group; shares are 0 to 1 of its members."""

    members: int
    episodes: int
    kinds: tuple[str, ...]
    close_gaps: float  # share of meetings at most CLOSE apart
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
    meetings: int
    known_ages: int  # members whose account's age is known
    posts: int  # of the members


def marks(
    group: frozenset[str], shared: Sequence[Episode], met: Sequence[Meeting], here: Scene
) -> Marks:
    """Measure a group with its episodes (one at least) and its members' meetings."""
    size = len(group)
    gaps = [each.gap for each in met]
    texts = _episodes_by_member(shared, "text")
    most = {
        member: max(len(_of(shared, member, kind)) for kind in _kinds(shared)) for member in group
    }
    joint = {post for each in shared for post in each.posts}
    own = [post for member in group for post in here.posts.get(member, ())]
    known = [here.profiles[member] for member in group if member in here.profiles]
    outside = sum(each.outsiders for each in shared)
    return Marks(
        members=size,
        episodes=len(shared),
        kinds=_kinds(shared),
        close_gaps=sum(gap <= CLOSE for gap in gaps) / len(gaps) if gaps else 0.0,
        median_gap=timedelta(seconds=median(gap.total_seconds() for gap in gaps))
        if gaps
        else timedelta(0),
        recycled=sum(texts[member] >= RECYCLED for member in group) / size,
        repeated=sum(most[member] >= REPEATED for member in group) / size,
        talking=len({a for a, b in here.talks if a in group and b in group}) / size,
        outsiders=outside / max(sum(len(each.members) for each in shared), 1),
        density=len({(each.a, each.b) for each in met}) / (size * (size - 1) / 2),
        declared=sum(map(declares_automation, known)) / size,
        institutions=sum(map(is_institution, known)) / size,
        born_together=_born_together([each["account_created"] for each in known]),
        own_posts=sum(post not in joint for post in own) / len(own) if own else 0.0,
        first=shared[0].first,
        meetings=len(gaps),
        known_ages=sum(each["account_created"] is not None for each in known),
        posts=len(own),
    )


def _kinds(shared: Sequence[Episode]) -> tuple[str, ...]:
    return tuple(sorted({each.kind for each in shared}))


def _of(shared: Sequence[Episode], member: str, kind: str) -> list[Episode]:
    return [each for each in shared if each.kind == kind and member in each.members]


def _episodes_by_member(shared: Sequence[Episode], kind: str) -> Counter[str]:
    return Counter(member for each in shared if each.kind == kind for member in each.members)


def _born_together(born: Sequence[datetime | None]) -> float | None:
    """Return the largest share of accounts made within BORN_TOGETHER; None below four known."""
    known = sorted(each for each in born if each is not None)
    if len(known) < 4:
        return None
    most = max(sum(start <= each <= start + BORN_TOGETHER for each in known) for start in known)
    return most / len(known)
