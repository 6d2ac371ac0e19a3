"""A pin as API v5 sends it. Pure."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import NOBODY, Account, Media, Post, read_id, read_time
from monitor.items.fields import at, first, hashtags_in, reference, whole_text, word, words

NETWORK = "pinterest"
MAPPER = "pinterest-1"
PIN = "pin"  # kind of raw items
_SIZES = ("1200x", "600x", "400x300", "150x150")  # of pictures, the largest first


def to_posts(_kind: str, _origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item: `{"owner": name of the board's owner, "pin": the pin as sent}`.

    A pin that was saved from another one quotes it: it has a place, and often words, of its own.
    Raises RecordError for what is no pin.
    """
    item: Any = json.loads(body)
    pin: Any = item["pin"]
    if not isinstance(pin, Mapping):
        raise RecordError("not_an_object", type(pin).__name__)
    native_id = read_id(pin.get("id"), "id")
    text = words_of(pin)
    return [
        Post(
            network=NETWORK,
            id=native_id,
            created_at=read_time(pin.get("created_at"), fetched_at),
            account=_author(pin, item["owner"]),
            text=text,
            url=f"https://www.pinterest.com/pin/{native_id}/",
            quote_of=reference(pin.get("parent_pin_id")),
            links=words([pin.get("link")]),
            hashtags=hashtags_in(text),
            media=_media(pin),
            visibility="public",
        )
    ]


def words_of(pin: Any) -> str:
    """Return a pin's title and description; RecordError where they are too long."""
    said = words([at(pin, "title"), at(pin, "description")])
    return whole_text("\n\n".join(said))


def _author(pin: Mapping[str, Any], owner: Any) -> Account:
    """Name the board's owner; others may pin on a board that is shared, and are not told."""
    name = word(owner)
    if name is None or pin.get("is_owner") is False:
        return Account(NETWORK, NOBODY)
    return Account(
        NETWORK, read_id(name, "owner"), handle=name, url=f"https://www.pinterest.com/{name}/"
    )


def _media(pin: Mapping[str, Any]) -> tuple[Media, ...]:
    sizes = [word(at(pin, "media", "images", size, "url")) for size in _SIZES]
    url = first([*sizes, word(at(pin, "media", "cover_image_url"))])
    return (Media(url, word(pin.get("alt_text"))),) if url else ()
