"""X's API v2 as twarc2 writes it: a page of the API a line, or `twarc2 flatten`'s tweet a line."""

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.items import x_api
from monitor.sources.files.formats import Found, Json


def _recognises(item: Mapping[str, Any]) -> bool:
    data = item.get("data")
    first: Any = data[0] if isinstance(data, list) and data else data
    if "__twarc" in item or ("includes" in item and "data" in item):
        return True
    return any(
        isinstance(each, Mapping)
        and "author_id" in each
        and "text" in each
        and "author_user" not in each
        for each in (item, first)
    )


def _posts(item: Mapping[str, Any]) -> Iterator[Found]:
    if "data" in item or "author_id" not in item:
        yield from x_api.posts_of_page(item)
    else:
        yield from x_api.posts_of_tweet(item)


FORMAT = Json(_recognises, _posts)
