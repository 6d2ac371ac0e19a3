"""One round at one page: its newest posts with their comments, again for some days back.

Cursor besides those of the pause and the token: `high`, the last moment up to which all was read. A
round that breaks off begins anew from there; what it stored is known then.
"""

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from data.records import from_iso, iso
from data.writes import Cursor, RawItem
from monitor.items.fields import at, hashtags_in, word
from monitor.sources.facebook.mapping import COMMENT, NETWORK, POST, comment_id, page_of
from monitor.sources.graph.client import Graph, next_cursor
from monitor.sources.graph.rounds import one_round
from monitor.sources.raw_json import raw_json
from monitor.sources.source import Asking, Page
from monitor.watched import is_watched

PAGE, COMMENTS = 25, 50  # posts a request, and comments of each that come with it
_COMMENT_FIELDS = (
    "id,message,created_time,permalink_url,from{id,name},parent{id},is_hidden,like_count,"
    "comment_count"
)
_POST_FIELDS = (
    "id,message,created_time,updated_time,permalink_url,from{id,name},is_hidden,is_published,"
    "attachments{media_type,unshimmed_url},shares,reactions.limit(0).summary(total_count),"
    f"comments.limit({COMMENTS}).filter(stream).summary(true){{{_COMMENT_FIELDS}}}"
)


def collect(asking: Asking) -> Generator[Page, None, None]:
    """Yield a page's posts and comments; Refused where Meta does not deliver."""
    yield from one_round(asking, NETWORK, _round)


def _round(asking: Asking, graph: Graph) -> Iterator[Page]:
    since = _since(asking)
    listed = graph.pages(
        f"{page_of(asking.origin)}/posts",
        fields=_POST_FIELDS,
        since=int(since.timestamp()),
        limit=PAGE,
    )
    for posts in listed:
        yield from _read(asking, graph, posts)
    if graph.whole:
        yield Page(
            cursors=[Cursor("high", iso(asking.now))],
            read=(since, asking.now),
            complete_since=since,
        )
    else:
        yield Page(note=_TOO_LONG)


def _since(asking: Asking) -> datetime:
    here = asking.config.facebook
    high = asking.cursors.get("high")
    if not high:
        return asking.now - timedelta(days=here.first_days)
    return min(from_iso(high), asking.now - timedelta(days=here.reread_days))


def _read(asking: Asking, graph: Graph, posts: list[Any]) -> Iterator[Page]:
    """Yield the posts of one reply with the comments in it, then the comments that are left."""
    yield _page(asking, posts)
    for post in posts:
        listed, post_id = at(post, "comments"), word(at(post, "id"))
        after = next_cursor(listed)
        if after is None or post_id is None or not _is_shown(post):
            continue
        for comments in graph.pages(
            f"{post_id}/comments",
            fields=_COMMENT_FIELDS,
            filter="stream",
            limit=COMMENTS,
            after=after,
        ):
            yield _comments(asking, post, comments)


def _page(asking: Asking, posts: list[Any]) -> Page:
    shown = [each for each in posts if _is_shown(each)]
    comments = [_comments(asking, each, at(each, "comments", "data") or []) for each in shown]
    ids = [each for post in shown if (each := word(at(post, "id")))]
    return Page(
        items=[
            *(RawItem(POST, raw_json(_alone(each))) for each in shown if _is_kept(asking, each)),
            *(item for page in comments for item in page.items),
        ],
        fetched=len(posts) + sum(each.fetched for each in comments),
        seen=frozenset(ids).union(*(each.seen for each in comments)),
    )


def _comments(asking: Asking, post: Any, comments: Any) -> Page:
    """Take comments on a post: all if it is kept, else those that have the hashtag themselves."""
    found = comments if isinstance(comments, list) else [comments]
    shown = [each for each in found if _is_shown(each)]
    kept = [each for each in shown if _is_kept(asking, post) or _is_kept(asking, each)]
    page = page_of(asking.origin)
    ids = [each for comment in shown if (each := word(at(comment, "id")))]
    return Page(
        items=[
            RawItem(COMMENT, raw_json({"post": word(at(post, "id")), "comment": each}))
            for each in kept
        ],
        fetched=len(found),
        seen=frozenset(comment_id(page, each) for each in ids),
    )


def _is_kept(asking: Asking, item: Any) -> bool:
    """Say whether an item is of interest; one that is no post is, so that it is seen."""
    message = at(item, "message")
    return (
        page_of(asking.origin) in asking.config.facebook.whole_pages
        or not isinstance(item, Mapping)
        or (isinstance(message, str) and is_watched(hashtags_in(message), asking.config))
    )


def _is_shown(item: Any) -> bool:
    """Say whether the public sees it; a page can hide posts and comments."""
    return at(item, "is_hidden") is not True and at(item, "is_published") is not False


def _alone(post: Any) -> Any:
    """Return a post without its comments, which are items of their own; their number stays."""
    if not isinstance(post, Mapping) or not isinstance(post.get("comments"), Mapping):
        return post
    return {**post, "comments": {"summary": at(post, "comments", "summary")}}


_TOO_LONG = (
    "Die Seite hat mehr Beiträge, als eine Runde liest; der Zeitraum gilt als nicht gelesen.",
    "The page has more posts than a round reads; the time does not count as read.",
)
