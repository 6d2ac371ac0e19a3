"""A small world for the pages: two weeks of posts, a warning, a community, sources in trouble."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, select

from data import decisions
from data.records import Post, RecordError
from data.tables import posts
from data.writes import (
    ClusterRow,
    EdgeRow,
    EpisodeRow,
    LabelRow,
    MatchRow,
    NodeRow,
    Rejected,
    TagRow,
    add_coverage,
    delete_posts,
    finish_run,
    put_in_quarantine,
    start_run,
    upsert_posts,
    write_clusters,
    write_matches,
    write_network,
    write_tags,
)
from tests import make

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)  # a Wednesday, 15:30 in Hamburg
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COPIES = (("one", "Unfassbar!"), ("two", "Seht:"), ("hidden", ""))
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \u202egnp.exe =1+1"

TOGETHER = {
    "code": "together", "value": 3, "expected": None, "against": False, "members": 3,
    "kinds": ["text"], "median_gap_seconds": 40, "first": "2026-11-16T08:00:00+00:00",
}  # fmt: skip
WEIGHED = {
    "code": "weighed", "value": 0.9, "expected": None, "against": False,
    "parts": [["recycled", 0.98, 1.5], ["own_posts", 0.7, -0.8], ["of_tomorrow", 0.3, 0.01]],
}  # fmt: skip
RECYCLED = {
    "code": "recycled_texts", "value": 1.0, "expected": 0.07, "against": False, "of": 3,
}  # fmt: skip
TALK = {"code": "talk_to_each_other", "value": 0.67, "expected": None, "against": True, "of": 3}


def fill(engine: Engine, now: datetime = NOW) -> None:
    """Write the whole world, as seen at `now`."""
    with engine.begin() as connection:
        upsert_posts(connection, [each for each, *_ in _said(now)], "sample", now)
        delete_posts(connection, "mastodon", ["gone"], now)
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())  # type: ignore[arg-type]
        rows = [
            _tags(numbers[each.id], urgent, labels) for each, urgent, labels in _said(now) if labels
        ]
        write_tags(connection, rows, "test", now)
        reasons = [{"code": "same", "item": "schlafplatz"}]
        write_matches(
            connection, [MatchRow(numbers["sleep"], numbers["room"], "schlafplatz", 0.7, reasons)]
        )
        write_clusters(connection, clusters(now), now)
        write_network(connection, *_network())
        _sources(connection, now)
        _blocks(connection, now)


def _said(now: datetime) -> list[tuple[Post, bool, list[str]]]:
    """List posts with whether they are urgent, and their labels as "kind:label"."""
    hidden = make.account("hidden", handle="hidden@elbe.example", discoverable=False)
    hostile = make.account("hostile", handle=f"{HOSTILE}@x.example", name="=HYPERLINK(1)")
    lot = [
        (_post("sleep", now - 2 * HOUR, "Brauchen heute Abend zwei Betten in Altona!"), True,
         ["intent:gesuch", "topic:unterkunft", "place:Altona"]),
        (_post("coats", now - 30 * HOUR, "Suchen Winterjacken in Altona."), False,
         ["intent:gesuch", "topic:sachspenden", "place:Altona"]),
        (_post("answer", now - 29 * HOUR, "Habe drei Jacken.", by="ben", reply_to="coats"), False,
         ["intent:angebot", "topic:sachspenden"]),
        (_post("form", now - 50 * HOUR, "Wo gebe ich das Formular ab?"), False,
         ["intent:frage", "topic:recht"]),
        (_post("form2", now - 49 * HOUR, "Niemand?", reply_to="form"), False, ["intent:meinung"]),
        (_post("room", now - 3 * DAY, "Zimmer frei in Wandsbek.", by=hidden), False,
         ["intent:angebot", "topic:unterkunft", "place:Wandsbek"]),
        (_post("bad", now - 3 * HOUR, HOSTILE, by=hostile, url="javascript:alert(1)"), True,
         ["intent:gesuch", "topic:unterkunft"]),
        (_post("gone", now - HOUR, "Wird gelöscht."), True, ["intent:gesuch"]),
        (_post("before", now - 9 * DAY, "Suchen Decken in Altona."), False,
         ["intent:gesuch", "topic:sachspenden", "place:Altona"]),
        (_post("long ago", now - 30 * DAY, "Moin!"), False, []),
    ]  # fmt: skip
    copies = [
        (
            _post(
                f"copy {who} {part}",
                now - 2 * DAY + part * HOUR + after * timedelta(seconds=40),
                f"{start} Das Amt schweigt, Teil {part} #HHhilft",
                by=who,
            ),
            False,
            ["intent:meinung"],
        )
        for part in range(3)
        for after, (who, start) in enumerate(COPIES)
    ]
    return lot + copies


def _post(name: str, at: datetime, text: str, by: object = "ana", **known: object) -> Post:
    known.setdefault("url", f"https://elbe.example/{name.replace(' ', '-')}")
    return make.post(name, by, created_at=at, text=text, **known)  # type: ignore[arg-type]


def _tags(post: int, urgent: bool, labels: list[str]) -> TagRow:
    rows = [LabelRow(*each.split(":"), score=0.9) for each in labels]  # type: ignore[misc]
    return TagRow(post, "de", urgent, 0.9 if urgent else 0.1, [], rows)


def clusters(now: datetime) -> list[ClusterRow]:
    """Give the warnings w1 and w2, and a community."""
    who = ("one", "two", "hidden")
    evidence = [
        (f"mastodon:copy {each} {part}", f"Teil {part}", "text")
        for part in range(3)
        for each in who
    ]
    marks = {f"mastodon:{each}": {"shared_objects": 3} for each in who}
    first, last = now - 2 * DAY, now - 2 * DAY + 3 * HOUR
    return [
        ClusterRow(
            "w1", "alert", 0.9, None, ["text"], first, last, [TOGETHER, RECYCLED, TALK, WEIGHED],
            marks, evidence, _episodes(),
        ),
        ClusterRow(
            "w2", "watch", 0.4, None, ["text"], first, last, [TOGETHER], marks, evidence[:3]
        ),
        ClusterRow(
            "c1", "community", 0.1, None, ["text"], first, last, [TOGETHER, TALK],
            {"mastodon:ana": {}, "mastodon:ben": {}}, [("mastodon:coats", "x", "text")],
        ),
    ]  # fmt: skip


def _episodes() -> list[EpisodeRow]:
    return [
        EpisodeRow(
            "text", f"Teil {part}", 2 - part, [f"mastodon:copy {who} {part}" for who, _ in COPIES]
        )
        for part in range(3)
    ]


def _network() -> tuple[list[NodeRow], list[EdgeRow]]:
    places = {"ana": (0.0, 0.0), "ben": (0.4, 0.3), "hidden": (0.9, -0.5), "hostile": (0.9, 0.9)}
    nodes = [
        NodeRow(f"mastodon:{name}", "1" if name in ("ana", "ben") else "2", x, y, 2, 0.1)
        for name, (x, y) in places.items()
    ]
    edges = [
        EdgeRow("mastodon:ana", "mastodon:ben", "talk", 3.0),
        EdgeRow("mastodon:ana", "mastodon:hidden", "together", 2.0),
        EdgeRow("mastodon:hidden", "mastodon:hostile", "talk", 1.0),
    ]
    return nodes, edges


def _blocks(connection: Connection, now: datetime) -> None:
    """Block two accounts, one of which objects, and propose a third one."""
    before = now - 2 * HOUR
    for who in ("hidden", "hostile"):
        key = f"mastodon:{who}"
        made = decisions.propose(connection, "eva", key, "Dieselben Texte.", None, before)
        made = decisions.decide_block(
            connection, "ina", key, "block_confirm", HOSTILE, made, before
        )
    day: date = now.date() - 3 * DAY
    decisions.enter_appeal(connection, "eva", key, HOSTILE, day, "letter", made, before)
    decisions.propose(connection, "eva", "mastodon:two", "Neues Konto.", None, before)


def _sources(connection: Connection, now: datetime) -> None:
    for origin, state, detail in (
        ("https://norden.social", "ok", None),
        ("https://mastodon.social", "denied", "This method requires a login"),
    ):
        run = start_run(connection, "collect", "mastodon", origin, now - HOUR / 4)
        finish_run(
            connection, run, state, now - HOUR / 5, detail=detail,
            counts={"fetched": 40, "new": 3}, next_try=now + HOUR / 4,
        )  # fmt: skip
    add_coverage(connection, "mastodon", "https://norden.social", now - 5 * DAY, now - 3 * DAY)
    add_coverage(connection, "mastodon", "https://norden.social", now - 2 * DAY, now)
    broken = Rejected(7, RecordError("json_broken", "x"), "{")
    put_in_quarantine(connection, "file", "old.jsonl", [broken], "1", now)
