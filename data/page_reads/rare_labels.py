"""The posts of a label that few posts have: from these a search finds the rest at once."""

from collections.abc import Sequence

from sqlalchemy import Connection, Select, Subquery, func, select

from data.page_reads.narrowed import Narrowing
from data.tables import labels

RARE = 5_000  # posts that are read one by one without anybody waiting


def rare_label(connection: Connection, to: Narrowing) -> Subquery | None:
    """Give the posts (column `post`) of the rarest label asked for; None where none is rare."""
    asked = [
        *([("topic", (to.topic,))] if to.topic else []),
        *([("intent", (to.intent,))] if to.intent else []),
        *([("place", to.places)] if to.places else []),
    ]
    counted = [(_count(connection, *each), each) for each in asked]
    if not counted or min(counted)[0] > RARE:
        return None
    kind, names = min(counted)[1]
    return _posts(kind, names).distinct().subquery()


def _count(connection: Connection, kind: str, names: Sequence[str]) -> int:
    some = _posts(kind, names).limit(RARE + 1).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _posts(kind: str, names: Sequence[str]) -> Select[int]:
    return select(labels.c.post).where(labels.c.kind == kind, labels.c.label.in_(names))
