"""Finds the group that `hhhilft detect --explain` asks for, in the store or in files."""

from collections.abc import Sequence

import pyarrow as pa
from sqlalchemy import Engine

from data.config import Config
from data.errors import MonitorError
from data.page_reads import stories
from data.story import Story
from monitor.detecting import find
from monitor.telling import story_of

LISTED = 5  # ids named where the beginning fits several


class ExplainError(MonitorError):
    """A group that is not there, or not named clearly."""


def stored_story(engine: Engine, start: str) -> Story:
    """Tell the story of the stored group whose id begins so."""
    with engine.connect() as connection:
        ids = stories.names_like(connection, start, LISTED + 1)
        name = _only(start, ids, "hhhilft review list --all")
        told = stories.story(connection, name)
    if told is None:
        raise LookupError(name)  # read in the same transaction
    return told


def found_story(posts: pa.Table, config: Config, start: str) -> Story:
    """Tell the story of the group in posts (POST_SCHEMA) whose id begins so."""
    found = {each.id: each for each in find(posts, config).clusters}
    ids = [each for each in sorted(found) if each.startswith(start)]
    return story_of(found[_only(start, ids, "hhhilft detect --posts FILE --json")], posts)


def _only(start: str, ids: Sequence[str], listing: str) -> str:
    if start in ids:
        return start
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise ExplainError(
            de=f"Eine Gruppe {start} gibt es nicht. Alle: {listing}",
            en=f"There is no group {start}. All: {listing}",
        )
    several = ", ".join(ids[:LISTED]) + (" …" if len(ids) > LISTED else "")
    raise ExplainError(
        de=f"Mit {start} beginnen mehrere Gruppen: {several}. Mehr Zeichen angeben.",
        en=f"Several groups begin with {start}: {several}. Give more characters.",
    )
