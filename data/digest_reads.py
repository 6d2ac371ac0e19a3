"""What the weekly digest asks the store: counts and a few calls, no names of people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, not_, or_, select

from data.counted import counted
from data.page_reads import balance, calls, network, sources, volume, warnings
from data.page_reads import newcomers as new_accounts
from data.page_reads.week import Week
from data.reads import Run, newest_runs
from data.rollups.counts import count
from data.tables import accounts, decisions, labels, posts, tags

PROTECTED_TOPICS = ("opferschutz", "anfeindung")  # whose calls are never quoted
LOOKS_BACK = timedelta(days=28)  # to say what a community speaks of
QUOTED = 40  # calls read; the digest prints a few of them


@dataclass(frozen=True, slots=True)
class Quote:
    """A call for help that nobody answered. Who asked is not among its columns."""

    at: datetime
    text: str
    lang: str | None
    urgent: bool
    topics: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """How the posts of a stretch of time hang together."""

    posts: int
    accounts: int
    replies: int
    reposts: int


@dataclass(frozen=True, slots=True)
class Community:
    """A community of the drawn network: how many accounts, and what their posts speak of."""

    accounts: int
    spoken: Mapping[tuple[str, str], int]  # (kind, label) -> posts; kinds topic and place


@dataclass(frozen=True, slots=True)
class Net:
    """The network as the newest detection drew it: communities, largest first, and connectors."""

    communities: tuple[Community, ...]
    spoken: Mapping[tuple[str, str], int]  # of all drawn accounts
    connectors: int  # accounts with two partners each in two communities besides their own


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything the digest of one week says, and the same of the week before where it compares."""

    week: Week
    talk: Talk
    talk_before: Talk
    days: Mapping[Any, int]
    days_before: Mapping[Any, int]
    intents: Mapping[str, int]
    intents_before: Mapping[str, int]
    topics: Mapping[str, balance.Balance]
    topics_before: Mapping[str, balance.Balance]
    urgent: calls.Answered
    urgent_before: calls.Answered
    questions: calls.Answered
    questions_before: calls.Answered
    quotes: tuple[Quote, ...]
    places: tuple[balance.Place, ...]
    newcomers: int | None  # None: the store does not reach back far enough to tell
    net: Net
    groups: tuple[warnings.Group, ...]
    communities: int
    tagged: int  # posts of the week that have tags
    detected: bool  # somebody has looked for groups since the week began
    decided: Mapping[str, int]
    by_source: Mapping[str, int]
    runs: tuple[Run, ...]
    gaps: Mapping[tuple[str, str], list[sources.Gap]]


def gather(connection: Connection, week: Week) -> Gathered:
    """Read all that the digest of `week` needs."""
    now, before = (week.start, week.end), (week.before_start, week.before_end)
    waiting, waiting_before = count(connection, calls.waiting([now, before]))
    runs = newest_runs(connection)
    groups = [
        each
        for each in warnings.groups_of_levels(connection, ("alert", "watch", "community"))
        if each.first < week.end and each.last >= week.start
    ]
    return Gathered(
        week=week,
        talk=talk(connection, *now),
        talk_before=talk(connection, *before),
        days=volume.posts_per_day(connection, *now, week.zone),
        days_before=volume.posts_per_day(connection, *before, week.zone),
        intents=intents(connection, *now),
        intents_before=intents(connection, *before),
        topics=count(connection, balance.balance(*now)),
        topics_before=count(connection, balance.balance(*before)),
        urgent=waiting.urgent,
        urgent_before=waiting_before.urgent,
        questions=waiting.questions,
        questions_before=waiting_before.questions,
        quotes=tuple(unanswered(connection, *now)),
        places=tuple(count(connection, balance.places(week, limit=8))),
        newcomers=newcomers(connection, week),
        net=net(connection, week.end - LOOKS_BACK),
        groups=tuple(each for each in groups if each.level != "community"),
        communities=sum(1 for each in groups if each.level == "community"),
        tagged=tagged(connection, *now),
        detected=any(_looked(run, week) for run in runs) or bool(groups),
        decided=decided(connection, *now),
        by_source=by_source(connection, *now),
        runs=tuple(run for run in runs if run.step == "collect"),
        gaps=gaps(connection, week),
    )


def talk(connection: Connection, start: datetime, end: datetime) -> Talk:
    """Count posts, accounts, replies and reposts from `start` up to before `end`."""
    row = connection.execute(
        select(
            func.count(),
            func.count(posts.c.account.distinct()),
            func.count(posts.c.reply_to),
            func.count(posts.c.repost_of),
        ).where(*_during(start, end))
    ).one()
    return Talk(*row)


def intents(connection: Connection, start: datetime, end: datetime) -> dict[str, int]:
    """Count own posts (no reposts) by intent."""
    rows = connection.execute(
        select(labels.c.label, func.count())
        .join(posts, posts.c.id == labels.c.post)
        .where(labels.c.kind == "intent", posts.c.repost_of.is_(None), *_during(start, end))
        .group_by(labels.c.label)
    )
    return {label: count for label, count in rows}  # noqa: C416  a row is not a pair for mypy


def tagged(connection: Connection, start: datetime, end: datetime) -> int:
    """Count posts that the tagger has seen."""
    count: int = connection.execute(
        select(func.count())
        .select_from(tags)
        .join(posts, posts.c.id == tags.c.post)
        .where(*_during(start, end))
    ).scalar_one()
    return count


def unanswered(connection: Connection, start: datetime, end: datetime) -> list[Quote]:
    """List calls for help without anybody's reply, urgent ones first, then the newest.

    Left out: accounts that do not want to be found, posts that are not public, and calls about
    violence, which belong on no wall.
    """
    reply, wish, shy = posts.alias("reply"), labels.alias("wish"), labels.alias("shy")
    answered = (
        select(reply.c.id)
        .where(
            reply.c.network == posts.c.network,
            reply.c.reply_to == posts.c.native_id,
            reply.c.account != posts.c.account,
            reply.c.deleted_at.is_(None),
        )
        .exists()
    )
    protected = (
        select(shy.c.post)
        .where(shy.c.post == posts.c.id, shy.c.kind == "topic", shy.c.label.in_(PROTECTED_TOPICS))
        .exists()
    )
    rows = connection.execute(
        select(posts.c.id, posts.c.created_at, posts.c.text, tags.c.lang, tags.c.urgent)
        .join(tags, tags.c.post == posts.c.id)
        .join(wish, and_(wish.c.post == posts.c.id, wish.c.kind == "intent"))
        .join(accounts, accounts.c.id == posts.c.account)
        .where(
            wish.c.label == "gesuch",
            posts.c.repost_of.is_(None),
            posts.c.reply_to.is_(None),
            or_(posts.c.visibility.is_(None), posts.c.visibility == "public"),
            *_findable(),
            not_(answered),
            not_(protected),
            *_during(start, end),
        )
        .order_by(tags.c.urgent.desc(), posts.c.created_at.desc(), posts.c.id)
        .limit(QUOTED)
    ).all()
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for post, kind, label in connection.execute(
        select(labels.c.post, labels.c.kind, labels.c.label)
        .where(labels.c.post.in_([row.id for row in rows]))
        .order_by(labels.c.score.desc(), labels.c.label)
    ):
        said[post, kind].append(label)
    return [
        Quote(
            at=row.created_at,
            text=row.text,
            lang=row.lang,
            urgent=bool(row.urgent),
            topics=tuple(said[row.id, "topic"]),
            places=tuple(said[row.id, "place"]),
        )
        for row in rows
    ]


def newcomers(connection: Connection, week: Week) -> int | None:
    """Count accounts whose first post in the store is of this week.

    None where the store begins less than a week before: then nearly everybody would be new.
    """
    oldest = connection.execute(
        select(func.min(posts.c.created_at)).where(posts.c.deleted_at.is_(None))
    ).scalar_one()
    if oldest is None or oldest > week.before_start:
        return None
    return new_accounts.newcomers(connection, [(week.start, week.end)])[0]


def net(connection: Connection, since: datetime) -> Net:
    """Describe the communities of the drawn network by what they spoke of since then."""
    picture = network.picture(connection)
    home = {node.id: node.community for node in picture.nodes if node.community}
    spoken = network.spoken_of(connection, since)
    members: dict[str, list[int]] = defaultdict(list)
    for account, community in home.items():
        members[community].append(account)
    partners: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for edge in picture.edges:
        for one, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if home.get(other, home.get(one)) != home.get(one):
                partners[one][home[other]].add(other)
    return Net(
        communities=tuple(
            Community(len(accounts), spoken.get(key, Counter()))
            for key, accounts in sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
            if len(accounts) > 2
        ),
        spoken=sum(spoken.values(), Counter()),
        connectors=sum(1 for others in partners.values() if _bridges(others.values())),
    )


def decided(connection: Connection, start: datetime, end: datetime) -> dict[str, int]:
    """Count people's decisions about groups by verdict."""
    rows = connection.execute(
        select(decisions.c.verdict, func.count())
        .where(decisions.c.subject_kind == "cluster", decisions.c.at >= start, decisions.c.at < end)
        .group_by(decisions.c.verdict)
    )
    return {verdict: count for verdict, count in rows}  # noqa: C416  a row is not a pair for mypy


def by_source(connection: Connection, start: datetime, end: datetime) -> dict[str, int]:
    """Count posts by the source that brought them."""
    rows = connection.execute(
        select(posts.c.source, func.count())
        .where(*_during(start, end))
        .group_by(posts.c.source)
        .order_by(posts.c.source)
    )
    return {source: count for source, count in rows}  # noqa: C416  a row is not a pair for mypy


def gaps(connection: Connection, week: Week) -> dict[tuple[str, str], list[sources.Gap]]:
    """List the stretches of this week that a source did not read, cut to the week."""
    found = {
        key: [
            sources.Gap(max(gap.start, week.start), min(gap.end, week.end))
            for gap in stretches
            if gap.start < week.end and gap.end > week.start
        ]
        for key, stretches in sources.gaps(connection, week.before_start).items()
    }
    return {key: stretches for key, stretches in found.items() if stretches}


def _bridges(others: Iterable[set[int]]) -> bool:
    return sum(1 for partners in others if len(partners) > 1) > 1


def _looked(run: Run, week: Week) -> bool:
    return run.step == "detect" and run.finished_at is not None and run.finished_at >= week.start


def _during(start: datetime, end: datetime) -> tuple[Any, ...]:
    return (
        posts.c.created_at >= start,
        posts.c.created_at < end,
        counted(),
    )


def _findable() -> tuple[Any, ...]:
    return (
        accounts.c.noindex.is_not(True),
        accounts.c.indexable.is_not(False),
        accounts.c.discoverable.is_not(False),
        not_(func.lower(func.coalesce(accounts.c.bio, "")).contains("#nobot")),
    )
