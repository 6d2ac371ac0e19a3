"""What the tagger found in posts; a new finding replaces the old one whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from data.among import among
from data.engine import hold
from data.tables import corrections, labels, posts, tags
from data.writes.chunks import chunks


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A topic, intent or place in a post, with the words it was found by."""

    kind: str  # topic, intent, place
    label: str
    score: float
    evidence: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TagRow:
    """All that was found in one post (`post` is its row number).

    `text` is what was looked at: if the post says something else by now, the finding is dropped and
    the post waits to be tagged again. None skips that check.
    """

    post: int
    lang: str
    urgent: bool
    urgent_score: float
    urgent_evidence: Sequence[str] = ()
    labels: Sequence[LabelRow] = ()
    text: str | None = None


def write_tags(connection: Connection, rows: Sequence[TagRow], tagger: str, at: datetime) -> None:
    """Replace tags and labels of these posts; those deleted or edited meanwhile stay without.

    What a person has said about a post stays: its row is left out.
    """
    hold(connection)
    for part in chunks(rows):
        found = {row.post: row for row in part}
        for post in connection.scalars(
            select(corrections.c.post).where(
                among(connection, corrections.c.post, found), corrections.c.released_at.is_(None)
            )
        ):
            found.pop(post, None)
        alive = [
            post
            for post, text in connection.execute(
                select(posts.c.id, posts.c.text).where(
                    among(connection, posts.c.id, found), posts.c.deleted_at.is_(None)
                )
            )
            if found[post].text in (None, text)
        ]
        for table in (labels, tags):
            connection.execute(delete(table).where(among(connection, table.c.post, found)))
        tagged = [_tag(found[post], tagger, at) for post in alive]
        if tagged:
            connection.execute(insert(tags), tagged)
        labelled = [label for post in alive for label in _labels(found[post])]
        if labelled:
            connection.execute(insert(labels), labelled)


def _tag(row: TagRow, tagger: str, at: datetime) -> dict[str, object]:
    return {
        "post": row.post,
        "lang": row.lang,
        "urgent": row.urgent,
        "urgent_score": row.urgent_score,
        "urgent_evidence": list(row.urgent_evidence),
        "tagger": tagger,
        "tagged_at": at,
    }


def _labels(row: TagRow) -> list[dict[str, object]]:
    best: dict[tuple[str, str], LabelRow] = {}
    for each in row.labels:
        key = (each.kind, each.label)
        if key not in best or best[key].score < each.score:
            best[key] = each
    return [
        {
            "post": row.post,
            "kind": each.kind,
            "label": each.label,
            "score": each.score,
            "evidence": list(each.evidence),
        }
        for each in best.values()
    ]
