"""Makes the table of posts that detection reads from records."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from data.post_schema import POST_SCHEMA
from data.records import Account, Post


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
