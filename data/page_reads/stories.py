"""The story of a group as the store keeps it."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from data.story import Done, Episode, Story, episode
from data.tables import accounts, cluster_accounts, cluster_acts, cluster_episodes, clusters, posts


def names_like(connection: Connection, start: str, limit: int = 5) -> list[str]:
    """List the ids of groups that begin so; at most `limit`."""
    query = (
        select(clusters.c.id)
        .where(clusters.c.id.startswith(start, autoescape=True))
        .order_by(clusters.c.id)
        .limit(limit)
    )
    return [row.id for row in connection.execute(query)]


def story(connection: Connection, name: str) -> Story | None:
    """Tell the story of the group with this id; None where there is none. No deleted posts."""
    row = connection.execute(select(clusters).where(clusters.c.id == name)).first()
    if row is None:
        return None
    members = connection.execute(
        select(accounts.c.network, accounts.c.native_id)
        .join(cluster_accounts, cluster_accounts.c.account == accounts.c.id)
        .where(cluster_accounts.c.cluster == name)
    )
    return Story(
        id=row.id,
        level=row.level,
        score=row.score,
        accounts=tuple(sorted(f"{each.network}:{each.native_id}" for each in members)),
        kinds=tuple(row.kinds or ()),
        first=row.first,
        last=row.last,
        reasons=tuple(row.reasons or ()),
        episodes=tuple(_episodes(connection, name)),
    )


def _episodes(connection: Connection, name: str) -> list[Episode]:
    rows = connection.execute(
        select(cluster_episodes)
        .where(cluster_episodes.c.cluster == name)
        .order_by(cluster_episodes.c.number)
    ).all()
    done: dict[int, list[Done]] = defaultdict(list)
    for each in connection.execute(
        select(
            cluster_acts.c.number,
            posts.c.created_at,
            posts.c.network,
            posts.c.native_id,
            posts.c.text,
            accounts.c.native_id.label("account"),
            accounts.c.handle,
            accounts.c.name,
            accounts.c.discoverable,
        )
        .join(posts, posts.c.id == cluster_acts.c.post)
        .join(accounts, accounts.c.id == posts.c.account)
        .where(cluster_acts.c.cluster == name, posts.c.deleted_at.is_(None))
    ):
        done[each.number].append(_done(each))
    originals = _originals(connection, [row.object for row in rows if row.kind in _ABOUT_POSTS])
    found = (
        episode(row.kind, row.object, row.others, done[row.number], originals.get(row.object))
        for row in rows
    )
    return [each for each in found if each is not None]


_ABOUT_POSTS = ("repost", "reply")
_AT_ONCE = 500  # keys a query


def _done(row: Any) -> Done:
    hidden = row.discoverable is False
    return Done(
        at=row.created_at,
        account=f"{row.network}:{row.account}",
        name=None if hidden else row.handle or row.name,
        hidden=hidden,
        post=f"{row.network}:{row.native_id}",
        text=row.text,
    )


def _originals(connection: Connection, keys: list[str]) -> dict[str, str]:
    by_network: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        network, _, native_id = key.partition(":")
        by_network[network].append(native_id)
    found: dict[str, str] = {}
    for network, ids in by_network.items():
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            query = select(posts.c.native_id, posts.c.text).where(
                posts.c.network == network,
                posts.c.native_id.in_(part),
                posts.c.deleted_at.is_(None),
            )
            found |= {f"{network}:{row.native_id}": row.text for row in connection.execute(query)}
    return found
