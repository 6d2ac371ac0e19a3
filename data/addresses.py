"""By which addresses a post may be named; Bluesky's have one with the handle, one with the DID."""

import re
from collections.abc import Iterator

BLUESKY = re.compile(r"(?:https://bsky\.app/profile/([^/]+)/post|at://([^/]+)/[\w.]+)/([^/]+)\Z")


def addresses(
    network: str, native_id: str, url: str | None, account: str, handle: str | None
) -> Iterator[str]:
    """Name a post in all ways by which a copy of it may (`same_as`); an address may come twice.

    `account` is the native id of its author.
    """
    yield native_id
    if url:
        yield url
    if network == "bluesky" and (found := BLUESKY.match(native_id)):
        for who in (account, handle):
            yield f"https://bsky.app/profile/{who}/post/{found[3]}"
