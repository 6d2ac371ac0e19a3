"""Posts by their words and labels, the newest first, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.among import among
from data.page_reads.narrowed import Narrowing
from data.page_reads.word_matches import Edge, Matches, matches
from data.search_marks import answers
from data.search_query import Query
from data.tables import labels, posts, tags

MOST_COUNTED = 1_000  # found posts that are counted
EXAMINED = 10_000  # posts with the words that are looked at for labels, the newest
PAGE = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A found post. It does not say who wrote it."""

    id: int
    key: str
    network: str
    at: datetime
    text: str
    url: str | None
    lang: str | None
    urgent: bool
    topics: tuple[str, ...]
    intents: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found.

    `count` counts all up to MOST_COUNTED and one more; it is the least there are where not `whole`:
    then only the newest EXAMINED posts with the words were looked at. `newer` and `older`: whether
    there are more pages.
    """

    hits: tuple[Hit, ...]
    count: int
    whole: bool = True
    newer: bool = False
    older: bool = False


def search(
    connection: Connection,
    query: Query,
    to: Narrowing,
    before: int | None = None,
    after: int | None = None,
) -> Found:
    """Find posts, the newest first.

    `before` and `after` are numbers of posts: the page begins below or ends above that one; a
    number that no post has counts as none.
    """
    found = matches(connection, query, to)
    floor = _floor(connection, found)
    first = list(connection.scalars(found.ids(floor=floor).limit(MOST_COUNTED + 1)))
    ids, newer, older = _page(connection, found, floor, first, before, after)
    return Found(hits(connection, ids), len(first), floor is None, newer, older)


def best(
    connection: Connection,
    query: Query,
    to: Narrowing,
    before: int | None = None,
    after: int | None = None,
) -> Found:
    """Find posts, those that answer best first, among the newest MOST_COUNTED; else as `search`."""
    ids = newest(connection, query, to, MOST_COUNTED + 1)
    texts = connection.execute(
        select(posts.c.id, posts.c.text).where(among(connection, posts.c.id, ids[:MOST_COUNTED]))
    )
    scores = {row.id: answers(row.text, query) for row in texts}
    ranked = sorted((each for each in ids if each in scores), key=lambda each: -scores[each])
    at = {each: place for place, each in enumerate(ranked)}
    start = at[before] + 1 if before in at else max(0, at.get(after or 0, 0) - PAGE)
    shown = hits(connection, ranked[start : start + PAGE])
    return Found(shown, len(ids), True, start > 0, start + PAGE < len(ranked))


def newest(connection: Connection, query: Query, to: Narrowing, limit: int) -> list[int]:
    """Return the numbers of the newest posts found."""
    found = matches(connection, query, to)
    floor = _floor(connection, found)
    return list(connection.scalars(found.ids(floor=floor).limit(limit)))


def count(connection: Connection, query: Query, to: Narrowing) -> int:
    """Count what is found, up to MOST_COUNTED and one more, among the newest EXAMINED."""
    return len(newest(connection, query, to, MOST_COUNTED + 1))


def hits(connection: Connection, ids: Sequence[int]) -> tuple[Hit, ...]:
    """Read posts by their numbers, in that order."""
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for post, kind, label in connection.execute(
        select(labels.c.post, labels.c.kind, labels.c.label)
        .where(among(connection, labels.c.post, ids))
        .order_by(labels.c.score.desc(), labels.c.label)
    ):
        said[post, kind].append(label)
    rows: dict[int, Any] = {
        row.id: row
        for row in connection.execute(
            select(
                *(posts.c[name] for name in ("id", "network", "native_id", "created_at", "text")),
                posts.c.url,
                tags.c.lang,
                tags.c.urgent,
            )
            .outerjoin(tags, tags.c.post == posts.c.id)
            .where(among(connection, posts.c.id, ids))
        )
    }
    return tuple(
        Hit(
            id=row.id,
            key=f"{row.network}:{row.native_id}",
            network=row.network,
            at=row.created_at,
            text=row.text,
            url=row.url,
            lang=row.lang,
            urgent=bool(row.urgent),
            topics=tuple(said[row.id, "topic"]),
            intents=tuple(said[row.id, "intent"]),
            places=tuple(said[row.id, "place"]),
        )
        for row in (rows[each] for each in ids if each in rows)
    )


def _floor(connection: Connection, found: Matches) -> Any:
    """Give where looking ends, None where all is looked at."""
    query = found.floor(EXAMINED)
    return None if query is None else connection.scalar(query)


def _page(
    connection: Connection,
    found: Matches,
    floor: Any,
    first: list[int],
    before: int | None,
    after: int | None,
) -> tuple[list[int], bool, bool]:
    """Give the posts of a page, and whether there are newer and older ones.

    Most pages lie among the `first` posts, which are known already.
    """
    edge = _edge(connection, after)
    if edge is not None:
        ids = list(connection.scalars(found.ids(after=edge).limit(PAGE + 1)))
        return (ids[:PAGE][::-1], True, True) if len(ids) > PAGE else _cut(first, 0)
    if before is None or before in first[:-PAGE]:
        return _cut(first, 0 if before is None else first.index(before) + 1)
    edge = _edge(connection, before)
    if edge is None:
        return _cut(first, 0)
    ids = list(connection.scalars(found.ids(before=edge, floor=floor).limit(PAGE + 1)))
    return ids[:PAGE], True, len(ids) > PAGE


def _cut(first: list[int], start: int) -> tuple[list[int], bool, bool]:
    return first[start : start + PAGE], start > 0, len(first) > start + PAGE


def _edge(connection: Connection, number: int | None) -> Edge | None:
    if number is None:
        return None
    row = connection.execute(
        select(posts.c.created_at, posts.c.id).where(posts.c.id == number)
    ).first()
    return None if row is None else Edge(row.created_at, row.id)
