"""What a network's source is: where it asks, what a page is, how an item becomes posts."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from data.config import Config
from data.records import Account, Post
from data.writes import Cursor, RawItem, Spent
from monitor.sources.http import Patience


@dataclass(frozen=True, slots=True)
class Page:
    """What one reply brought; it is stored in one transaction, cursors and all."""

    items: Sequence[RawItem] = ()
    cursors: Sequence[Cursor] = ()
    read: tuple[datetime, datetime] | None = None  # the stretch that is read completely by now
    fetched: int = 0  # items in the reply, also those that are not kept
    seen: frozenset[str] = frozenset()  # native ids of the posts in it
    unwanted: frozenset[str] = frozenset()  # of them those whose authors want no programs (#nobot)
    complete_since: datetime | None = None  # this round has brought all posts since then
    note: tuple[str, str] | None = None  # what a person should know, German and English
    filled: tuple[str, datetime, datetime] | None = None  # a stretch that another origin missed
    spent: Spent | None = None  # of the budget of a network that costs


class Gone(NamedTuple):
    """A post that is gone on its network since `at`; with `account`, all posts of that account."""

    id: str
    at: datetime
    account: bool = False


class Back(NamedTuple):
    """A post that its network says is there (again) since `at`: one deleted before comes back."""

    id: str
    at: datetime


Told = Post | Account | Gone | Back
"""What an item tells; what stands later in the list or was fetched later has the last word."""


class Asked(NamedTuple):
    """Whether a post's origin still has it; None where the origin did not tell."""

    id: str
    there: bool | None


class Stored(Protocol):
    """What a round may ask the store about its network; ids are native."""

    def replies(self, ids: Sequence[str]) -> dict[str, str]:
        """Return what these posts answer, as far as they answer anything."""

    def posts(self, ids: Collection[str]) -> set[str]:
        """Return which of these posts are stored and not deleted."""

    def accounts(self, ids: Collection[str]) -> dict[str, str | None]:
        """Return which of these accounts are stored, with their handles."""

    def deleted_of(self, account: str, at: datetime) -> list[str]:
        """Return an account's posts that are deleted since exactly then."""

    def covered(self) -> dict[str, list[tuple[datetime, datetime]]]:
        """Return the stretches that are read at each origin, oldest first."""

    def spent(self, month: str) -> dict[str, int]:
        """Return what is used of a month's budgets by now, by purpose."""


class Asking(NamedTuple):
    """What a round at one origin starts from."""

    config: Config
    origin: str
    cursors: Mapping[str, str]
    stored: Stored
    now: datetime
    patience: Patience


def as_they_are(post: Post, _origin: str, _origins: Sequence[str]) -> Post:
    """Keep all counters: no origin knows them better than another."""
    return post


@dataclass(frozen=True, slots=True)
class Source:
    """One network.

    `collect` yields pages until all is read; Refused where the origin does not deliver.
    `to_posts(kind, origin, body, fetched_at)` is pure; RecordError for an item that is no post.
    `merge_counters(post, origin, origins)` drops counters that another origin knows better.
    `look_after(asking, ids)` asks where the posts come from whether they are there, and says what
    that costs (`asking.origin` is the first that answered this round); what it leaves out, since a
    budget is spent, comes first in the next round. `asked_a_round` is how many it is handed at
    most. When each post's turn is: data.writes.checks.
    """

    network: str
    mapper: str  # version of `to_posts`
    enabled: Callable[[Config], bool]
    origins: Callable[[Config], Sequence[str]]
    interval_minutes: Callable[[Config], int]
    collect: Callable[[Asking], Generator[Page, None, None]]
    to_posts: Callable[[str, str, str, datetime], Sequence[Told]]
    look_after: Callable[[Asking, Sequence[str]], Iterator[Asked | Spent]]
    merge_counters: Callable[[Post, str, Sequence[str]], Post] = as_they_are
    asked_a_round: int = 40  # one request each; more where one request answers for many
