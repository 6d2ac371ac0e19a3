"""By which addresses a post may be named; Bluesky's have one with the handle, one with the DID."""

import re
from collections.abc import Iterator

from data.records import Post

BLUESKY = re.compile(r"(?:https://bsky\.app/profile/([^/]+)/post|at://([^/]+)/[\w.]+)/([^/]+)\Z")


def addresses(post: Post) -> Iterator[str]:
    """Name a post in all ways by which a copy of it may (`same_as`); an address may come twice."""
    yield post.id
    if post.url:
        yield post.url
    if post.network == "bluesky" and (found := BLUESKY.match(post.id)):
        for who in (post.account.id, post.account.handle):
            yield f"https://bsky.app/profile/{who}/post/{found[3]}"
