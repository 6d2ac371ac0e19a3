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
from data.rows import ACCOUNT, POST, PostRow, time_of
from data.tables import accounts, posts

_CREATED_AT, _URL, _SAME_AS = map(POST.index, ("created_at", "url", "same_as"))
_HANDLE = ACCOUNT.index("handle")
_DRIFT = timedelta(days=1)  # between the times of a post and its copy


def tie_copies(connection: Connection, seen: Sequence[PostRow]) -> None:
    """Tie the copies among `seen`, which are stored, to their originals, and copies of `seen`."""
    copies = [row for row in seen if row[_SAME_AS]]
    if copies:
        _tie(connection, _untied(connection, {row[_SAME_AS] for row in copies}), copies)
    if connection.scalar(
        select(posts.c.id).where(posts.c.same_as.is_not(None), posts.c.copy_of.is_(None)).limit(1)
    ):
        others = [row for row in seen if not row[_SAME_AS]]
        waiting = _untied(connection, {each for row in others for each in _addresses(row)})
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


def _tie(connection: Connection, copies: dict[str, list[int]], near: Sequence[PostRow]) -> None:
    """Look for the originals among the posts of the time of `near`."""
    handles = _handles(connection, copies)
    named = {name: address for address in copies for name in _names(address, handles)}
    query = select(posts.c.id, posts.c.url, posts.c.native_id, posts.c.created_at).where(
        posts.c.created_at >= time_of(min(row[_CREATED_AT] for row in near)) - _DRIFT,
        posts.c.created_at <= time_of(max(row[_CREATED_AT] for row in near)) + _DRIFT,
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


def _addresses(row: PostRow) -> Iterable[str]:
    network, native_id, who = row[:3]
    return addresses(network, native_id, row[_URL], who[1], who[_HANDLE])


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
