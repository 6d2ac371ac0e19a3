"""Floods: a hashtag that many young accounts bring along within one day, and hardly anyone before.

Such accounts post once or twice each, all different: no pair of them meets twice.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from monitor.detect.columns import rows

LENGTH = timedelta(hours=24)  # of a flood, at most
FEWEST_ACCOUNTS = 10  # that use the tag within LENGTH
CONCENTRATED = 0.6  # of all the tag's accounts come within LENGTH: it is new here
YOUNG = timedelta(days=60)  # age of an account; half the accounts of an ordinary day are years old
YOUNG_SHARE = 0.5  # of the accounts of known age
KNOWN_SHARE = 0.5  # of the accounts have a known age; otherwise nothing can be said
SAME_FLOOD = 0.2  # of the smaller tag's accounts use the other tag as well


@dataclass(frozen=True, slots=True)
class Flood:
    """Accounts that brought one or more hashtags within a day."""

    tags: tuple[str, ...]
    members: frozenset[str]
    young: float  # share of the accounts of known age
    known_ages: int
    first: datetime
    last: datetime
    posts: tuple[tuple[str, str], ...]  # post key, tag; in time
    parts: Mapping[str, int]  # posts of each account


class _Use(NamedTuple):
    at: datetime
    account: str
    post: str


def floods(
    posts: pa.Table, profiles: Mapping[str, Mapping[str, Any]], watched: Collection[str]
) -> list[Flood]:
    """Find the floods in posts (POST_SCHEMA), largest first. `watched` tags make none."""
    bursts: dict[str, list[_Use]] = {}
    for tag, uses in _uses(posts, watched).items():
        dense = _densest(uses)
        accounts = len({each.account for each in dense})
        all_accounts = len({each.account for each in uses})
        if accounts >= FEWEST_ACCOUNTS and accounts >= CONCENTRATED * all_accounts:
            bursts[tag] = dense
    found = [_flood(tags, bursts, profiles) for tags in _merged(bursts)]
    return sorted(
        (each for each in found if each is not None and each.young >= YOUNG_SHARE),
        key=lambda each: (-len(each.members), each.tags),
    )


def _uses(posts: pa.Table, watched: Collection[str]) -> dict[str, list[_Use]]:
    uses: dict[str, list[_Use]] = defaultdict(list)
    own = pc.equal(pc.fill_null(posts["repost_of"], ""), "")
    tagged = posts.filter(pc.and_(own, pc.fill_null(posts["time_known"], False)))
    for at, account, post, tags in rows(tagged, "created_at", "account", "key", "hashtags"):
        for tag in tags:
            if tag and tag not in watched:
                uses[tag].append(_Use(at, account, post))
    return {
        tag: sorted(each, key=lambda use: (use.at, use.post))
        for tag, each in sorted(uses.items())
        if len(each) >= FEWEST_ACCOUNTS
    }


def _densest(uses: Sequence[_Use]) -> list[_Use]:
    """Give the uses within LENGTH by the most accounts; of equal ones the earliest."""
    inside: Counter[str] = Counter()
    start, best, span = 0, 0, (0, 0)
    for end, use in enumerate(uses):
        inside[use.account] += 1
        while use.at - uses[start].at > LENGTH:
            inside[uses[start].account] -= 1
            if not inside[uses[start].account]:
                del inside[uses[start].account]
            start += 1
        if len(inside) > best:
            best, span = len(inside), (start, end + 1)
    return list(uses[slice(*span)])


def _merged(bursts: Mapping[str, Sequence[_Use]]) -> list[frozenset[str]]:
    """Join hashtags that the same accounts use."""
    members = {tag: {use.account for use in uses} for tag, uses in bursts.items()}
    merged: list[tuple[frozenset[str], set[str]]] = []
    for tag in sorted(members, key=lambda each: (-len(members[each]), each)):
        tags, accounts = frozenset((tag,)), members[tag]
        apart = []
        for others, their in merged:
            if len(accounts & their) >= SAME_FLOOD * min(len(accounts), len(their)):
                tags, accounts = tags | others, accounts | their
            else:
                apart.append((others, their))
        merged = [*apart, (tags, accounts)]
    return [tags for tags, _ in merged]


def _flood(
    tags: frozenset[str],
    bursts: Mapping[str, Sequence[_Use]],
    profiles: Mapping[str, Mapping[str, Any]],
) -> Flood | None:
    """Make a flood; None where too few accounts are of known age."""
    uses = sorted(
        ((use, tag) for tag in tags for use in bursts[tag]), key=lambda each: (each[0].at, each[1])
    )
    first = {use.account: use.at for use, _ in reversed(uses)}
    born = {who: profiles[who]["account_created"] for who in first}
    ages = [at - born[who] for who, at in first.items() if born[who] is not None]
    if len(ages) < KNOWN_SHARE * len(first):
        return None
    parts = Counter(account for account, _ in {(use.account, use.post) for use, _ in uses})
    return Flood(
        tuple(sorted(tags)), frozenset(first), sum(age < YOUNG for age in ages) / len(ages),
        len(ages), uses[0][0].at, uses[-1][0].at,
        tuple((use.post, tag) for use, tag in uses), parts,
    )  # fmt: skip
