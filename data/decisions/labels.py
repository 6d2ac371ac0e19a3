"""The labels of one post: read as they stand, and written as a person says."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from data.labelling import Finding, Labelling, Sign
from data.tables import labels, tags

BY_PEOPLE = "people"  # in place of the tagger's version


def tagged(connection: Connection, post: int) -> Finding | None:
    """Return the labels that the store has for a post, None where it is not tagged."""
    tag = connection.execute(select(tags).where(tags.c.post == post)).first()
    if tag is None:
        return None
    rows = connection.execute(
        select(labels)
        .where(labels.c.post == post)
        .order_by(labels.c.kind, labels.c.score.desc(), labels.c.label)
    )
    return Finding(
        tagger=tag.tagger,
        lang=tag.lang,
        urgent=tag.urgent,
        urgent_score=tag.urgent_score,
        urgent_evidence=tuple(tag.urgent_evidence),
        signs=tuple(Sign(row.kind, row.label, row.score, tuple(row.evidence)) for row in rows),
    )


def label(
    connection: Connection, post: int, said: Labelling, found: Finding | None, at: datetime
) -> None:
    """Put a person's labels where every page reads them; words that the tagger named stay."""
    for table in (labels, tags):
        connection.execute(delete(table).where(table.c.post == post))
    same = found is not None and found.urgent == said.urgent
    connection.execute(
        insert(tags).values(
            post=post,
            lang=said.lang,
            urgent=said.urgent,
            urgent_score=float(said.urgent),
            urgent_evidence=list(found.urgent_evidence) if found is not None and same else [],
            tagger=BY_PEOPLE,
            tagged_at=at,
        )
    )
    named = {(each.kind, each.label): list(each.evidence) for each in found.signs} if found else {}
    rows = [
        {
            "post": post,
            "kind": kind,
            "label": label,
            "score": 1.0,
            "evidence": named.get((kind, label), []),
        }
        for kind, label in _labels(said)
    ]
    if rows:
        connection.execute(insert(labels), rows)


def _labels(said: Labelling) -> Iterable[tuple[str, str]]:
    yield from (("topic", each) for each in said.topics)
    yield from (("intent", each) for each in said.intents)
    yield from (("place", each) for each in said.places)
