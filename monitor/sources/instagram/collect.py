"""One round of hashtag search: each hashtag once, all that its last 24 hours hold.

The list is in no order and its cursor means nothing later, so that a round that breaks off begins
anew; what it stored is known then. Cursors besides those of the count (thirty), the pause and the
token: `id <hashtag>`, the number that Instagram has for it, for good.
"""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.formats import moment
from data.writes import Cursor, RawItem
from monitor.items.fields import at, objects, word
from monitor.sources.graph.client import Graph
from monitor.sources.graph.refusals import NO_HASHTAG, GraphError
from monitor.sources.graph.rounds import one_round
from monitor.sources.instagram.mapping import MEDIA, NETWORK, code_of
from monitor.sources.instagram.thirty import MOST, Thirty
from monitor.sources.raw_json import raw_json
from monitor.sources.refused import Refused
from monitor.sources.source import Asking, Page

REACH = timedelta(hours=24)
PAGE = 50  # posts a request; the API's limit
# not media_url: it ends after some days and is another one each time
FIELDS = (
    "id,caption,media_type,permalink,timestamp,like_count,comments_count,children{id,media_type}"
)


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield what the hashtags of the settings hold; Refused where Meta does not deliver."""
    yield from one_round(asking, NETWORK, _round)


def _round(asking: Asking, graph: Graph) -> Iterator[Page]:
    thirty = Thirty(asking.cursors, asking.now)
    if thirty.put_right:
        yield Page(cursors=thirty.put_right)
    tags = list(dict.fromkeys(tag.lower() for tag in asking.config.watch.hashtags))
    left = []
    for tag in sorted(tags, key=lambda each: not thirty.counts(each)):
        if not thirty.counts(tag):
            if thirty.is_full():
                left.append(tag)
                continue
            yield Page(cursors=[thirty.take(tag)])
        yield from _read(asking, graph, tag)
    if left:
        raise _too_many(left, thirty.next_free(), asking)
    if graph.whole:
        yield Page(read=(asking.now - REACH, asking.now))
    else:
        yield Page(note=_TOO_LONG)


def _read(asking: Asking, graph: Graph, tag: str) -> Iterator[Page]:
    user = asking.config.instagram.user
    known = asking.cursors.get(f"id {tag}")
    try:
        number = known or _number(graph, user, tag)
    except GraphError as error:
        if (error.code, error.subcode) != NO_HASHTAG:
            raise
        yield Page(note=_unused(tag))
        return
    if not known:
        yield Page(cursors=[Cursor(f"id {tag}", number)])
    for media in graph.pages(f"{number}/recent_media", user_id=user, fields=FIELDS, limit=PAGE):
        codes = (code_of(at(each, "permalink")) for each in media)
        yield Page(
            items=[RawItem(MEDIA, raw_json({"tag": tag, "media": each})) for each in media],
            fetched=len(media),
            seen=frozenset(code for code in codes if code),
        )


def _number(graph: Graph, user: str, tag: str) -> str:
    found: Any = graph.get("ig_hashtag_search", user_id=user, q=tag)
    numbers = [word(each.get("id")) for each in objects(found.get("data"))]
    if not numbers or numbers[0] is None or not numbers[0].isdecimal():
        raise Refused(
            "garbled",
            de="Die Antwort der Hashtag-Suche nennt keine Nummer. Es wird wieder versucht.",
            en="The reply of the hashtag search names no number. It is tried again.",
            said=raw_json(found)[:160],
        )
    return numbers[0]


def _too_many(left: list[str], free: datetime, asking: Asking) -> Refused:
    zone = ZoneInfo(asking.config.watch.timezone)
    named = ", ".join(f"#{tag}" for tag in left)
    return Refused(
        "quota",
        de=f"Nicht gesucht: {named}. Meta erlaubt {MOST} Hashtags in sieben Tagen; der nächste ist "
        f"frei am {moment(free, 'de', zone)}. Die übrigen sind gelesen.",
        en=f"Not searched for: {named}. Meta allows {MOST} hashtags in seven days; the next is "
        f"free on {moment(free, 'en', zone)}. The others are read.",
    )


def _unused(tag: str) -> tuple[str, str]:
    return (
        f"#{tag} hat auf Instagram noch niemand benutzt.",
        f"Nobody has used #{tag} on Instagram yet.",
    )


_TOO_LONG = (
    "Ein Hashtag hat mehr Beiträge, als eine Runde liest; der Zeitraum gilt als nicht gelesen.",
    "A hashtag has more posts than a round reads; the time does not count as read.",
)
