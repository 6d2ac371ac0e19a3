"""Zeeschuimer's NDJSON: what a browser received from X, Instagram or TikTok.

Items of its other platforms are told as of an unknown network.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from data.errors import RecordError
from data.records import Post
from monitor.items import instagram_web, tiktok_web, x_web
from monitor.sources.files.formats import Json

PLATFORMS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Post]]] = {
    "twitter.com": x_web.posts,
    "x.com": x_web.posts,
    "instagram.com": instagram_web.posts,
    "tiktok.com": tiktok_web.posts,
}


def posts_of(platform: str, data: Any) -> Iterator[Post]:
    """Translate the item that a platform's website received."""
    if platform not in PLATFORMS:
        raise RecordError("network_unknown", platform)
    if not isinstance(data, Mapping):
        raise RecordError("not_an_object", "data")
    yield from PLATFORMS[platform](data)


def _recognises(item: Mapping[str, Any]) -> bool:
    return "source_platform" in item and "data" in item


def _posts(item: Mapping[str, Any]) -> Iterator[Post]:
    return posts_of(str(item["source_platform"]), item["data"])


FORMAT = Json(_recognises, _posts)
