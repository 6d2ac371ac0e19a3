"""A page's post or a comment on it, as the Graph API sends them. Pure.

A comment's id begins with its page's, so that it is known whose token may ask for it. No time of an
edit is claimed: `updated_time` moves with every comment too.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from data.errors import RecordError
from data.records import NOBODY, Account, Post, read_id, read_time
from monitor.items.fields import at, count, hashtags_in, objects, whole_text, word, words

NETWORK = "facebook"
MAPPER = "facebook-1"
POST, COMMENT = "post", "comment"  # kinds of raw items


def to_posts(kind: str, origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item.

    - `post`: a post as sent, of its comments only the summary;
    - `comment`: `{"post": id of the post, "comment": comment as sent}`.

    Raises RecordError for what is no post.
    """
    item: Any = json.loads(body)
    page = page_of(origin)
    if kind == COMMENT:
        return [_comment(item["comment"], item["post"], page, fetched_at)]
    return [_post(item, page, fetched_at)]


def page_of(origin: str) -> str:
    """Return the number of the page at an origin."""
    return urlsplit(origin).path.strip("/")


def comment_id(page: str, graph_id: str) -> str:
    """Return the native id of a comment on something of this page."""
    return f"{page}/{graph_id}"


def _post(post: Any, page: str, fetched_at: datetime) -> Post:
    if not isinstance(post, Mapping):
        raise RecordError("not_an_object", type(post).__name__)
    text = whole_text(post.get("message"))
    name = word(at(post, "from", "name"))
    return Post(
        network=NETWORK,
        id=read_id(post.get("id"), "id"),
        created_at=read_time(post.get("created_time"), fetched_at),
        account=Account(NETWORK, page, name=name, url=f"https://www.facebook.com/{page}"),
        text=text,
        url=word(post.get("permalink_url")),
        links=_links(objects(at(post, "attachments", "data"))),
        hashtags=hashtags_in(text),
        likes=count(at(post, "reactions", "summary", "total_count")),
        reposts=count(at(post, "shares", "count")),
        replies=count(at(post, "comments", "summary", "total_count")),
        visibility="public",
    )


def _comment(comment: Any, post: str, page: str, fetched_at: datetime) -> Post:
    if not isinstance(comment, Mapping):
        raise RecordError("not_an_object", type(comment).__name__)
    text = whole_text(comment.get("message"))
    answered = word(at(comment, "parent", "id"))
    return Post(
        network=NETWORK,
        id=read_id(comment_id(page, read_id(comment.get("id"), "id")), "id"),
        created_at=read_time(comment.get("created_time"), fetched_at),
        account=_author(comment.get("from")),
        text=text,
        url=word(comment.get("permalink_url")),
        reply_to=comment_id(page, answered) if answered else post,
        hashtags=hashtags_in(text),
        likes=count(comment.get("like_count")),
        replies=count(comment.get("comment_count")),
        visibility="public",
    )


def _author(who: Any) -> Account:
    """Read who commented; without pages_read_user_content, or for some people, it is not told."""
    told = word(at(who, "id"))
    if told is None:
        return Account(NETWORK, NOBODY)
    return Account(NETWORK, read_id(told, "from.id"), name=word(at(who, "name")))


def _links(attachments: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the pages that are linked, without Facebook's own address around them."""
    return words(
        each.get("unshimmed_url") for each in attachments if each.get("media_type") == "link"
    )
