"""What detection asks the store: the posts of its days, and what it was last run on."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Connection, Text, cast, func, select, type_coerce

from data.counted import counted
from data.post_schema import POST_SCHEMA
from data.reads import GOOD
from data.records import NOBODY
from data.tables import accounts, clusters, posts, runs

PIECE = 20_000  # rows that are Python objects at once


def posts_for_detection(connection: Connection, since: datetime) -> pa.Table:
    """Return the posts from `since` on with their accounts, in POST_SCHEMA, by time, then key.

    Left out: deleted posts, and posts of which the network does not say who wrote them.
    """
    query = (
        select(*_COLUMNS)
        .join(accounts, accounts.c.id == posts.c.account)
        .where(
            counted(),
            posts.c.created_at >= since,
            accounts.c.native_id != NOBODY,
        )
        .order_by(posts.c.created_at, posts.c.network, posts.c.native_id)
    )
    answer = connection.execute(query.execution_options(yield_per=PIECE))
    return pa.Table.from_batches(
        (_batch(*zip(*rows, strict=True)) for rows in answer.partitions()), POST_SCHEMA
    )


def newest_detection(connection: Connection) -> str | None:
    """Return what the newest detection ran on (its `period`); None where it did not end well."""
    query = select(runs.c.period, runs.c.state).where(runs.c.step == "detect")
    row = connection.execute(query.order_by(runs.c.id.desc()).limit(1)).first()
    return row.period if row is not None and row.state in GOOD else None


def levels_found(connection: Connection) -> dict[str, int]:
    """Count the groups that the newest detection found, by level."""
    query = select(clusters.c.level, func.count()).where(clusters.c.gone_at.is_(None))
    return dict(connection.execute(query.group_by(clusters.c.level)).all())


def _raw(table: Any, *names: str, as_type: type[Any]) -> list[Any]:
    """Give columns as the database keeps them: the Python objects would be made to be unmade."""
    read = cast if as_type is Text else type_coerce
    return [read(table.c[name], as_type()).label(f"{table.name}_{name}") for name in names]


_COLUMNS = (
    posts.c.network, posts.c.native_id, accounts.c.native_id, accounts.c.handle, accounts.c.name,
    accounts.c.bio, accounts.c.bot, *_raw(accounts, "created_at", as_type=BigInteger),
    accounts.c.followers, accounts.c.following, accounts.c.posts,
    *_raw(posts, "created_at", as_type=BigInteger), posts.c.time_known, posts.c.text, posts.c.lang,
    posts.c.reply_to, posts.c.repost_of, posts.c.quote_of,
    *_raw(posts, "links", "hashtags", "mentions", "media", as_type=Text),
)  # fmt: skip


def _batch(*columns: Sequence[Any]) -> pa.RecordBatch:
    """Put rows of _COLUMNS, turned into columns, in the order of POST_SCHEMA."""
    network, post, account, *profile = columns[:11]
    created_at, time_known, text, lang, *others = columns[11:18]
    links, hashtags, mentions, media = (_lists(each) for each in columns[18:])
    values = (
        _keys(network, post), network, _keys(network, account), *profile,
        created_at, time_known, text, lang, *(_keys(network, each) for each in others),
        links, hashtags, mentions,
        [[each["url"] for each in many] for many in media],
        [[each["alt"] for each in many if each.get("alt")] for many in media],
    )  # fmt: skip
    arrays = [_array(*each) for each in zip(values, POST_SCHEMA.types, strict=True)]
    return pa.record_batch(arrays, schema=POST_SCHEMA)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)


def _keys(network: Sequence[str], ids: Sequence[str | None]) -> list[str | None]:
    pairs = zip(network, ids, strict=True)
    return [None if native is None else f"{name}:{native}" for name, native in pairs]


def _lists(column: Iterable[str]) -> list[Sequence[Any]]:
    """Read lists from JSON; most are empty."""
    return [() if each == "[]" else json.loads(each) for each in column]
