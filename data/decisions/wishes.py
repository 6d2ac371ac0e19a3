"""Wishes: what a person on a page asks the worker to do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from data.engine import PEOPLE, hold
from data.tables import wishes

WISHES = ("load_sample", "collect_now")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for and the worker has not done yet."""

    id: int
    at: datetime
    who: str
    wish: str


def wish(connection: Connection, who: str, wish: str, at: datetime) -> int:
    """Ask the worker for something and return the wish's number; an open one is not asked twice."""
    if wish not in WISHES:
        raise ValueError(f"{wish} is not a wish")
    hold(connection, PEOPLE)
    for each in open_wishes(connection):
        if each.wish == wish:
            return each.id
    new = insert(wishes).values(at=at, who=who, wish=wish).returning(wishes.c.id)
    number: int = connection.execute(new).scalar_one()
    return number


def open_wishes(connection: Connection) -> list[Wish]:
    """Return what is still to be done, oldest first."""
    query = (
        select(wishes.c.id, wishes.c.at, wishes.c.who, wishes.c.wish)
        .where(wishes.c.done_at.is_(None))
        .order_by(wishes.c.id)
    )
    return [Wish(*row) for row in connection.execute(query)]


def fulfil(connection: Connection, id: int, outcome: str, at: datetime) -> None:  # noqa: A002
    """Note that a wish was carried out, or why it could not be."""
    connection.execute(update(wishes).where(wishes.c.id == id).values(done_at=at, outcome=outcome))
