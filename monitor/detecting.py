"""Detection between its pure parts and the world: the store's rows, and files."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Engine

from data.account_names import keys_of_names
from data.config import Config
from data.decisions import Decision
from data.detection_reads import levels_found, newest_detection
from data.enough import note_words, notes
from data.errors import SourceError
from data.page_reads.warnings import to_decide
from data.places import read_places
from data.quarantine import Rejected
from data.reads import members_of_clusters
from data.reasons import sentence
from data.records import Post, iso
from data.writes import (
    ClusterRow,
    EdgeRow,
    EpisodeRow,
    NodeRow,
    finish_run,
    start_run,
    write_clusters,
    write_network,
)
from monitor.cycles import cycles_left_alone
from monitor.detect.actions import kind_of
from monitor.detect.cluster import Cluster, keep_names
from monitor.detect.clusters import Found, find_clusters
from monitor.detect.columns import rows
from monitor.detect.copies import Copies
from monitor.detect.known import Known
from monitor.detect.network import draw
from monitor.detect.posts import post_table
from monitor.inputs import Inputs, read_inputs

Refuse = Callable[[Path | str, Rejected], None]
UNCHANGED = "unverändert seit der letzten Suche / nothing has changed since the last search"
SHORTEST_PLACE = 4  # letters of a word of a place's name that is masked in texts


@cycles_left_alone()
def detect_store(engine: Engine, config: Config, now: datetime) -> dict[str, int]:
    """Look at the last `detect.look_back_days`; write clusters and network, and count them."""
    with engine.connect() as connection:
        inputs = read_inputs(connection, config, now)
    return _detect(engine, config, now, inputs)


@cycles_left_alone()
def detect_changes(engine: Engine, config: Config, now: datetime) -> dict[str, int]:
    """Do as `detect_store`, but compute nothing where the newest run had the very same inputs.

    Its run then says so (`detail`, count `unchanged`); other counts are of the groups as stored.
    """
    with engine.connect() as connection:
        inputs = read_inputs(connection, config, now)
        newest = newest_detection(connection)
    name = inputs.fingerprint(config, place_words())
    if name != newest:
        return _detect(engine, config, now, inputs)
    with engine.begin() as connection:
        levels = levels_found(connection)
        counts = _counts(connection, inputs.posts, levels) | {"unchanged": 1}
        run = start_run(connection, "detect", None, None, now, name)
        finish_run(connection, run, "ok", now, UNCHANGED, counts)
    return counts


def _detect(engine: Engine, config: Config, now: datetime, inputs: Inputs) -> dict[str, int]:
    posts = inputs.posts
    with engine.connect() as connection:
        names = members_of_clusters(connection)
    found = find(posts, config, inputs.named)
    clusters = keep_names(found.clusters, names)
    picture = draw(posts, found.pairs, config.detect.seed)
    levels = Counter(each.level for each in clusters)
    with engine.begin() as connection:
        write_clusters(connection, [_row(each) for each in clusters], now)
        write_network(
            connection,
            [NodeRow(*_values(each)) for each in picture.nodes],
            [EdgeRow(*_values(each)) for each in picture.edges],
        )
        counts = _counts(connection, posts, levels)
        name = inputs.fingerprint(config, place_words())
        run = start_run(connection, "detect", None, None, now, name)
        finish_run(connection, run, "ok", now, counts=counts)
    return counts


def _counts(connection: Connection, posts: pa.Table, levels: Mapping[str, int]) -> dict[str, int]:
    alerts, watches = to_decide(connection)
    return {
        **measured(posts),
        **{name: levels.get(name, 0) for name in _LEVELS},
        "alert_to_decide": alerts,
        "watch_to_decide": watches,
    }


@cycles_left_alone()
def find(posts: pa.Table, config: Config, named: Sequence[Decision] = ()) -> Found:
    """Find the clusters in posts, by the settings and by the accounts that people `named`."""
    detect = config.detect
    return find_clusters(
        posts, config.watch.hashtags, place_words(), detect.min_shared, detect.seed,
        known=_known(posts, detect.institutions, named),
    )  # fmt: skip


def _known(posts: pa.Table, institutions: Sequence[str], named: Sequence[Decision]) -> Known:
    handles = dict(rows(posts, "account", "handle")) if institutions else {}
    return Known(
        institutions=keys_of_names(institutions, handles)
        | {each.subject for each in named if each.verdict == "institution"},
        automated=frozenset(each.subject for each in named if each.verdict == "automated"),
    )


@cycles_left_alone()
def read_files(paths: Sequence[Path], refuse: Refuse) -> pa.Table:
    """Read files of any import format into one table; what is no post goes to `refuse`.

    Posts of which nobody says who wrote them are left out: they would link what has no link.
    Raises SourceError where not one post could be read.
    """
    from monitor.sources.files import read_posts

    def read() -> Iterator[Post]:
        for path in paths:
            for each in read_posts(path):
                if isinstance(each, Rejected):
                    refuse(path, each)
                elif each.account.is_known:
                    yield copies.note(each)

    copies = Copies()
    posts = copies.left_out(post_table(read()))
    if not posts.num_rows:
        names = ", ".join(map(str, paths))
        raise SourceError(
            de=f"{names}: kein Beitrag war lesbar. Jede Zeile braucht network, id, created_at und "
            "account.id.",
            en=f"{names}: no post could be read. Each line needs network, id, created_at and "
            "account.id.",
        )
    return posts


def measured(posts: pa.Table) -> dict[str, int]:
    """Count posts (POST_SCHEMA), their accounts, and those whose time is not known."""
    return {
        "posts": posts.num_rows,
        "accounts": len(posts["account"].unique()),
        "untimed": pc.sum(pc.invert(posts["time_known"])).as_py() or 0,
    }


def document(posts: pa.Table, clusters: Sequence[Cluster], lang: str) -> dict[str, Any]:
    """Give the clusters found in posts as the contract's JSON document; notes say what is thin."""
    extent = pc.min_max(posts["created_at"]).as_py() if posts.num_rows else {}
    return {
        "window": {
            "from": iso(extent["min"]) if extent else None,
            "to": iso(extent["max"]) if extent else None,
        },
        "posts": posts.num_rows,
        "accounts": len(posts["account"].unique()),
        "clusters": [_as_json(each, lang) for each in clusters],
        "notes": notes_json(measured(posts), lang),
    }


def notes_json(counts: Mapping[str, int], lang: str) -> list[dict[str, Any]]:
    """Say of what there is too little, by `measured` counts."""
    return [{**asdict(each), "text": note_words(each, lang)} for each in notes(counts)]


_LEVELS = ("alert", "watch", "community")


def _as_json(cluster: Cluster, lang: str) -> dict[str, Any]:
    return {
        "id": cluster.id,
        "level": cluster.level,
        "score": cluster.score,
        "accounts": list(cluster.accounts),
        "kinds": list(cluster.kinds),
        "first": iso(cluster.first),
        "last": iso(cluster.last),
        "reasons": [{**each, "text": sentence(each, lang)} for each in cluster.reasons],
        "evidence": sorted({post for post, _ in cluster.evidence}),
    }


def _row(cluster: Cluster) -> ClusterRow:
    return ClusterRow(
        id=cluster.id,
        level=cluster.level,
        score=cluster.score,
        name=None,
        kinds=cluster.kinds,
        first=cluster.first,
        last=cluster.last,
        reasons=cluster.reasons,
        accounts={key: {"shared_objects": cluster.parts.get(key, 0)} for key in cluster.accounts},
        evidence=[(post, name, kind_of(name)) for post, name in cluster.evidence],
        episodes=[EpisodeRow(*_values(each)) for each in cluster.episodes],
    )


def _values(item: Any) -> list[Any]:
    return [getattr(item, name) for name in item.__slots__]


def place_words() -> frozenset[str]:
    """Return the words of Hamburg's places, which are masked when texts are compared."""
    words = (word for place in read_places() for word in re.findall(r"\w+", place.name.lower()))
    return frozenset(word for word in words if len(word) >= SHORTEST_PLACE)
