"""Two accounts met: both acted on one object, close in time."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

from monitor.detect.actions import kind_of

WINDOW = timedelta(hours=24)  # longest gap that still counts, with next to no weight
HALF_LIFE = timedelta(hours=1)  # a meeting with this gap weighs half of one at the same second


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two accounts acted on one object: their two closest posts."""

    a: str
    b: str
    name: str  # the object, kind:name
    post_a: str
    post_b: str
    at_a: datetime
    at_b: datetime
    accounts: int  # how many accounts acted on the object at all

    @property
    def kind(self) -> str:
        """Return the object's kind."""
        return kind_of(self.name)

    @property
    def gap(self) -> timedelta:
        """Return the time between the two posts."""
        return abs(self.at_a - self.at_b)

    @property
    def weight(self) -> float:
        """Weigh by nearness in time and rarity of the object, 0 to 1."""
        return float(0.5 ** (self.gap / HALF_LIFE) / math.log2(max(self.accounts, 2)))


def read_meetings(table: pa.Table) -> Iterator[Meeting]:
    """Read the rows of `pairs.meetings`."""
    for row in table.to_pylist():
        yield Meeting(
            row["a"], row["b"], row["object"], row["content_a"], row["content_b"],
            row["at_a"], row["at_b"], row["accounts"],
        )  # fmt: skip


def by_pair(meetings: Iterable[Meeting]) -> dict[tuple[str, str], list[Meeting]]:
    """Put meetings to their pairs; of one post's text, link, tags, picture one counts."""
    pairs: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for each in meetings:
        pairs[each.a, each.b].append(each)
    return {pair: list(_once_a_post(met)) for pair, met in pairs.items()}


def _once_a_post(met: list[Meeting]) -> Iterator[Meeting]:
    used: set[str] = set()
    for each in sorted(met, key=lambda meeting: (meeting.gap, meeting.at_a, meeting.name)):
        if each.post_a not in used and each.post_b not in used:
            used |= {each.post_a, each.post_b}
            yield each
