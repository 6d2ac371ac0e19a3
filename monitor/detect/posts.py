"""The table of posts that detection reads, and how to make it from records."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from data.records import Account, Post

_TIME = pa.timestamp("us", "UTC")
_TEXTS = pa.list_(pa.string())
POST_SCHEMA = pa.schema(
    [
        ("key", pa.string()),  # network:post id
        ("network", pa.string()),
        ("account", pa.string()),  # network:account id
        ("handle", pa.string()),
        ("name", pa.string()),
        ("bio", pa.string()),
        ("bot", pa.bool_()),  # says of itself that it is automated; null: unknown
        ("account_created", _TIME),
        ("followers", pa.int64()),
        ("following", pa.int64()),
        ("account_posts", pa.int64()),
        ("created_at", _TIME),
        ("time_known", pa.bool_()),  # False: created_at is when the post was first seen
        ("text", pa.string()),
        ("lang", pa.string()),
        ("reply_to", pa.string()),  # keys of posts, null where there is none
        ("repost_of", pa.string()),
        ("quote_of", pa.string()),
        ("links", _TEXTS),
        ("hashtags", _TEXTS),  # lower case, without #, in the order of the text
        ("mentions", _TEXTS),  # handles
        ("media", _TEXTS),  # addresses
        ("alts", _TEXTS),  # descriptions of the media that have one
    ]
)


def post_table(posts: Iterable[Post]) -> pa.Table:
    """Put posts into a table of POST_SCHEMA; the last one counts where a post comes twice.

    Ordered by time, then key, so that the same posts in another order give the same table.
    """
    last = {post.key: post for post in posts}
    rows = [
        _row(post) for post in sorted(last.values(), key=lambda post: (post.created_at, post.key))
    ]
    return pa.Table.from_pylist(rows, schema=POST_SCHEMA)


def _row(post: Post) -> dict[str, Any]:
    return {
        "key": post.key,
        "network": post.network,
        **_who(post.account),
        "created_at": post.created_at,
        "time_known": post.time_known,
        "text": post.text,
        "lang": post.lang,
        "reply_to": _key(post.network, post.reply_to),
        "repost_of": _key(post.network, post.repost_of),
        "quote_of": _key(post.network, post.quote_of),
        "links": post.links,
        "hashtags": post.hashtags,
        "mentions": post.mentions,
        "media": [each.url for each in post.media],
        "alts": [each.alt for each in post.media if each.alt],
    }


def _who(account: Account) -> dict[str, Any]:
    return {
        "account": account.key,
        "handle": account.handle,
        "name": account.name,
        "bio": account.bio,
        "bot": account.bot,
        "account_created": account.created_at,
        "followers": account.followers,
        "following": account.following,
        "account_posts": account.posts,
    }


def _key(network: str, native_id: str | None) -> str | None:
    return None if native_id is None else f"{network}:{native_id}"
