"""What a tally counts: the posts themselves, asked once to keep the count and once to check it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from data.counted import counted
from data.rollups.rules import bezirke, city_parts
from data.tables import labels, posts, tags
from data.topics import PROTECTED

HOUR = 3_600_000_000  # microseconds, the unit of times in the store
UNLABELLED = ("posts", "source", "named")  # what is counted without any label
KINDS = (*UNLABELLED, "topic", "place", "bezirk", "wanted", "call")
PLACED, CITY, NOWHERE = "placed", "city", "nowhere"  # the labels of "named"
NEED, OFFER, QUESTION = "gesuch", "angebot", "frage"
APART = "\n"  # between the parts of a label

Range = tuple[int, int]  # from, up to before; of posts in microseconds

_at = type_coerce(posts.c.created_at, BigInteger)
_hour = _at // HOUR
_own = and_(counted(), posts.c.repost_of.is_(None))


def tally(kind: str, *those: ColumnElement[bool]) -> Select[Any]:
    """Count the posts of which `those` conditions hold: hour, label, posts, needs, offers.

    - posts: all that count; label "".
    - source: all that are not deleted, copies too, by the source they came from.
    - topic, place: own posts (no reposts) by label, of them needs and offers. A post with two
      labels counts in both.
    - bezirk: as place; a post that names several places of one Bezirk counts there once.
    - named: own posts by whether they name a place, none but the city, or neither.
    - wanted: needs and offers by topic and Bezirk, with APART between them; "" is the Bezirk of
      posts that name no place. A post that names several places of one Bezirk counts there once.
    - call: calls for help and questions by intent, with "answered", "urgent", "begins" where they
      hold, each after an APART.
    """
    if kind == "posts":
        return _all(literal(""), counted(), *those)
    if kind == "source":
        return _all(posts.c.source, posts.c.deleted_at.is_(None), *those)
    if kind in ("topic", "place"):
        return _labelled(kind, *those)
    made = {"named": _named, "bezirk": _of_bezirke, "wanted": _wanted, "call": _called}
    return made[kind](*those)


def calls_of(*those: ColumnElement[bool]) -> Select[Any]:
    """List calls for help and questions of `those` posts, in the columns of the table `calls`.

    Answered means: somebody else's reply is in the store. The words are None: no database can tell
    which are the same, `data.rollups.words` can.
    """
    said = labels.alias("said")
    return (
        select(
            said.c.label.label("intent"),
            posts.c.created_at.label("at"),
            posts.c.id.label("post"),
            answered().label("answered"),
            tags.c.urgent.label("urgent"),
            posts.c.reply_to.is_(None).label("begins"),
            says(posts.c.id, "topic", PROTECTED).label("protected"),
            cast(None, BigInteger).label("words"),
        )
        .select_from(posts)
        .join(said, (said.c.post == posts.c.id) & (said.c.kind + "" == "intent"))
        .join(tags, tags.c.post == posts.c.id)
        .where(_own, said.c.label.in_((NEED, QUESTION)), *those)
    )


def spans_of(among: ColumnElement[bool]) -> Select[Any]:
    """Give when accounts' posts began and ended, in the columns of the table `spans`."""
    counts = case((counted(), posts.c.created_at))
    return (
        select(
            posts.c.account.label("account"),
            func.min(posts.c.created_at).label("first"),
            func.min(counts).label("counted_first"),
            func.max(counts).label("counted_last"),
        )
        .where(among)
        .group_by(posts.c.account)
    )


def answered() -> ColumnElement[bool]:
    """Make the condition that somebody else's reply to a post is in the store."""
    reply = posts.alias("reply")
    return exists().where(
        reply.c.network == posts.c.network,
        reply.c.reply_to == posts.c.native_id,
        reply.c.account != posts.c.account,
        reply.c.deleted_at.is_(None),
    )


def posted(ranges: Sequence[Range]) -> ColumnElement[bool]:
    """Make the condition that a post is of one of these times."""
    return within(_at, ranges)


def within(value: ColumnElement[int], ranges: Sequence[Range]) -> ColumnElement[bool]:
    """Make the condition that a value lies in one of the ranges."""
    return or_(*(and_(value >= start, value < end) for start, end in ranges))


def of_post(own: CTE, of: FromClause, kind: str) -> ColumnElement[bool]:
    """Make the condition that a label is a post's, of this kind.

    Written so that SQLite does not begin with all labels of a kind: without statistics it takes
    these for few.
    """
    return and_(of.c.post == own.c.id, of.c.kind + "" == kind)


def says(post: ColumnElement[int], kind: str, label: str) -> ColumnElement[bool]:
    """Make the condition that a post has this label."""
    said = labels.alias(label)
    return exists().where(said.c.post == post, said.c.kind == kind, said.c.label == label)


def _all(label: ColumnElement[str], *those: ColumnElement[bool]) -> Select[Any]:
    return _grouped(select(_hour.label("hour"), label.label("label"), *_counts()).where(*those))


def _labelled(kind: str, *those: ColumnElement[bool]) -> Select[Any]:
    own = _own_posts(*those)
    needs, offers = (says(own.c.id, "intent", intent) for intent in (NEED, OFFER))
    return _grouped(
        select(own.c.hour, labels.c.label.label("label"), *_counts(needs, offers)).join(
            labels, of_post(own, labels, kind)
        )
    )


def _named(*those: ColumnElement[bool]) -> Select[Any]:
    said = labels.alias("said")
    placed = exists().where(said.c.post == posts.c.id, said.c.kind == "place")
    city = or_(false(), *(posts.c.text.icontains(each, autoescape=True) for each in city_parts()))
    return _all(case((placed, PLACED), (city, CITY), else_=NOWHERE), _own, *those)


def _of_bezirke(*those: ColumnElement[bool]) -> Select[Any]:
    own = _own_posts(*those)
    said = (
        select(own.c.id, own.c.hour, case(bezirke(), value=labels.c.label).label("label"))
        .distinct()
        .join(labels, of_post(own, labels, "place"))
        .subquery()
    )
    needs, offers = (says(said.c.id, "intent", intent) for intent in (NEED, OFFER))
    query = select(said.c.hour, said.c.label, *_counts(needs, offers))
    return _grouped(query.where(said.c.label.is_not(None)))


def _wanted(*those: ColumnElement[bool]) -> Select[Any]:
    own = _own_posts(*those)
    intent, place = labels.alias("intent"), labels.alias("place")
    bezirk = func.coalesce(case(bezirke(), value=place.c.label), "")
    said = (
        select(
            own.c.id,
            own.c.hour,
            (labels.c.label + APART + bezirk).label("label"),
            intent.c.label.label("intent"),
        )
        .distinct()  # of several places of one Bezirk
        .select_from(own)
        .join(labels, of_post(own, labels, "topic"))
        .join(intent, of_post(own, intent, "intent"))
        .outerjoin(place, (place.c.post == own.c.id) & (place.c.kind == "place"))
        .where(intent.c.label.in_((NEED, OFFER)))
        .subquery()
    )
    needs, offers = (
        func.sum(case((said.c.intent == each, 1), else_=0)).label(name)
        for each, name in ((NEED, "needs"), (OFFER, "offers"))
    )
    return _grouped(select(said.c.hour, said.c.label, func.count().label("posts"), needs, offers))


def _called(*those: ColumnElement[bool]) -> Select[Any]:
    call = calls_of(*those).subquery()
    label: ColumnElement[str] = call.c.intent
    for name in ("answered", "urgent", "begins"):
        label = label + case((call.c[name].is_(True), APART + name), else_="")
    hour = type_coerce(call.c.at, BigInteger) // HOUR
    return _grouped(select(hour.label("hour"), label.label("label"), *_counts()))


def _own_posts(*those: ColumnElement[bool]) -> CTE:
    """Give the row numbers of own posts and their hours, before anything else is asked."""
    own = select(posts.c.id, _hour.label("hour")).where(_own, *those)
    return own.cte().prefix_with("MATERIALIZED")


def _counts(
    needs: ColumnElement[bool] | None = None, offers: ColumnElement[bool] | None = None
) -> list[ColumnElement[int]]:
    return [
        func.count().label("posts"),
        *(
            (literal(0) if each is None else func.sum(cast(each, Integer))).label(name)
            for each, name in ((needs, "needs"), (offers, "offers"))
        ),
    ]


def _grouped(query: Any) -> Select[Any]:
    hour, label, *_ = query.selected_columns
    grouped: Select[Any] = query.group_by(hour, label)
    return grouped
