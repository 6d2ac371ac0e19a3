"""Which posts count: those that are there, and of a post and its bridged copies only the post."""

from sqlalchemy import ColumnElement, and_

from data.tables import posts


def counted() -> ColumnElement[bool]:
    """Make the condition that a post is not deleted and no copy of another that is stored."""
    return and_(posts.c.deleted_at.is_(None), posts.c.copy_of.is_(None))
