"""A hostile world for the pages: whatever strangers can write stands everywhere they can write it.

Each of ATTACKS is the text of a post, the name, handle, bio and address of an account, a link, a
hashtag, an origin, a reason, an appeal, a setting. All of it is made up.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, Engine, select

from data import decisions
from data.config import AboutConfig, Config
from data.labelling import Labelling
from data.records import Account, Post, RecordError
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

NOW = datetime(2026, 11, 18, 14, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

LONG = "x" * 100_000
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=//evil.example/x onerror=alert(1)>',
    "svg": "<svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "frame": "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "style": "</style><style>*{display:none}</style><link rel=stylesheet href=//evil.example>",
    "attribute": "' onmouseover='alert(1)' autofocus onfocus=alert(1) x='",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img&#62; &amp;amp; &bogus;",
    "comment": "--><!--<![CDATA[ ]]></textarea></title></main><h1>Fremd</h1>",
    "jinja": "{{7*7}} {% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "format": "{0} {at.config} {who.__class__} {} {n!r:>99999} }{ %s %(x)s ${x}",
    "override": "\u202egnp.exe\u202dabc\u202blinks",
    "isolate": "\u2066\u2067\u2068offen ohne Ende",
    "mark": "rechts\u200f\u061c!",
    "hebrew": "שלום 12 עולם",
    "arabic": "مرحبا بكم 34",
    "invisible": "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    "hidden": "a\u200bl\u200be\u2060r\ufefft",
    "zalgo": "".join(
        f"{letter}{chr(0x300 + i % 60) * 60}" for i, letter in enumerate("Zalgo kommt")
    ),
    "formula": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line": "Hallo\n=1+1\n\n -1\r\n+1",
    "cells": 'a;=1+1;"=2",x",\n"=3"',
    "wide": "\uff1d1+1 \uff0b1",
    "long": LONG,
    "emoji": "👩‍👩‍👧‍👦" * 500,
    "controls": "a\x00b\x01\x07\x1b[31mrot\x7f\x85",
    "lines": "Anfang\u2028\u2029\x0b\x0c" + "\n" * 300 + "Ende",
    "sql": "'; DROP TABLE posts; -- \" OR 1=1 %_",
    "search": 'NEAR("a" b, 3) AND NOT * ^x "unclosed -col:text',
    "hashtag": "#" + "Donaudampfschifffahrt" * 100,
    "homoglyph": "https://hаmburg.example/ https://xn--hmburg-4ve.example/",
    "path": "../../etc/passwd\\..\\x",
}
ADDRESSES = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
    ),
    *(" javascript:alert(1)", "\x01javascript:alert(1)", "javascript&colon;alert(1)", "vbscript:x"),
    *("data:text/html,<script>alert(1)</script>", "file:///etc/passwd", "//evil.example/x"),
    *(
        "https://evil.example/\u202egnp.exe",
        "https://evil.example/" + LONG,
        "https://[::1",
        "https://",
    ),
    *('https://hаmburg.example/"><img src=x onerror=alert(1)>', "blob:https://evil.example/x"),
    *("https://a:b@evil.example/", "http:evil", "https:\\\\evil.example", "mailto:x@evil.example"),
)
NAMES = {  # of people who log in: what a name may hold
    "coordinator": "<script>alert(1)</script>",
    "press": "שלום 12",
    "admin": "{at.config} =1+1",
    "viewer": "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 x"
    + "w" * 30,
}
CORRECTED = Labelling("de", ("unterkunft",), ("gesuch",), False, ("Altona",))
WHO = tuple(decisions.users.fold(each) for each in NAMES.values())


def config_of(config: Config) -> Config:
    """Give the settings with attacks wherever they may hold text."""
    said = "<script>alert(1)</script> \"'=1+1 {0} {{7*7}} javascript:alert(1) " + "w" * 60
    told = {each.name: said for each in fields(AboutConfig) if each.name not in ("address", "mail")}
    about = AboutConfig(**told, address=(said, "שלום 12"), mail="team+{0}@hamburg.example")
    return replace(config, about=about)


def fill(engine: Engine, now: datetime = NOW) -> None:
    """Write the whole world, as seen at `now`."""
    with engine.begin() as connection:
        upsert_posts(connection, [*_posts(now)], "mastodon", now)
        numbers = dict(connection.execute(select(posts.c.native_id, posts.c.id)).all())  # type: ignore[arg-type]
        write_tags(
            connection, [_tags(name, number) for name, number in numbers.items()], "test", now
        )
        pairs = [(numbers[f"need {name}"], numbers[f"offer {name}"]) for name in ATTACKS]
        reasons = [{"code": "same", "item": "schlafplatz"}]
        write_matches(connection, [MatchRow(*pair, "schlafplatz", 0.7, reasons) for pair in pairs])
        write_clusters(connection, [*_clusters(now)], now)
        write_network(connection, *_network())
        _runs(connection, now)
        _decide(connection, now)


def account_key(name: str) -> str:
    """Give the key of the account that an attack names."""
    return f"mastodon:{_account(name).id}"


def _account(name: str) -> Account:
    said, number = ATTACKS[name], [*ATTACKS].index(name)
    return make.account(
        f"{name} <b>\"'&{{0}}", handle=said if number % 2 else None, name=said, bio=said,
        url=ADDRESSES[number % len(ADDRESSES)], created_at=NOW - 900 * DAY, followers=number,
    )  # fmt: skip


def _posts(now: datetime) -> Iterator[Post]:
    for number, (name, said) in enumerate(ATTACKS.items()):
        who, told = _account(name), {
            "url": ADDRESSES[number % len(ADDRESSES)],
            "links": ADDRESSES,
            "hashtags": (said[:3_000],),
            "mentions": (said[:3_000],),
        }  # fmt: skip
        for kind, ago in (("need", 2), ("offer", 3), ("question", 30), ("last", 24 * 6)):
            at = now - ago * HOUR - number * timedelta(seconds=30)
            yield make.post(f"{kind} {name}", who, created_at=at, text=said, **told)
        at = now - HOUR + number * timedelta(seconds=1)
        to = "question hebrew" if number % 5 else f"question {name}"
        yield make.post(f"answer {name}", who, created_at=at, text=said, reply_to=to, **told)


def _tags(name: str, post: int) -> TagRow:
    kind = name.partition(" ")[0]
    intent = {"offer": "angebot", "question": "frage", "answer": "meinung"}.get(kind, "gesuch")
    topic = "recht" if kind == "question" else "unterkunft"
    said = [ATTACKS[name.partition(" ")[2]][:200]]
    rows = [
        LabelRow("intent", intent, 0.9, said),
        LabelRow("topic", topic, 0.9, said),
        LabelRow("place", "Altona", 0.9, said),
    ]
    return TagRow(post, "de", kind == "need", 0.9, said, rows)


def _clusters(now: datetime) -> Iterator[ClusterRow]:
    keys = [account_key(each) for each in ATTACKS]
    together = {
        "code": "together", "value": 3, "expected": None, "against": False, "members": len(keys),
        "kinds": ["text"], "median_gap_seconds": 40, "first": "2026-11-16T08:00:00+00:00",
    }  # fmt: skip
    flood = {
        "code": "flood", "value": 9, "first": "2026-11-16T08:00:00+00:00",
        "tags": [ATTACKS[each] for each in ("script", "override", "hebrew", "hashtag", "format")]
        + ["\ud800"],  # what JSON keeps, and no page can send
    }  # fmt: skip
    unknown = {"code": "<img src=x onerror=alert(1)>", "against": True}
    for number, kind in enumerate(("text", "link", "hashtags", "<script>")):
        names = [*ATTACKS]
        objects = {  # each shared by two accounts
            each: (ADDRESSES[i % len(ADDRESSES)] if kind == "link" else ATTACKS[names[i & ~1]])[
                :400
            ]
            for i, each in enumerate(names)
        }
        evidence = [(f"mastodon:need {each}", shared, kind) for each, shared in objects.items()]
        episodes = [
            EpisodeRow(kind, shared, 1, [f"mastodon:need {each}", "mastodon:need hebrew"])
            for each, shared in objects.items()
        ]
        yield ClusterRow(
            f"w{number}", "community" if number == 3 else "alert", 0.9, None, [kind],
            now - 3 * HOUR, now, [together, unknown, flood] if number == 1 else [flood, unknown],
            {key: {"shared_objects": 3} for key in keys}, evidence, episodes,
        )  # fmt: skip


def _network() -> tuple[list[NodeRow], list[EdgeRow]]:
    keys = [account_key(each) for each in ATTACKS]
    nodes = [
        NodeRow(key, str(number % 4), (number % 7) / 7, (number % 5) / 5, 2, 0.1)
        for number, key in enumerate(keys)
    ]
    edges = [
        EdgeRow(a, b, "talk" if number % 2 else "together", 2.0)
        for number, (a, b) in enumerate(pairwise(keys))
    ]
    return nodes, edges


def _runs(connection: Connection, now: datetime) -> None:
    """Let servers, files and jobs say all of it."""
    for number, said in enumerate(ATTACKS.values()):
        shown = said.replace("\x00", "")
        run = start_run(connection, "collect", "mastodon", f"https://{shown[:200]}", now - HOUR)
        state = ("denied", "broken", "ok", "off")[number % 4]
        finish_run(connection, run, state, now - HOUR / 2, detail=shown, counts={"new": 1})
        run = start_run(connection, "import", "file", shown[:400], now - HOUR)
        finish_run(connection, run, "failed", now - HOUR / 2, detail=shown)
        broken = Rejected(number, RecordError("json_broken", shown[:200]), shown[:2_000])
        put_in_quarantine(connection, "file", shown[:64], [broken], "1", now)


def _decide(connection: Connection, now: datetime) -> None:
    """Let people write all of it as reasons, appeals and answers."""
    for role, name in NAMES.items():
        decisions.add_user(connection, name, role, "lange genug 1", now, reason=ATTACKS["script"])
    before, (who, other) = now - HOUR / 4, (WHO[0], WHO[1])
    for number, (name, said) in enumerate(ATTACKS.items()):
        reason = said[:1_900].strip("\x00\x01\x0b\x0c\n\u2028\u2029\x85 ") or "."
        key, question = account_key(name), f"mastodon:question {name}"
        made = decisions.propose(connection, who, key, reason, None, before)
        if number % 3:
            made = decisions.decide_block(
                connection, other, key, "block_confirm", reason, made, before
            )
        if number % 3 == 2:
            day = now.date() - 3 * DAY
            decisions.enter_appeal(connection, who, key, reason, day, "letter", made, before)
        verdict = ("take", "answered", "not_ours", None)[number % 4]
        if verdict is not None:
            decisions.handle_question(connection, who, question, verdict, reason, None, before)
        decisions.decide(connection, who, "cluster", "w2", "note", reason, None, before)
        post, mark = f"mastodon:last {name}", decisions.mark_of(said)
        decisions.correct(connection, who, post, CORRECTED, reason, mark, None, before)
    decisions.decide(connection, who, "cluster", "w1", "dismiss", ATTACKS["hebrew"], None, before)
