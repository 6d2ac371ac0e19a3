"""Makes the table of posts that detection reads from records."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.post_schema import POST_SCHEMA
from data.records import Post

PIECE = 20_000  # records that are in memory at once; in the table a post takes a quarter of that


def post_table(posts: Iterable[Post]) -> pa.Table:
    """Put posts into a table of POST_SCHEMA; the last one counts where a post comes twice.

    Ordered by time, then key, so that the same posts in another order give the same table.
    """
    return _ordered(_last_of_each(pa.Table.from_batches(_pieces(iter(posts)), POST_SCHEMA)))


def _pieces(posts: Iterator[Post]) -> Iterator[pa.RecordBatch]:
    while rows := [_row(post) for post in islice(posts, PIECE)]:
        columns = zip(zip(*rows, strict=True), POST_SCHEMA.types, strict=True)
        yield pa.record_batch([pa.array(*each) for each in columns], schema=POST_SCHEMA)


def _last_of_each(table: pa.Table) -> pa.Table:
    codes = table["key"].combine_chunks().dictionary_encode().indices.to_numpy()
    last = np.zeros(int(codes.max(initial=-1)) + 1, np.int64)
    last[codes] = np.arange(len(codes))
    return table if len(last) == len(codes) else table.take(pa.array(last))


def _ordered(table: pa.Table) -> pa.Table:
    order = pc.sort_indices(table, [("created_at", "ascending"), ("key", "ascending")])
    return table.take(order).combine_chunks()


def _row(post: Post) -> tuple[Any, ...]:
    """Give a post's values in the order of POST_SCHEMA."""
    who, network = post.account, post.network
    return (
        post.key,
        network,
        who.key,
        who.handle,
        who.name,
        who.bio,
        who.bot,
        who.created_at,
        who.followers,
        who.following,
        who.posts,
        post.created_at,
        post.time_known,
        post.text,
        post.lang,
        _key(network, post.reply_to),
        _key(network, post.repost_of),
        _key(network, post.quote_of),
        post.links,
        post.hashtags,
        post.mentions,
        [each.url for each in post.media],
        [each.alt for each in post.media if each.alt],
    )


def _key(network: str, native_id: str | None) -> str | None:
    return None if native_id is None else f"{network}:{native_id}"
