"""Groups of accounts that act strikingly alike: the list, and all about one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Row, Select, func, or_, select, type_coerce

from data import decisions
from data.among import among
from data.changes import Change, change_since
from data.decisions import Decision
from data.page_reads.jobs import NEWEST_FIRST
from data.page_reads.profiles import Profile, described
from data.page_reads.usual_range import FEWEST_USUAL, LOOKED_AT
from data.rows import time_of
from data.tables import accounts, cluster_accounts, cluster_posts, clusters, posts, runs

CLOSING = ("confirm", "dismiss")  # verdicts after which nobody needs to decide any more


class Outline(NamedTuple):
    """Of a group what it is sorted by: its state as in `Group`."""

    id: str
    level: str
    score: float
    verdict: str | None
    open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the newest detection found, or that a person has decided about."""

    id: str
    level: str
    score: float
    name: str | None
    kinds: tuple[str, ...]
    first: datetime
    last: datetime
    reasons: tuple[Mapping[str, Any], ...]
    detected_at: datetime
    gone_at: datetime | None
    accounts: int
    networks: tuple[str, ...]
    verdict: str | None  # the newest one that closes or reopens; None: nobody has decided
    decision: Decision | None = None  # who gave it, when and why
    change: Change | None = None  # what is materially different since

    @property
    def open(self) -> bool:
        """Say whether a person still has to decide, or to look again at what has changed."""
        return self.gone_at is None and (self.verdict not in CLOSING or self.change is not None)


@dataclass(frozen=True, slots=True)
class Member(Profile):
    """An account of a group, with its marks there."""

    marks: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post that is evidence: what of it the others share, and how."""

    post: int
    key: str
    account: int
    at: datetime
    time_known: bool
    text: str
    url: str | None
    object: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Usual:
    """The accounts outside of a group: the middle one's age and followers."""

    created_at: datetime
    followers: int


def outlines(connection: Connection, levels: Sequence[str]) -> list[Outline]:
    """List groups of these levels, worst first: those to decide, then by level and score.

    Groups that are no longer found are left out unless somebody decided about them.
    """
    said = decisions.verdicts_in_force(connection, "cluster")
    of, there = clusters.c, clusters.c.gone_at.is_(None)
    rows = connection.execute(
        select(of.id, of.level, of.score, there)
        .where(of.level.in_(levels))
        .where(or_(there, among(connection, of.id, said)))
    ).all()
    closed = [name for name, _, _, there in rows if there and said.get(name) in CLOSING]
    changed = {each.id for each in groups(connection, closed) if each.open}
    found = [
        Outline(
            *(name, level, score, said.get(name)),
            open=bool(there) and (said.get(name) not in CLOSING or name in changed),
        )
        for name, level, score, there in rows
    ]
    return sorted(
        found, key=lambda each: (not each.open, each.level != "alert", -each.score, each.id)
    )


def groups(connection: Connection, names: Sequence[str]) -> list[Group]:
    """Read groups, whatever their level, in this order; unknown ones are left out."""
    if not names:
        return []
    query = select(clusters).where(among(connection, clusters.c.id, names))
    found = {each.id: each for each in _groups(connection, query)}
    return [found[name] for name in names if name in found]


def group(connection: Connection, name: str) -> Group | None:
    """Give one group, whatever its level; None where there is none of this id."""
    return next(iter(groups(connection, [name])), None)


def groups_of_levels(connection: Connection, levels: Sequence[str]) -> list[Group]:
    """Read all groups of these levels, in the order of `outlines`."""
    return groups(connection, [each.id for each in outlines(connection, levels)])


def groups_of(connection: Connection, account: int) -> list[tuple[Group, Mapping[str, Any]]]:
    """List the warnings of an account (by row number) with its marks there, the strongest first.

    Left out are communities and groups that are no longer found, unless somebody decided about
    them.
    """
    marks: dict[str, Mapping[str, Any]] = {
        row.cluster: row.marks or {}
        for row in connection.execute(
            select(cluster_accounts).where(cluster_accounts.c.account == account)
        )
    }
    shown = [
        each
        for each in groups(connection, list(marks))
        if each.verdict is not None or (each.gone_at is None and each.level != "community")
    ]
    return [(each, marks[each.id]) for each in sorted(shown, key=by_weight)]


def by_weight(group: Group | Outline) -> tuple[bool, bool, bool, float, str]:
    """Sort warnings: confirmed ones first, then those to decide, the worst of each first."""
    confirmed = group.verdict == "confirm"
    return not confirmed, not group.open, group.level != "alert", -group.score, group.id


def to_decide(connection: Connection) -> tuple[int, int]:
    """Count warnings that wait for a decision: of level alert, and of level watch."""
    waiting = [each.level for each in outlines(connection, ("alert", "watch")) if each.open]
    return waiting.count("alert"), waiting.count("watch")


def new_since(connection: Connection, since: datetime) -> int:
    """Count warnings that were first found since then and still are."""
    count: int = connection.execute(
        select(func.count()).where(
            clusters.c.detected_at >= since,
            clusters.c.gone_at.is_(None),
            clusters.c.level.in_(("alert", "watch")),
        )
    ).scalar_one()
    return count


def times_of(connection: Connection, names: Sequence[str]) -> dict[str, list[int]]:
    """Give the times of the groups' posts (microseconds), by group, unsorted; no deleted ones."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for cluster, at in connection.execute(
        select(cluster_posts.c.cluster, type_coerce(posts.c.created_at, BigInteger))
        .join(posts, posts.c.id == cluster_posts.c.post)
        .where(among(connection, cluster_posts.c.cluster, names), posts.c.deleted_at.is_(None))
    ).all():
        found[cluster].append(at)
    return found


def looked_at(connection: Connection) -> Mapping[str, int] | None:
    """Count what the newest detection looked at; None where nobody has looked yet."""
    row = connection.execute(
        select(runs.c.counts)
        .where(
            runs.c.step == "detect",
            runs.c.source.is_(None),
            runs.c.origin.is_(None),
            runs.c.state == "ok",
        )
        .order_by(*NEWEST_FIRST)
        .limit(1)
    ).first()
    return None if row is None else row.counts


def members(connection: Connection, names: Sequence[str]) -> dict[str, list[Member]]:
    """List the accounts of groups, by network and handle."""
    rows = connection.execute(
        select(accounts, cluster_accounts.c.cluster, cluster_accounts.c.marks)
        .join(cluster_accounts, cluster_accounts.c.account == accounts.c.id)
        .where(among(connection, cluster_accounts.c.cluster, names))
        .order_by(accounts.c.network, accounts.c.handle, accounts.c.id)
    ).all()
    found: dict[str, list[Member]] = {name: [] for name in names}
    for row in rows:
        found[row.cluster].append(Member(**described(row), marks=row.marks or {}))
    return found


def evidence(connection: Connection, name: str, limit: int = 500) -> list[Evidence]:
    """List the posts that are a group's evidence, oldest first."""
    rows = connection.execute(
        select(
            posts.c.id,
            posts.c.network.concat(":").concat(posts.c.native_id),
            posts.c.account,
            posts.c.created_at,
            posts.c.time_known,
            posts.c.text,
            posts.c.url,
            cluster_posts.c.object,
            cluster_posts.c.kind,
        )
        .join(cluster_posts, cluster_posts.c.post == posts.c.id)
        .where(cluster_posts.c.cluster == name, posts.c.deleted_at.is_(None))
        .order_by(posts.c.created_at, posts.c.id)
        .limit(limit)
    ).all()
    return [Evidence(*row) for row in rows]


def usual(connection: Connection, name: str) -> Usual | None:
    """Give what accounts outside of a group are like; None below FEWEST_USUAL with both known.

    Looks at the newest LOOKED_AT accounts.
    """
    inside = select(cluster_accounts.c.account).where(cluster_accounts.c.cluster == name)
    rows = connection.execute(
        select(type_coerce(accounts.c.created_at, BigInteger), accounts.c.followers)
        .where(
            accounts.c.created_at.is_not(None),
            accounts.c.followers.is_not(None),
            accounts.c.id.not_in(inside),
        )
        .order_by(accounts.c.id.desc())
        .limit(LOOKED_AT)
    ).all()
    if len(rows) < FEWEST_USUAL:
        return None
    created, followers = zip(*rows, strict=True)
    return Usual(time_of(median_low(created)), median_low(followers))


def _groups(connection: Connection, query: Select[Any]) -> list[Group]:
    rows = connection.execute(query).all()
    names = [row.id for row in rows]
    sizes: dict[str, int] = defaultdict(int)
    networks: dict[str, list[str]] = defaultdict(list)
    for cluster, network, count in connection.execute(
        select(cluster_accounts.c.cluster, accounts.c.network, func.count())
        .join(accounts, accounts.c.id == cluster_accounts.c.account)
        .where(among(connection, cluster_accounts.c.cluster, names))
        .group_by(cluster_accounts.c.cluster, accounts.c.network)
        .order_by(func.count().desc(), accounts.c.network)
    ).all():
        sizes[cluster] += count
        networks[cluster].append(network)
    decided = decisions.latest(connection, "cluster", names)
    return [_group(row, sizes[row.id], networks[row.id], decided.get(row.id)) for row in rows]


def _group(row: Row[Any], size: int, networks: list[str], decision: Decision | None) -> Group:
    return Group(
        id=row.id,
        level=row.level,
        score=row.score,
        name=row.name,
        kinds=tuple(row.kinds or ()),
        first=row.first,
        last=row.last,
        reasons=tuple(row.reasons or ()),
        detected_at=row.detected_at,
        gone_at=row.gone_at,
        accounts=size,
        networks=tuple(networks),
        verdict=None if decision is None else decision.verdict,
        decision=decision,
        change=_change(row, size, decision),
    )


def _change(row: Row[Any], size: int, decision: Decision | None) -> Change | None:
    if decision is None or decision.verdict not in CLOSING:
        return None
    return change_since(decision.basis, size, row.kinds or (), row.level)
