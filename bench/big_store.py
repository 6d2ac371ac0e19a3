"""A store of a million invented posts, written past the program's own writers: for the pages.

Shares and times are **synthetic**: a quarter are reposts, a fifth replies, an eighth calls for
help, some are bridged copies or deleted; few accounts write much. `year` spreads the posts over
twelve months with one in twenty in the newest two weeks, `month` has all of them in 28 days.
Nothing is marked for counting: in a new store nothing has been counted yet, so all is.
"""

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Table, insert

from bench.import_posts import WORDS
from data import decisions, tables
from data.places import read_places
from data.rows import microseconds
from data.topics import read_topics

SEED = 7
NEWEST = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)  # the pages' "now"
SPANS = ("year", "month")
PASSWORD = "a long enough word"  # noqa: S105  of an invented store
NETWORKS = ("mastodon", "bluesky", "telegram", "x")
INTENTS = (
    ("gesuch", 0.12), ("angebot", 0.10), ("frage", 0.09),
    ("hinweis", 0.22), ("dank", 0.09), ("meinung", 0.25),
)  # fmt: skip
_PART = 20_000  # rows written at a time
_SECOND, _DAY = 1_000_000, 86_400_000_000  # microseconds


def fill(engine: Engine, count: int, span: str) -> None:
    """Write accounts, posts, labels, groups, network, matches, runs, a user of each role."""
    dice = random.Random(SEED)  # noqa: S311  no secret
    people = max(count // 20, 400)
    write(engine, tables.accounts, _accounts(people))
    rows = list(_posts(dice, count, people, span))
    write(engine, tables.posts, (row for row, _ in rows))
    write(engine, tables.tags, (_tag(row, said) for row, said in rows if said is not None))
    write(engine, tables.labels, (each for row, said in rows for each in _labels(row, said)))
    _about(engine, dice, [row for row, _ in rows], people)
    with engine.begin() as connection:
        for role in decisions.ROLES:
            decisions.add_user(connection, role, role, PASSWORD, NEWEST)


def settle(engine: Engine) -> None:
    """Do what PostgreSQL's own autovacuum does after a while; the server here has none."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def write(engine: Engine, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as `write_some` does, a part at a time."""
    there = iter(rows)
    while part := list(itertools.islice(there, _PART)):
        with engine.begin() as connection:
            write_some(connection, table, part)


def write_some(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows in the store's own form; each has the same columns."""
    columns = ", ".join(f'"{each}"' for each in rows[0])
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(rows[0]))})",
            [tuple(row.values()) for row in rows],
        )
        return
    raw: Any = connection.connection.driver_connection
    with raw.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def _accounts(people: int) -> Iterator[dict[str, Any]]:
    for number in range(1, people + 1):
        yield {
            "id": number,
            "network": NETWORKS[number % 4],
            "native_id": f"a{number}",
            "handle": f"@a{number}@elbe.example",
            "name": f"Konto {number}",
            "url": f"https://elbe.example/@a{number}",
            "created_at": microseconds(NEWEST) - (400 + number % 3000) * _DAY,
            "followers": number % 5000,
            "bot": number % 50 == 0,
            "discoverable": number % 20 != 0,
            "first_seen": microseconds(NEWEST) - 300 * _DAY,
            "updated_at": microseconds(NEWEST),
        }


def _times(dice: random.Random, count: int, span: str) -> list[int]:
    """Draw the times of posts, oldest first."""
    now = microseconds(NEWEST)
    if span == "month":
        return sorted(now - dice.randrange(28 * _DAY) for _ in range(count))
    recent = count // 20
    old = (now - 14 * _DAY - dice.randrange(351 * _DAY) for _ in range(count - recent))
    return sorted([*old, *(now - dice.randrange(14 * _DAY) for _ in range(recent))])


def _posts(
    dice: random.Random, count: int, people: int, span: str
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Make posts, oldest first, each with what is said about it (None: it is deleted)."""
    draw = dice.random
    names = [each.key for each in read_topics()]
    where = [each.name for each in read_places()]
    for number, at in enumerate(_times(dice, count, span), 1):
        who = 1 + int(people * draw() ** 2.5)
        kind, gone = draw(), draw() < 0.01
        earlier = max(1, number - 1 - int(3000 * draw() ** 2))
        link = f"https://links.example/{int(count * draw() ** 3)}"
        post = {
            "id": number,
            "network": NETWORKS[earlier % 4 if kind < 0.45 else who % 4],
            "native_id": f"p{number}",
            "account": who,
            "created_at": at,
            "time_known": True,
            "first_seen": at + 60 * _SECOND,
            "seen_at": at + 60 * _SECOND,
            "source": NETWORKS[who % 4] if number % 10 else "file",
            "text": "" if gone else " ".join(dice.choices(WORDS, k=18)) + " #HHhilft",
            "url": None if gone else f"https://elbe.example/@a{who}/{number}",
            "lang": "de",
            "reply_to": f"p{earlier}" if 0.25 <= kind < 0.45 else None,
            "repost_of": f"p{earlier}" if kind < 0.25 else None,
            "links": "[]" if gone else orjson.dumps([link]).decode(),
            "hashtags": "[]" if gone else '["hhhilft"]',
            "mentions": "[]",
            "media": "[]",
            "likes": int(9 * draw()),
            "same_as": f"https://elbe.example/p{earlier}" if kind > 0.97 and not gone else None,
            "copy_of": earlier if kind > 0.97 else None,
            "deleted_at": at + _DAY if gone else None,
        }
        if gone:
            yield post, None
            continue
        intents = [name for name, share in INTENTS if draw() < share]
        places = {where[int(len(where) * draw() ** 2)] for _ in range(1 + (draw() < 0.15))}
        yield (
            post,
            {
                "urgent": "gesuch" in intents and draw() < 0.2,
                "topic": {names[int(len(names) * draw() ** 1.5)] for _ in range(1 + (draw() < 0.2))}
                if draw() < 0.85
                else (),
                "intent": intents,
                "place": places if draw() < 0.38 else (),
            },
        )


def _tag(post: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    return {
        "post": post["id"],
        "lang": "de",
        "urgent": said["urgent"],
        "urgent_score": 0.9 if said["urgent"] else 0.1,
        "urgent_evidence": "[]",
        "tagger": "bench",
        "tagged_at": post["seen_at"],
    }


def _labels(post: dict[str, Any], said: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    for kind in ("topic", "intent", "place") if said else ():
        for label in said[kind]:
            yield {
                "post": post["id"],
                "kind": kind,
                "label": label,
                "score": 0.9,
                "evidence": '["decken"]',
            }


def _about(engine: Engine, dice: random.Random, posts: list[dict[str, Any]], people: int) -> None:
    """Write what the other steps would have: groups, network, matches, runs, coverage."""
    now = microseconds(NEWEST)
    recent = [post for post in posts[-len(posts) // 20 :] if not post["deleted_at"]]
    _groups(engine, dice, recent, people, now)
    drawn = dice.sample(range(1, min(people, 3000)), 300)
    write(
        engine,
        tables.network_nodes,
        (
            {
                "account": account, "community": str(place % 12), "x": dice.random(),
                "y": dice.random(), "degree": 2 + place % 40, "betweenness": dice.random(),
            }
            for place, account in enumerate(drawn)
        ),
    )  # fmt: skip
    pairs = {tuple(sorted(dice.sample(drawn, 2))) for _ in range(1500)}
    write(
        engine,
        tables.network_edges,
        (
            {"a": a, "b": b, "kind": ("talk", "together")[a % 2], "weight": 1.0 + b % 9}
            for a, b in sorted(pairs)
        ),
    )
    own = [post["id"] for post in recent if not post["repost_of"]]
    needs = dice.sample(own, min(2000, len(own) // 2))
    write(
        engine,
        tables.matches,
        (
            {
                "need": need, "offer": offer, "item": "schlafplatz", "score": 0.7,
                "reasons": '[{"code": "same", "item": "schlafplatz"}]',
            }
            for need in needs
            for offer in sorted(dice.sample(own, 3))
        ),
    )  # fmt: skip
    write(engine, tables.runs, _runs(now))
    write(
        engine,
        tables.coverage,
        (
            {
                "source": "mastodon", "origin": f"https://s{part % 3}.example",
                "start": now - day * _DAY, "end": now - day * _DAY + _DAY // (1 + part % 2),
            }
            for day in range(60)
            for part in range(3)
        ),
    )  # fmt: skip
    write(
        engine,
        tables.quarantine,
        (
            {
                "source": "mastodon", "origin": "https://s0.example", "code": "json_broken",
                "detail": "x", "body": "{", "digest": str(number), "mapper": "1", "at": now,
            }
            for number in range(500)
        ),
    )  # fmt: skip


def _groups(
    engine: Engine, dice: random.Random, posts: list[dict[str, Any]], people: int, now: int
) -> None:
    """Write 30 warnings to decide, 60 communities, and 400 of before, every second decided."""
    reasons = orjson.dumps(
        [
            {
                "code": "together", "value": 3, "expected": None, "against": False, "members": 9,
                "kinds": ["text"], "median_gap_seconds": 40, "first": NEWEST.isoformat(),
            },
            {
                "code": "talk_to_each_other", "value": 0.67, "expected": None, "against": True,
                "of": 9,
            },
        ]
    ).decode()  # fmt: skip
    levels = ["alert"] * 10 + ["watch"] * 20 + ["community"] * 60 + ["watch", "alert"] * 200
    clusters, members, evidence, episodes, acts = [], [], [], [], []
    for number, level in enumerate(levels):
        name = f"g{number}"
        clusters.append(
            {
                "id": name, "level": level, "score": dice.random(), "kinds": '["text"]',
                "first": now - 5 * _DAY, "last": now - _DAY, "reasons": reasons,
                "detected_at": now - 4 * _DAY, "updated_at": now,
                "gone_at": None if number < 90 else now - 2 * _DAY,
            }
        )  # fmt: skip
        members += [
            {"cluster": name, "account": each, "marks": "{}"}
            for each in dice.sample(range(1, people), 9)
        ]
        shown = sorted(dice.sample([post["id"] for post in posts[-5000:]], 60))
        evidence += [
            {"cluster": name, "post": each, "object": f"o{each % 6}", "kind": "text"}
            for each in shown
        ]
        episodes += [
            {"cluster": name, "number": each, "kind": "text", "object": f"o{each}", "others": 2}
            for each in range(6)
        ]
        acts += [{"cluster": name, "number": each % 6, "post": each} for each in shown]
    write(engine, tables.clusters, clusters)
    write(engine, tables.cluster_accounts, members)
    write(engine, tables.cluster_posts, evidence)
    write(engine, tables.cluster_episodes, episodes)
    write(engine, tables.cluster_acts, acts)
    with engine.begin() as connection:
        connection.execute(
            insert(tables.decisions),
            [
                {
                    "at": NEWEST - timedelta(days=1), "who": "press", "subject_kind": "cluster",
                    "subject": f"g{number}", "verdict": "dismiss", "reason": "x", "seen": None,
                    "basis": {"accounts": 9, "kinds": ["text"], "level": levels[number]},
                }
                for number in range(90, len(levels), 2)
            ],
        )  # fmt: skip


def _runs(now: int) -> Iterator[dict[str, Any]]:
    """Give the runs of a year: six sources every ten minutes, and the jobs."""
    asked = [("collect", "mastodon", f"https://s{each}.example") for each in range(3)]
    asked += [("collect", each, f"https://{each}.example") for each in NETWORKS[1:]]
    asked += [("tag", None, None), ("detect", None, None), ("match", None, None)]
    for turn in range(365 * 144, 0, -1):
        for step, source, origin in asked:
            at = now - turn * 600 * _SECOND
            yield {
                "step": step, "source": source, "origin": origin, "started_at": at,
                "finished_at": at + _SECOND, "state": "ok",
                "counts": '{"fetched": 40, "new": 3}',
            }  # fmt: skip
