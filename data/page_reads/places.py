"""What is said about the city's places: posts, needs and offers; and how many posts name none.

A post is counted once for each place that it names; reposts are not counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CTE, ColumnElement, Connection, and_, case, func, select

from data.counted import counted
from data.page_reads.balance import Place, counted_places
from data.page_reads.local_days import local_day
from data.page_reads.narrowed import Narrowing, apart_from_time, narrowed
from data.page_reads.week import Week
from data.places import read_places
from data.rollups.counts import NONE, Asked, Counted, count, counts_now, counts_of
from data.rollups.truth import CITY, NEED, NOWHERE, OFFER, PLACED, of_post, says
from data.tables import labels, posts

ALL = Narrowing()
SPARK_DAYS = 14
_EPOCH = date(1970, 1, 1)
_NOW, _BETWEEN, _BEFORE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said about a topic at a place."""

    key: str
    posts: int
    needs: int
    offers: int


@dataclass(frozen=True, slots=True)
class Named:
    """How many posts name a place, now and before; how many none; how many of these the city."""

    placed: int
    before: int
    unplaced: int
    city: int


def stadtteile(connection: Connection, week: Week, to: Narrowing = ALL) -> list[Place]:
    """List the places as posts name them, most posts first; a Bezirk by its own name only."""
    if not apart_from_time(to):
        return _counted(connection, week, "place")
    return _places(connection, week, to, labels.c.label)


def bezirke(connection: Connection, week: Week, to: Narrowing = ALL) -> list[Place]:
    """List the Bezirke, most posts first; a post that names several places of one counts once."""
    if not apart_from_time(to):
        return _counted(connection, week, "bezirk")
    within = {place.name: place.bezirk for place in read_places()}
    return _places(connection, week, to, case(within, value=labels.c.label))


def topics(
    connection: Connection, week: Week, names: Collection[str], to: Narrowing = ALL, limit: int = 6
) -> list[Topic]:
    """List the topics of the posts that name one of these places, most posts first."""
    those = _own_at(connection, week, names, to)
    count = func.count()
    rows = connection.execute(
        select(
            labels.c.label,
            count,
            func.count(case((says(those.c.id, "intent", NEED), 1))),
            func.count(case((says(those.c.id, "intent", OFFER), 1))),
        )
        .select_from(those)
        .join(labels, of_post(those, labels, "topic"))
        .group_by(labels.c.label)
        .order_by(count.desc(), labels.c.label)
        .limit(limit)
    )
    return [Topic(*row) for row in rows]


def named(connection: Connection, week: Week, to: Narrowing = ALL) -> Named:
    """Count posts by what they name."""
    times = (week.start, week.end), (week.before_start, week.before_end)
    now, before = _named(connection, times, to)
    placed, city, nowhere = (now.get(each, NONE).posts for each in (PLACED, CITY, NOWHERE))
    return Named(placed, before.get(PLACED, NONE).posts, nowhere + city, city)


def _named(
    connection: Connection, times: Sequence[tuple[datetime, datetime]], to: Narrowing
) -> list[Counted]:
    apart = apart_from_time(to)
    if apart:
        conditions = ([*narrowed(Narrowing(*each)), *apart] for each in times)
        return [counts_now(connection, "named", each) for each in conditions]
    return counts_of(connection, [Asked("named", *each) for each in times])


def _counted(connection: Connection, week: Week, kind: str) -> list[Place]:
    """List all places of all posts, by what is counted already."""
    shown = [week.days[-1] - timedelta(days=back) for back in range(SPARK_DAYS - 1, -1, -1)]
    return count(connection, counted_places(week, kind, shown))


def _places(
    connection: Connection, week: Week, to: Narrowing, subject: ColumnElement[str]
) -> list[Place]:
    those = _own(week.before_start, week.end, to)
    at = those.c.created_at
    this = at >= week.start
    part = case((this, _NOW), (at >= week.before_end, _BETWEEN), else_=_BEFORE)
    day = local_day(at, week.zone, week.before_start, week.end)
    rows = connection.execute(
        select(
            subject,
            day,
            part,
            func.count(those.c.id.distinct()),
            func.count(case((and_(this, says(those.c.id, "intent", NEED)), those.c.id)).distinct()),
            func.count(
                case((and_(this, says(those.c.id, "intent", OFFER)), those.c.id)).distinct()
            ),
        )
        .select_from(those)
        .join(labels, of_post(those, labels, "place"))
        .group_by(subject, day, part)
    )
    by_name: dict[str, list[tuple[int, int, int, int, int]]] = defaultdict(list)
    for name, *found_there in rows:
        if name is not None:
            by_name[name].append(tuple(found_there))
    shown = [week.days[-1] - timedelta(days=back) for back in range(SPARK_DAYS - 1, -1, -1)]
    found = [_place(name, counts, shown) for name, counts in by_name.items()]
    return sorted(found, key=lambda each: (-each.posts, each.name))


def _place(
    name: str, of_days: Iterable[tuple[int, int, int, int, int]], shown: list[date]
) -> Place:
    by_part = {_NOW: 0, _BETWEEN: 0, _BEFORE: 0}
    by_day: dict[date, int] = dict.fromkeys(shown, 0)
    needs = offers = 0
    for day, part, said, sought, offered in of_days:
        by_part[part] += said
        at = _EPOCH + timedelta(days=day)
        if at in by_day:
            by_day[at] += said
        needs, offers = needs + sought, offers + offered
    return Place(name, by_part[_NOW], by_part[_BEFORE], needs, offers, tuple(by_day.values()))


def _own(start: datetime, end: datetime, to: Narrowing) -> CTE:
    """Make the posts that count here, read first: their time is what narrows most.

    Left to choose, SQLite would go through all places of all posts ever.
    """
    found = select(posts.c.id, posts.c.created_at).where(*_conditions(start, end, to))
    return found.cte("those").prefix_with("MATERIALIZED")


def _own_at(connection: Connection, week: Week, names: Collection[str], to: Narrowing) -> CTE:
    """Make the posts of the week that count here and name one of these places.

    Read by the places' labels, between the first and the last row of the week's posts: of all
    posts of a week few name one place.
    """
    number = posts.c.id + 0  # or PostgreSQL looks for the least from the store's first post on
    bounds = select(func.min(number), func.max(number)).where(
        posts.c.created_at >= week.start, posts.c.created_at < week.end
    )
    first, last = connection.execute(bounds).one()
    there = select(labels.c.post).where(
        labels.c.kind == "place", labels.c.label.in_(names), labels.c.post.between(first, last)
    )
    found = select(posts.c.id).where(posts.c.id.in_(there), *_conditions(week.start, week.end, to))
    return found.cte("those").prefix_with("MATERIALIZED")


def _conditions(start: datetime, end: datetime, to: Narrowing) -> list[ColumnElement[bool]]:
    """Make the conditions of a post that counts here: of this time, no repost, as asked for."""
    return [
        posts.c.created_at >= start,
        posts.c.created_at < end,
        counted(),
        posts.c.repost_of.is_(None),
        *apart_from_time(to),
    ]
