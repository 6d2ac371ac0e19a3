"""Who did what where: what all groups of one run are looked at against, and their episodes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from monitor.detect.actions import kind_of
from monitor.detect.columns import rows, shared
from monitor.detect.posts_of import PostsOf
from monitor.detect.profiles import profiles

FEWEST_IN_EPISODE = 3  # members; two on one object are a pair, not yet something the group did


class Act(NamedTuple):
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

    by_object: Mapping[str, Sequence[Act]]  # those with FEWEST_IN_EPISODE acts or more
    objects: Mapping[str, Set[str]]  # of an account, of those
    acting: Mapping[str, int]  # how many posts of an account act on something
    by_network: Mapping[str, int]  # such posts
    posts: Mapping[str, Sequence[str]]  # of an account
    talks: Mapping[str, Set[str]]  # who answered or mentioned whom
    profiles: Mapping[str, Mapping[str, Any]]

    def talking(self, group: Set[str]) -> int:
        """Count the members who answered or mentioned another member."""
        return sum(not self.talks.get(who, frozenset()).isdisjoint(group) for who in group)


def scene(posts: pa.Table, actions: pa.Table) -> Scene:
    """Prepare posts (POST_SCHEMA) and actions (ACTION_SCHEMA) for `marks`."""
    names = actions["object"].combine_chunks().dictionary_encode()
    acts = np.bincount(names.indices, minlength=len(names.dictionary))
    often = actions.filter(pa.array(acts[names.indices] >= FEWEST_IN_EPISODE))
    by_object: dict[str, list[Act]] = defaultdict(list)
    objects: dict[str, set[str]] = defaultdict(set)
    values = [shared(often[name]) for name in ("object", "account", "content", "at")]
    for name, account, post, at in zip(*values, strict=True):
        by_object[name].append(Act(account, post, at))
        objects[account].add(name)
    acting = actions.group_by(["account", "content"]).aggregate([])["account"]
    made = {each["values"]: each["counts"] for each in acting.value_counts().to_pylist()}
    spoken: dict[str, set[str]] = defaultdict(set)
    for who, whom in talks(posts):
        spoken[who].add(whom)
    everywhere: Counter[str] = Counter()
    for account, many in made.items():
        everywhere[network_of(account)] += many
    return Scene(by_object, objects, made, everywhere, PostsOf(posts), spoken, profiles(posts))


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
    said = _without_echoes(found)
    return sorted(said, key=lambda episode: (episode.first, episode.name))


def _without_echoes(found: Sequence[Episode]) -> list[Episode]:
    """Leave out moments most posts of which share something else as well: that says more."""
    content = {post for each in found if each.kind != "moment" for post in each.posts}
    return [
        each
        for each in found
        if each.kind != "moment"
        or 2 * sum(post in content for post in each.posts) <= len(each.posts)
    ]


def talks(posts: pa.Table) -> Iterable[tuple[str, str]]:
    """Yield (who, whom) for each answer to and each mention of another account's post or handle."""
    named = _named(posts)
    answered = posts["account"].take(pc.index_in(posts["reply_to"], posts["key"]))
    said = posts.select(["account", "network", "mentions"]).append_column("answered", answered)
    mentioning = pc.greater(pc.list_value_length(said["mentions"]), 0)
    said = said.filter(pc.or_kleene(pc.is_valid(answered), pc.fill_null(mentioning, False)))
    for who, network, mentions, author in rows(said, *said.column_names):
        whom = {author, *(named.get((network, _short(each))) for each in mentions)}
        yield from ((who, each) for each in whom if each and each != who)


def _named(posts: pa.Table) -> dict[tuple[str, str], str]:
    """Give accounts by network and short handle; the newest one that posted under it."""
    table = posts.select(["network", "handle", "account"])
    table = table.append_column("row", pa.array(np.arange(posts.num_rows)))
    last = table.group_by(["network", "handle", "account"]).aggregate([("row", "max")])
    known = rows(last.sort_by("row_max"), "network", "handle", "account")
    return {(network, _short(handle)): who for network, handle, who in known if handle}


def network_of(account: str) -> str:
    """Give the network of an account's key."""
    return account.partition(":")[0]


def _short(handle: str) -> str:
    return handle.lower().lstrip("@").split("@")[0]
