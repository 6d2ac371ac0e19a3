"""Moments: accounts whose posts keep coming within a minute of each other, whatever they say.

A script that gives each account a text and a link of its own leaves no object that two share; that
it fires at once is what it leaves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from monitor.detect.actions import ACTION_SCHEMA
from monitor.detect.chance import at_least

CLOSE = timedelta(seconds=60)  # two posts at one moment
APART = timedelta(hours=1)  # two moments of a pair; closer ones are one evening, one event
FEWEST_MOMENTS = 3  # of a pair
MOST_BY_CHANCE = 1e-4  # probability of that many moments, were the two independent of each other
NEAR, WIDE = timedelta(minutes=30), timedelta(hours=3)  # how busy it was around a post
MOST_PAIRS = 5_000_000  # pairs of posts a minute apart; where there are more, everybody is at once

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Own:
    """The posts that are neither reposts nor answers, in time."""

    keys: Sequence[str]
    accounts: Ints  # numbers
    names: Sequence[str]  # of the accounts, by number
    seconds: Ints
    times: pa.ChunkedArray


def moments(posts: pa.Table) -> pa.Table:
    """Give actions (ACTION_SCHEMA) on objects "moment:<first post's key>" in posts (POST_SCHEMA).

    Two accounts keep meeting where k of their posts (counted APART) come within CLOSE and the
    Poisson probability of k or more is at most MOST_BY_CHANCE. Expected are, for each post of one,
    the posts that all accounts write within CLOSE at that time of that day (the busier of NEAR and
    WIDE around it, the moment itself left out), times the other's part of all posts. That knows
    how busy each hour is and how much each account writes.
    """
    own = _own_posts(posts)
    first, second = _close(own)
    if len(first) > MOST_PAIRS:
        return ACTION_SCHEMA.empty_table()
    kept = _beyond_chance(own, first, second)
    return _as_actions(own, [(int(first[place]), int(second[place])) for place in kept])


def _own_posts(posts: pa.Table) -> _Own:
    alone = pc.and_(pc.is_null(posts["repost_of"]), pc.is_null(posts["reply_to"]))
    chosen = posts.filter(pc.and_(alone, posts["time_known"]))
    chosen = chosen.select(["key", "account", "created_at"]).sort_by("created_at")
    encoded = chosen["account"].combine_chunks().dictionary_encode()
    micros = chosen["created_at"].cast(pa.int64()).to_numpy()
    return _Own(
        chosen["key"].to_pylist(),
        encoded.indices.to_numpy().astype(np.int64),
        encoded.dictionary.to_pylist(),
        micros // 1_000_000,
        chosen["created_at"],
    )


def _close(own: _Own) -> tuple[Ints, Ints]:
    """Pair each post with the later ones within CLOSE by other accounts (places)."""
    ends = np.searchsorted(own.seconds, own.seconds + _whole(CLOSE), side="right")
    many = ends - np.arange(len(ends)) - 1
    if many.sum() > MOST_PAIRS:
        return np.zeros(MOST_PAIRS + 1, np.int64), np.zeros(MOST_PAIRS + 1, np.int64)
    first = np.repeat(np.arange(len(ends)), many)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
    other = own.accounts[first] != own.accounts[second]
    return first[other], second[other]


def _beyond_chance(own: _Own, first: Ints, second: Ints) -> list[int]:
    """List the places of the close pairs of posts whose two accounts keep meeting."""
    written = np.bincount(own.accounts, minlength=len(own.names))
    around = np.bincount(own.accounts, _crowd(own), minlength=len(own.names))
    kept: list[int] = []
    for met in _by_pair(own.accounts[first], own.accounts[second]):
        times = _apart(own.seconds[first[met]])
        if times < FEWEST_MOMENTS:
            continue
        a, b = own.accounts[first[met[0]]], own.accounts[second[met[0]]]
        expected = (around[a] * written[b] + around[b] * written[a]) / 2 / written.sum()
        if at_least(times, expected) <= MOST_BY_CHANCE:
            kept += met.tolist()
    return kept


def _by_pair(one: Ints, two: Ints) -> Iterator[Ints]:
    """Yield the places of each pair of accounts that comes FEWEST_MOMENTS times at least."""
    if not len(one):
        return
    pairs = np.minimum(one, two) << 32 | np.maximum(one, two)
    order = np.argsort(pairs, kind="stable")
    starts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
    ends = np.append(starts[1:], len(order))
    often = ends - starts >= FEWEST_MOMENTS
    for start, end in zip(starts[often].tolist(), ends[often].tolist(), strict=True):
        yield order[start:end]


def _crowd(own: _Own) -> Floats:
    """Count the posts expected within CLOSE before and after each post, it and its moment out."""
    busiest = np.zeros(len(own.seconds))
    inside = _within(own.seconds, CLOSE)
    for wide in (NEAR, WIDE):
        others = _within(own.seconds, wide) - inside
        busiest = np.maximum(busiest, others / (2 * (wide - CLOSE).total_seconds()))
    return busiest * 2 * CLOSE.total_seconds()


def _within(seconds: Ints, span: timedelta) -> Ints:
    low = np.searchsorted(seconds, seconds - _whole(span), side="left")
    return np.searchsorted(seconds, seconds + _whole(span), side="right") - low


def _apart(times: Ints) -> int:
    many, last = 0, -(2**62)
    for time in np.sort(times).tolist():
        if time - last >= _whole(APART):
            many, last = many + 1, time
    return many


def _as_actions(own: _Own, met: Sequence[tuple[int, int]]) -> pa.Table:
    graph = nx.Graph(met)
    names: Mapping[int, str] = {
        place: f"moment:{own.keys[min(part)]}"
        for part in nx.connected_components(graph)
        for place in part
    }
    order = sorted(names)
    return pa.table(
        {
            "object": [names[place] for place in order],
            "account": [own.names[own.accounts[place]] for place in order],
            "content": [own.keys[place] for place in order],
            "at": own.times.take(pa.array(order, pa.int64())),
        },
        schema=ACTION_SCHEMA,
    )


def _whole(span: timedelta) -> int:
    return int(span.total_seconds())
