"""Bridged copies: a post that says by `same_as` that it is another one is tied to that one.

Whichever comes first; a copy whose original is not stored stands for itself. Bluesky's posts have
more than one address: with the handle, with the DID, and the one of the record.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from sqlalchemy import Connection, or_, select, update

from data.addresses import BLUESKY, addresses
from data.among import among
from data.records import Post
from data.tables import accounts, posts

_DRIFT = timedelta(days=1)  # between the times of a post and its copy


def tie_copies(connection: Connection, seen: Sequence[Post]) -> None:
    """Tie the copies among `seen`, which are stored, to their originals, and copies of `seen`."""
    copies = [post for post in seen if post.same_as]
    if copies:
        _tie(connection, _untied(connection, {str(post.same_as) for post in copies}), copies)
    if connection.scalar(
        select(posts.c.id).where(posts.c.same_as.is_not(None), posts.c.copy_of.is_(None)).limit(1)
    ):
        others = [post for post in seen if not post.same_as]
        waiting = _untied(connection, {each for post in others for each in addresses(post)})
        if waiting:
            _tie(connection, waiting, others)


def _untied(connection: Connection, same_as: Collection[str]) -> dict[str, list[int]]:
    """Return the copies, by what they are copies of, that are not tied to anything."""
    found: dict[str, list[int]] = defaultdict(list)
    query = select(posts.c.same_as, posts.c.id).where(
        posts.c.same_as.is_not(None),
        among(connection, posts.c.same_as, same_as),
        posts.c.copy_of.is_(None),
        posts.c.deleted_at.is_(None),
    )
    for address, copy in connection.execute(query):
        found[address].append(copy)
    return found


def _tie(connection: Connection, copies: dict[str, list[int]], near: Sequence[Post]) -> None:
    """Look for the originals among the posts of the time of `near`."""
    handles = _handles(connection, copies)
    named = {name: address for address in copies for name in _names(address, handles)}
    query = select(posts.c.id, posts.c.url, posts.c.native_id, posts.c.created_at).where(
        posts.c.created_at >= min(post.created_at for post in near) - _DRIFT,
        posts.c.created_at <= max(post.created_at for post in near) + _DRIFT,
        posts.c.same_as.is_(None),
        or_(among(connection, posts.c.url, named), among(connection, posts.c.native_id, named)),
    )
    for original, url, native_id, at in connection.execute(query).all():
        connection.execute(
            update(posts)
            .where(
                posts.c.id.in_(copies[named.get(native_id) or named[url]]),
                posts.c.created_at.between(at - _DRIFT, at + _DRIFT),
            )
            .values(copy_of=original)
        )


def _names(address: str, handles: dict[str, str]) -> Iterable[str]:
    """Name what a copy is a copy of in all ways by which the store may have it."""
    yield address
    found = BLUESKY.match(address)
    if found:
        who = found[1] or found[2]
        yield f"at://{handles.get(who, who)}/app.bsky.feed.post/{found[3]}"


def _handles(connection: Connection, named: Iterable[str]) -> dict[str, str]:
    """Return the DIDs of the Bluesky handles in the addresses, as far as they are stored."""
    found = (BLUESKY.match(each) for each in named)
    names = {each[1] for each in found if each and each[1] and not each[1].startswith("did:")}
    if not names:
        return {}
    query = select(accounts.c.handle, accounts.c.native_id).where(
        accounts.c.network == "bluesky", among(connection, accounts.c.handle, names)
    )
    return dict(connection.execute(query).all())
