"""What a network's source is: where it asks, what a page is, how an item becomes posts."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from data.config import Config
from data.records import Post
from data.writes import Cursor, RawItem
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


class Asked(NamedTuple):
    """Whether a post's origin still has it; None where the origin did not tell."""

    id: str
    there: bool | None


class Asking(NamedTuple):
    """What a round at one origin starts from."""

    config: Config
    origin: str
    cursors: Mapping[str, str]
    known_replies: Callable[[Sequence[str]], dict[str, str]]  # native id -> what it answers
    now: datetime
    patience: Patience


@dataclass(frozen=True, slots=True)
class Source:
    """One network.

    `collect` yields pages until all is read; Refused where the origin does not deliver.
    `to_posts(kind, origin, body, fetched_at)` is pure; RecordError for an item that is no post.
    `merge_counters(post, origin, origins)` drops counters that another origin knows better.
    `look_after(config, ids, patience)` asks where the posts come from whether they are there.
    """

    network: str
    mapper: str  # version of `to_posts`
    enabled: Callable[[Config], bool]
    origins: Callable[[Config], Sequence[str]]
    interval_minutes: Callable[[Config], int]
    collect: Callable[[Asking], Generator[Page, None, None]]
    to_posts: Callable[[str, str, str, datetime], list[Post]]
    merge_counters: Callable[[Post, str, Sequence[str]], Post]
    look_after: Callable[[Config, Sequence[str], Patience], Iterator[Asked]]
