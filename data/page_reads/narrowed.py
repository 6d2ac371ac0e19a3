"""What posts a page is narrowed to, as conditions of any query over posts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists

from data.tables import labels, posts, tags

_TAGGED = tags.alias("tagged")  # by a name of its own: queries join `tags` themselves
_POST: ColumnElement[int] = posts.c.id


@dataclass(frozen=True, slots=True)
class Narrowing:
    """From `start` up to before `end`, and of which label; None, () and False stand for all.

    `places` are names of which a post has to say one.
    """

    start: datetime | None = None
    end: datetime | None = None
    network: str | None = None
    topic: str | None = None
    intent: str | None = None
    places: tuple[str, ...] = ()
    lang: str | None = None
    urgent: bool = False


def narrowed(to: Narrowing) -> list[ColumnElement[bool]]:
    """Make the conditions, times included; none where everything is meant."""
    found: list[ColumnElement[bool]] = []
    if to.start is not None:
        found.append(posts.c.created_at >= to.start)
    if to.end is not None:
        found.append(posts.c.created_at < to.end)
    return found + apart_from_time(to)


def apart_from_time(to: Narrowing, post: ColumnElement[int] = _POST) -> list[ColumnElement[bool]]:
    """Make the conditions but those of time, for a page that has times of its own.

    `post`: the number of the post, where a query knows it and does not read the post.
    """
    found: list[ColumnElement[bool]] = []
    if to.network is not None:
        of = posts.c.network == to.network
        found.append(of if post is _POST else exists().where(post == _POST, of))
    if to.topic is not None:
        found.append(_is_labelled(post, "topic", (to.topic,)))
    if to.intent is not None:
        found.append(_is_labelled(post, "intent", (to.intent,)))
    if to.places:
        found.append(_is_labelled(post, "place", to.places))
    if to.lang is not None:
        found.append(_is_tagged(post, _TAGGED.c.lang == to.lang))
    if to.urgent:
        found.append(_is_tagged(post, _TAGGED.c.urgent.is_(True)))
    return found


def _is_tagged(post: ColumnElement[int], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_TAGGED.c.post == post, condition)


def _is_labelled(
    post: ColumnElement[int], kind: str, names: Collection[str]
) -> ColumnElement[bool]:
    said = labels.alias("said")
    return exists().where(said.c.post == post, said.c.kind == kind, said.c.label.in_(names))
