"""Posts and accounts in the store's own form: plain tuples, which processes can hand to each other.

Times are microseconds since 1970, lists are JSON, None is unknown. Objects cost ten times as much
to hand over, and would become tuples in the end.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from data.records import Account, Post

AccountRow = tuple[Any, ...]  # the values of ACCOUNT
PostRow = tuple[Any, ...]  # the values of POST

ACCOUNT = (
    "network",
    "native_id",
    "handle",
    "name",
    "url",
    "bio",
    "created_at",
    "followers",
    "following",
    "posts",
    "bot",
    "avatar",
    "noindex",
    "indexable",
    "discoverable",
)
POST = (
    "network",
    "native_id",
    "account",  # an AccountRow
    "created_at",
    "time_known",
    "text",
    "url",
    "lang",
    "reply_to",
    "repost_of",
    "quote_of",
    "links",
    "hashtags",
    "mentions",
    "media",
    "likes",
    "reposts",
    "replies",
    "visibility",
    "same_as",
    "edited_at",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Count the microseconds from 1970 to a time with a zone, as the store keeps it."""
    return (at - _EPOCH) // _MICROSECOND


def time_of(at: int) -> datetime:
    """Turn the store's microseconds into a time in UTC."""
    return _EPOCH + timedelta(microseconds=at)


def post_rows(posts: Sequence[Post]) -> list[PostRow]:
    """Give the rows of posts; those of one Account object share its row."""
    seen = {id(account): account for account in (post.account for post in posts)}
    accounts = {key: account_row(account) for key, account in seen.items()}
    return [_post_row(post, accounts[id(post.account)]) for post in posts]


def account_row(account: Account) -> AccountRow:
    """Give the row of an account."""
    return (
        account.network,
        account.id,
        account.handle,
        account.name,
        account.url,
        account.bio,
        _time(account.created_at),
        account.followers,
        account.following,
        account.posts,
        account.bot,
        account.avatar,
        account.noindex,
        account.indexable,
        account.discoverable,
    )


def _post_row(post: Post, account: AccountRow) -> PostRow:
    return (
        post.network,
        post.id,
        account,
        microseconds(post.created_at),
        post.time_known,
        post.text,
        post.url,
        post.lang,
        post.reply_to,
        post.repost_of,
        post.quote_of,
        _json(post.links),
        _json(post.hashtags),
        _json(post.mentions),
        _json([{"url": each.url, "alt": each.alt} for each in post.media]),
        post.likes,
        post.reposts,
        post.replies,
        post.visibility,
        post.same_as,
        _time(post.edited_at),
    )


def _time(at: datetime | None) -> int | None:
    return None if at is None else microseconds(at)


def _json(values: Sequence[Any]) -> str:
    return orjson.dumps(values).decode() if values else "[]"
