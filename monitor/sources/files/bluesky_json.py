"""Bluesky's JSON: replies of searchPosts, getAuthorFeed, getPostThread, and single records."""

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.items import bluesky
from monitor.items.fields import at
from monitor.sources.files.formats import Found, Json


def _recognises(item: Mapping[str, Any]) -> bool:
    if str(item.get("uri", "")).startswith("at://"):  # a view, or a record (its content in `value`)
        return "record" in item or "value" in item
    post = at(item, "post") or at(item, "thread", "post")  # an entry of a feed, a thread
    return str(at(post, "uri")).startswith("at://")


def _posts(item: Mapping[str, Any]) -> Iterator[Found]:
    if "thread" in item:
        yield from bluesky.posts_of_thread(item["thread"])
    elif "post" in item:
        yield from bluesky.posts_of_feed(item)
    elif "record" in item:
        yield bluesky.post_of_view(item)
    else:
        yield _of_record(item)


def _of_record(item: Mapping[str, Any]) -> Found:
    uri = str(item.get("uri"))
    did = uri.removeprefix("at://").split("/")[0]
    return bluesky.post_of_record(uri, bluesky.account_of_record(did, None), item.get("value"))


FORMAT = Json(_recognises, _posts)
