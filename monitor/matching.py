"""Matching between its pure parts and the world: the store's rows, and files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from data.errors import SourceError
from data.match_words import sentence
from data.matching_reads import Labelled, posts_to_match
from data.places import read_places
from data.records import Post, author_key, iso
from data.writes import MatchRow, finish_run, start_run, write_matches
from monitor.reading import Refusals
from nlp import meaning, wishes
from nlp.answers import answers
from nlp.matching import Match
from nlp.sides import NEED, OFFER
from nlp.tagged import Found, FoundPlace, Tagged
from nlp.wishes import LIFETIME, Reader, Told, Wish

if TYPE_CHECKING:
    from nlp.pipeline import Tagger


def match_store(engine: Engine, now: datetime) -> dict[str, int]:
    """Match what was sought and offered in the last weeks; write it and count it."""
    memory = _memory()
    with engine.connect() as connection:
        labelled = list(posts_to_match(connection, now - LIFETIME))
    fresh = {each: memory.get(each) or _told(each) for each in labelled}
    memory.clear()
    memory.update(fresh)
    told = list(fresh.values())
    found = answers(told, now)
    rows = [
        MatchRow(int(each.need), int(each.offer), each.item, each.score, each.reasons)
        for each in found
    ]
    with engine.begin() as connection:
        run = start_run(connection, "match", None, None, now)
        counts = counted(told, found) | {"matches": write_matches(connection, rows)}
        finish_run(connection, run, "ok", now, counts=counts)
    return counts


def read_told(paths: Sequence[Path], tagger: "Tagger", refusals: Refusals) -> list[Told]:
    """Read what the posts of files tell. Raises SourceError where no post is readable."""
    from data.quarantine import Rejected
    from monitor.sources.files import read_posts

    posts: list[Post] = []
    for path in paths:
        for each in read_posts(path):
            if isinstance(each, Rejected):
                refusals(path, each)
            elif each.repost_of is None:
                posts.append(each)
    if not posts:
        names = ", ".join(map(str, paths))
        raise SourceError(
            de=f"{names}: kein Beitrag war lesbar. Jede Zeile braucht network, id, created_at, "
            "text und account.id.",
            en=f"{names}: no post could be read. Each line needs network, id, created_at, text "
            "and account.id.",
        )
    return list(_of_posts(posts, tagger))


def counted(told: Iterable[Told], found: Sequence[Match]) -> dict[str, int]:
    """Count posts that seek, posts that offer, and needs with at least one match."""
    sides: dict[str, set[str]] = {
        NEED: {each.need for each in found},
        OFFER: {each.offer for each in found},
    }
    for each in told:
        for wish in each.wishes:
            sides.setdefault(wish.side, set()).add(wish.post)
    return {
        "needs": len(sides[NEED]),
        "offers": len(sides[OFFER]),
        "answered": len({each.need for each in found}),
    }


def as_document(found: Match, lang: str) -> dict[str, Any]:
    """Give a match as the JSON object of `hhhilft match --json`."""
    return {
        "need": found.need,
        "offer": found.offer,
        "item": found.item,
        "score": found.score,
        "reasons": [{**each, "text": sentence(each, lang)} for each in found.reasons],
    }


def _of_posts(posts: Sequence[Post], tagger: "Tagger") -> Iterator[Told]:
    reader = _reader()
    for post, tagged in zip(posts, tagger.tag(post.text for post in posts), strict=True):
        account = author_key(post.network, post.account.id, post.id)
        is_reply = post.reply_to is not None
        yield reader.told(
            wishes.Post(post.key, account, post.created_at, post.text, tagged, is_reply)
        )


def _told(post: Labelled) -> Told:
    tagged = _as_tagged(post)
    return _reader().told(
        wishes.Post(
            str(post.post),
            post.account,
            post.at,
            post.text,
            tagged,
            is_reply=post.is_reply,
            by_people=post.by_people,
        )
    )


def _as_tagged(post: Labelled) -> Tagged:
    kinds: dict[str, list[Found]] = {"topic": [], "intent": [], "place": []}
    for kind, label, score, evidence in post.labels:
        kinds.setdefault(kind, []).append(Found(label, score, evidence))
    places = [
        FoundPlace(each.label, _bezirke().get(each.label, each.label), "".join(each.evidence[:1]))
        for each in kinds["place"]
    ]
    return Tagged(post.lang, kinds["topic"], kinds["intent"], False, 0.0, (), places)


@cache
def _reader() -> Reader:
    return Reader(meaning.load())


@cache
def _memory() -> dict[Labelled, Told]:
    """Give what posts told at the last matching of this process; most tell the same at the next."""
    return {}


@cache
def _bezirke() -> Mapping[str, str]:
    return {place.name: place.bezirk for place in read_places()}


def newest(told: Iterable[Told]) -> datetime:
    """Give the time of the newest post, by which a file of another year is judged."""
    return max(each.whole.at for each in told)


def line(wish: Wish) -> dict[str, Any]:
    """Give a need or an offer as the JSON object of `hhhilft match --wishes --json`."""
    return {
        "id": wish.post,
        "side": wish.side,
        "item": wish.item.key,
        "words": wish.words,
        "places": list(wish.places),
        "until": iso(wish.when.ends) if wish.when.ends else None,
    }
