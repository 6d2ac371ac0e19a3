"""A tweet of X's search as posts. Pure."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import Post
from monitor.items.fields import at
from monitor.items.x_api import includes, posts_of_tweet
from monitor.sources.source import Gone, Told
from monitor.sources.x.ids import number_of

NETWORK = "x"
MAPPER = "x-1"
TWEET = "tweet"  # kind of raw items


def to_posts(_kind: str, _origin: str, body: str, fetched_at: datetime) -> list[Told]:
    """Translate one raw item: `{"tweet": as sent, "includes": what the page told of it}`.

    A retweet has no text of its own, so that nothing of a post is left elsewhere when it is
    deleted; its original, where it came along, is a post too. An edit is a new tweet at X: the
    version before it is gone. Raises RecordError for what is no tweet.
    """
    try:
        item = json.loads(body)
        tweet = item["tweet"]
        if not isinstance(tweet, Mapping):
            raise RecordError("not_an_object", type(tweet).__name__)
        posts = [_own(each) for each in posts_of_tweet(tweet, includes(item), fetched_at)]
        return [*posts, *(_before(tweet, fetched_at))]
    except (TypeError, AttributeError, KeyError, ValueError, RecursionError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error


def _own(post: Post) -> Post:
    return post if post.repost_of is None else replace(post, text="", links=(), media=())


def _before(tweet: Mapping[str, Any], at_: datetime) -> list[Gone]:
    versions = at(tweet, "edit_history_tweet_ids")
    own = number_of(tweet.get("id")) or 0
    return [
        Gone(each, at_)
        for each in (versions if isinstance(versions, list) else [])
        if (number := number_of(each)) is not None and number < own
    ]
