"""A post that hashtag search found. Pure.

Its id is the short code of its address, as in files of Instagram's website: what both saw is one
post, and who wrote it is known from there.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import NOBODY, Account, Post, read_time
from monitor.items.fields import count, hashtags_in, tags, whole_text

NETWORK = "instagram"
MAPPER = "instagram-1"
MEDIA = "media"  # kind of raw items
_CODE = re.compile(r"https://[\w.]+/(?:[\w.]+/)?(?:p|reel|tv)/([\w-]+)/?", re.ASCII)


def to_posts(_kind: str, _origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item: `{"tag": hashtag that found it, "media": the post as sent}`.

    The hashtag counts even where the caption lacks it: it may stand in the author's first comment.
    Raises RecordError for what is no post.
    """
    item = json.loads(body)
    media: Any = item["media"]
    if not isinstance(media, Mapping):
        raise RecordError("not_an_object", type(media).__name__)
    url = media.get("permalink")
    code = code_of(url)
    if code is None:
        raise RecordError("id_missing", f"permalink: {url}")
    text = whole_text(media.get("caption"))
    return [
        Post(
            network=NETWORK,
            id=code,
            created_at=read_time(media.get("timestamp"), fetched_at),
            account=Account(NETWORK, NOBODY),
            text=text,
            url=f"https://www.instagram.com/p/{code}/",
            hashtags=tags([*hashtags_in(text), item["tag"]]),
            likes=count(media.get("like_count")),
            replies=count(media.get("comments_count")),
            visibility="public",
        )
    ]


def code_of(url: object) -> str | None:
    """Return the short code in a post's address, None where there is none."""
    found = _CODE.match(url) if isinstance(url, str) else None
    return found[1] if found else None
