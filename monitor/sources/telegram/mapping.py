"""A message of a channel's page as a post. Pure."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import (
    LONGEST_TEXT,
    Account,
    Media,
    Post,
    asks_for_no_bots,
    clean,
    read_id,
    read_time,
)
from monitor.sources.telegram.messages import read_message

NETWORK = "telegram"
MAPPER = "telegram-1"
MESSAGE = "message"  # kind of raw items
WEB = "https://t.me"


def to_posts(_kind: str, _origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item: `{"channel": what its page tells of it, "html": the message}`.

    A forwarded post is a repost with the original's text. An edit shows no time, so `edited_at`
    stays unknown and the newer sighting's text holds. Raises RecordError for what is no post.
    """
    try:
        item = json.loads(body)
        channel, html = item["channel"], item["html"]
        message = read_message(html)
    except (TypeError, KeyError, ValueError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error
    native_id = read_id(message.id, "data-post")
    text = clean(message.said.text)
    if len(text) > LONGEST_TEXT:
        raise RecordError("text_too_long", f"{len(text)} characters")
    links = (*message.said.links, *([message.preview] if message.preview else ()))
    return [
        Post(
            network=NETWORK,
            id=native_id,
            created_at=read_time(message.at.isoformat(), fetched_at),
            account=account_of(native_id.partition("/")[0], channel),
            text=text,
            url=f"{WEB}/{native_id}",
            reply_to=message.reply_to,
            repost_of=message.forwarded_from,
            links=tuple(dict.fromkeys(clean(each) for each in links)),
            hashtags=message.hashtags,
            mentions=message.mentions,
            media=tuple(Media(clean(each)) for each in message.pictures),
            visibility="public",
        )
    ]


def account_of(name: str, channel: Mapping[str, Any]) -> Account:
    """Make the account of a channel; its name is its id, as Telegram writes it in its posts."""
    bio = channel.get("description")
    return Account(
        network=NETWORK,
        id=read_id(name, "channel"),
        handle=name,
        name=channel.get("title"),
        followers=channel.get("members"),
        bio=bio,
        avatar=channel.get("photo"),
        url=f"{WEB}/{name}",
        no_bots=asks_for_no_bots(bio),
    )
