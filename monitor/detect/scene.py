"""Who did what where: what all groups of one run are looked at against, and their episodes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from monitor.detect.actions import kind_of
from monitor.detect.profiles import profiles

FEWEST_IN_EPISODE = 3  # members; two on one object are a pair, not yet something the group did


@dataclass(frozen=True, slots=True)
class Act:
    """One account acted on one object in one post."""

    account: str
    post: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Episode:
    """One object on which members of the group acted together."""

    name: str
    members: frozenset[str]
    outsiders: int  # other accounts on the same object
    first: datetime
    last: datetime
    posts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the object's kind."""
        return kind_of(self.name)


@dataclass(frozen=True, slots=True)
class Scene:
    """What all groups of one run are judged against; made once."""

    by_object: Mapping[str, Sequence[Act]]
    objects: Mapping[str, Set[str]]  # of an account
    actions: Mapping[str, int]  # how many an account made
    posts: Mapping[str, Sequence[str]]  # of an account
    talks: frozenset[tuple[str, str]]  # who answered or mentioned whom
    profiles: Mapping[str, Mapping[str, Any]]


def scene(posts: pa.Table, actions: pa.Table) -> Scene:
    """Prepare posts (POST_SCHEMA) and actions (ACTION_SCHEMA) for `marks`."""
    by_object: dict[str, list[Act]] = defaultdict(list)
    objects: dict[str, set[str]] = defaultdict(set)
    made: Counter[str] = Counter()
    for row in actions.to_pylist():
        by_object[row["object"]].append(Act(row["account"], row["content"], row["at"]))
        objects[row["account"]].add(row["object"])
        made[row["account"]] += 1
    keys: dict[str, list[str]] = defaultdict(list)
    for account, key in zip(posts["account"].to_pylist(), posts["key"].to_pylist(), strict=True):
        keys[account].append(key)
    return Scene(by_object, objects, made, keys, frozenset(talks(posts)), profiles(posts))


def episodes(group: frozenset[str], here: Scene) -> list[Episode]:
    """List the objects on which at least FEWEST_IN_EPISODE members acted, earliest first."""
    found = []
    touched = Counter(name for member in group for name in here.objects.get(member, ()))
    for name, many in touched.items():
        if many < FEWEST_IN_EPISODE:
            continue
        acts = here.by_object[name]
        own = [act for act in acts if act.account in group]
        members = frozenset(act.account for act in own)
        times = [act.at for act in own]
        outsiders = len({act.account for act in acts} - group)
        posts = tuple(sorted({act.post for act in own}))
        found.append(Episode(name, members, outsiders, min(times), max(times), posts))
    return sorted(found, key=lambda episode: (episode.first, episode.name))


def talks(posts: pa.Table) -> Iterable[tuple[str, str]]:
    """Yield (who, whom) for each answer to and each mention of another account's post or handle."""
    rows = posts.select(["key", "account", "network", "handle", "reply_to", "mentions"]).to_pylist()
    author = {row["key"]: row["account"] for row in rows}
    named = {
        (row["network"], _short(row["handle"])): row["account"] for row in rows if row["handle"]
    }
    for row in rows:
        whom = {author.get(row["reply_to"])}
        whom |= {named.get((row["network"], _short(each))) for each in row["mentions"] or ()}
        yield from ((row["account"], each) for each in whom if each and each != row["account"])


def _short(handle: str) -> str:
    return handle.lower().lstrip("@").split("@")[0]
