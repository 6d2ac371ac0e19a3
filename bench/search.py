"""Searching a million posts, in both databases.

The posts are **synthetic**: each is half of one invented post of `data/corpus` and half of another,
with the labels of the first, spread over a year. Times are those of the page's own question: a page
of results with its labels, and the number found. SQLite answers within the process and is told by
CPU time, PostgreSQL is a process of its own and told by the wall clock.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from sqlalchemy import Engine

from bench.big_store import settle, write_some
from bench.markdown import figure, table
from data import tables
from data.corpus import read_corpus
from data.engine import open_store
from data.page_reads.narrowed import Narrowing
from data.page_reads.search import best, search
from data.rows import microseconds
from data.search_query import read_query
from data.writes.new_posts import noting_new_posts
from tests import postgres

SEED, ROUNDS, PART = 7, 20, 20_000
NEWEST = datetime(2026, 11, 26, 15, 20, tzinfo=UTC)
NETWORKS = ("mastodon", "bluesky", "telegram", "x")
_WEEK = Narrowing(start=NEWEST - timedelta(days=7))
_ALL = Narrowing()
ASKED = (  # what is typed, what it is narrowed to, in words
    ("winterjacke", _ALL, "a rare word"),
    ("decken", _ALL, "a usual word"),
    ("zimmer altona", _ALL, "two words"),
    ("hhhilft", _ALL, "a word of nearly every post"),
    ("wir die und", _ALL, "three of the most frequent words"),
    ('"wir suchen" -wohnung', _ALL, "words in a row, without another"),
    ("dolmetsch*", _ALL, "a beginning"),
    ("ver*", _ALL, "a beginning of three letters"),
    ("#hhhilft decken", _ALL, "a hashtag and a word"),
    ("decken", _WEEK, "a usual word, one week"),
    ("hhhilft", Narrowing(topic="unterkunft"), "nearly every post, one topic"),
    ("hhhilft", Narrowing(places=("Ottensen",)), "nearly every post, one Stadtteil"),
    ("wir", Narrowing(intent="gesuch", network="x", urgent=True), "a frequent word, three labels"),
    ("", Narrowing(topic="unterkunft", places=("Ottensen",)), "no word, topic and Stadtteil"),
    ("xyzzy", _ALL, "a word of no post"),
)


def report(size: int) -> str:
    """Make a store of `size` posts in each database and measure each question."""
    told = []
    with (
        postgres.running(postgres.programs() or Path(), postgres.AS_DEBIAN) as server,
        TemporaryDirectory() as folder,
    ):
        for url in (f"sqlite:///{folder}/search.db", server.url(server.make())):
            engine = open_store(url)
            fill(engine, size)
            told.append(f"{engine.dialect.name}, {figure(size)} posts:\n\n{answers_of(engine)}")
            engine.dispose()
    return "\n\n".join(told)


def answers_of(engine: Engine) -> str:
    """Measure each question over a filled store."""
    rows = []
    whole: list[float] = []
    clock = time.process_time if engine.dialect.name == "sqlite" else time.perf_counter
    with engine.connect() as connection:
        for said, to, meaning in ASKED:
            query = read_query(said)
            found = search(connection, query, to)
            newest = _times(partial(search, connection, query, to), clock)
            answering = _times(partial(best, connection, query, to), clock)
            whole += newest
            rows.append(
                [
                    f"`{said}` ({meaning})" if said else meaning,
                    f"{'' if found.whole else 'at least '}{figure(found.count)}",
                    *(figure(each, 1) for each in (_share(newest, 0.5), _share(newest, 0.95))),
                    figure(_share(answering, 0.5), 1) if query else "",
                ]
            )
    rows.append(
        ["all questions", "", figure(_share(whole, 0.5), 1), figure(_share(whole, 0.95), 1), ""]
    )
    head = ["asked", "found", "newest first, p50 ms", "p95 ms", "best first, p50 ms"]
    return table(head, rows)


def fill(engine: Engine, size: int) -> None:
    """Write the posts with their words and labels, past the program's own writers."""
    dice = random.Random(SEED)  # noqa: S311  no secret
    made = list(read_corpus())
    with engine.begin() as connection:
        write_some(connection, tables.accounts, [_account()])
    for start in range(0, size, PART):
        drawn = [_post(dice, made, number) for number in range(start + 1, start + PART + 1)]
        with engine.begin() as connection:
            with noting_new_posts(connection):
                write_some(connection, tables.posts, [post for post, _ in drawn])
            write_some(connection, tables.tags, [_tag(post, of) for post, of in drawn])
            said = [row for post, of in drawn for row in _labels(post, of)]
            write_some(connection, tables.labels, said)
    settle(engine)


def _times(ask: Callable[[], object], clock: Callable[[], float]) -> list[float]:
    """Give the milliseconds of each round, sorted."""
    ask()
    found = []
    for _ in range(ROUNDS):
        began = clock()
        ask()
        found.append((clock() - began) * 1_000)
    return sorted(found)


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _account() -> dict[str, Any]:
    now = microseconds(NEWEST)
    return {"id": 1, "network": "x", "native_id": "a", "first_seen": now, "updated_at": now}


def _post(
    dice: random.Random, made: Sequence[dict[str, Any]], number: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    one, other = dice.choice(made), dice.choice(made)
    first, last = one["text"].split(), other["text"].split()
    words = " ".join(first[: len(first) // 2] + last[len(last) // 2 :])
    at = microseconds(NEWEST) - dice.randrange(365 * 86_400) * 1_000_000
    network = dice.choices(NETWORKS, (8, 4, 2, 1))[0]
    post = {
        "id": number,
        "network": network,
        "native_id": f"https://elbe.example/users/a/statuses/{number}",
        "account": 1,
        "created_at": at,
        "time_known": True,
        "first_seen": at,
        "seen_at": at,
        "source": network,
        "text": f"{words} #HHhilft" if dice.random() < 0.9 else words,
        "url": f"https://elbe.example/@a/{number}",
        "links": "[]",
        "hashtags": '["hhhilft"]',
        "mentions": "[]",
        "media": "[]",
    }
    return post, one


def _tag(post: dict[str, Any], of: dict[str, Any]) -> dict[str, Any]:
    return {
        "post": post["id"],
        "lang": of["lang"],
        "urgent": of["urgent"],
        "urgent_score": 0.9 if of["urgent"] else 0.1,
        "urgent_evidence": "[]",
        "tagger": "bench",
        "tagged_at": post["seen_at"],
    }


def _labels(post: dict[str, Any], of: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for kind in ("topic", "intent", "place"):
        for label in dict.fromkeys(of[f"{kind}s"]):
            yield {
                "post": post["id"],
                "kind": kind,
                "label": label,
                "score": 0.9,
                "evidence": orjson.dumps([label]).decode(),
            }
