"""What Bluesky's own servers sent, and odd things, as posts, accounts, and what is gone or back."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import RecordError
from data.records import Account, Post
from monitor.items.bluesky import hashtags_of
from monitor.sources.bluesky.mapping import (
    ACCOUNT,
    COMMIT,
    IDENTITY,
    RESTORED,
    VIEW,
    to_posts,
)
from monitor.sources.raw_json import raw_json
from monitor.sources.source import Back, Gone, Told
from tests.monitor.bluesky_server import ANA, profile, record, uri, view

RECORDED = Path(__file__).parent.parent / "recorded" / "bluesky"
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BOB, CARLA = "did:plc:tg5zvfvmdl6udmhaksssqzov", "did:plc:c2qiwq5g4cw675jo23i2ln2j"


def events() -> dict[int, dict[str, Any]]:
    """Return the recorded events by their number."""
    lines = (RECORDED / "jetstream_v2_frames.jsonl").read_text("utf-8").splitlines()
    payloads = [json.loads(line)["payload"] for line in lines]
    return {each["seq"]: each for each in payloads}


def told(kind: str, item: Any) -> list[Told]:
    return to_posts(kind, "ws://strom.example", raw_json(item), NOW)


def test_a_recorded_post_of_the_stream() -> None:
    event = events()[7]
    back, post = told(COMMIT, {"event": event, "author": None})
    address = f"at://{BOB}/app.bsky.feed.post/3n2v3x7mtyk2z"
    assert isinstance(back, Back)
    assert back.id == address
    assert post == Post(
        network="bluesky",
        id=address,
        created_at=datetime.fromisoformat(event["record"]["createdAt"]),
        account=Account("bluesky", BOB),
        text="Bedarf 0 an der Messehalle #HHhilft Liste",
        url=f"https://bsky.app/profile/{BOB}/post/3n2v3x7mtyk2z",
        lang="de",
        links=("https://example.org/liste",),
        hashtags=("hhhilft",),
    )


def test_recorded_reposts_quotes_and_deletions_of_the_stream() -> None:
    found = events()
    shared = told(COMMIT, {"event": found[68], "author": None})[1]
    quote = told(COMMIT, {"event": found[70], "author": None})[1]
    [gone] = told(COMMIT, {"event": found[71]})
    assert isinstance(shared, Post)
    assert isinstance(quote, Post)
    assert isinstance(gone, Gone)
    assert shared.repost_of == f"at://{BOB}/app.bsky.feed.post/3n2v3x7mtyk2z"
    assert (quote.quote_of or "").endswith("/3n2v3x7obvc2z")
    assert gone.id.endswith("/app.bsky.feed.post/3n2v3x7r7nc2z")


def test_recorded_accounts_of_the_stream() -> None:
    found = events()
    assert told(IDENTITY, found[5]) == [Account("bluesky", CARLA, handle="carla.test")]
    assert told(ACCOUNT, found[6]) == []
    assert told(ACCOUNT, found[74]) == [
        Gone(BOB, datetime.fromisoformat(found[74]["time"]), account=True)
    ]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("für Ömer #HHhilft", [("HHhilft", 11, 19)], ("hhhilft",)),
        ("für Ömer #HHhilft", [], ("hhhilft",)),
        ("#HH-hilft", [("HH-hilft", 0, 9)], ("hh-hilft",)),
        ("🏠 #HHhilft #Altona", [("HHhilft", 5, 13)], ("hhhilft", "altona")),
        (
            "#HHhilft",
            [("HHhilft", 0, 999), ("HHhilft", -3, 2), ("HHhilft", "0", None)],
            ("hhhilft",),
        ),
        ("https://example.org/#HHhilft", [], ()),
    ],
)
def test_hashtags_are_those_marked_in_bytes_and_those_that_only_stand_there(
    text: str, marked: list[tuple[str, Any, Any]], expected: tuple[str, ...]
) -> None:
    facets = [
        {"features": [{"tag": tag}], "index": {"byteStart": start, "byteEnd": end}}
        for tag, start, end in marked
    ]
    assert hashtags_of(record(text, facets=facets)) == expected


def test_an_edit_is_known_as_one() -> None:
    event = events()[7] | {"operation": "update"}
    [post] = told(COMMIT, {"event": event, "author": profile(BOB)})
    assert isinstance(post, Post)
    assert post.edited_at == datetime.fromisoformat(event["time"])
    assert post.account.handle == "tg5zvfvmdl6udmhaksssqzov.example"


ITEMS = {
    VIEW: view(1),
    RESTORED: {"at": "2026-11-22T07:00:00Z", "view": view(1)},
    COMMIT: {"event": events()[7], "author": profile(BOB)},
    ACCOUNT: events()[74],
    IDENTITY: events()[5],
}
ODD = [None, "", 0, -1, 1.5, True, [], {}, [None], {"id": {}}, "x" * 600, "\ud800", "\x00", [[]]]


def changed(item: Any, data: st.DataObject) -> Any:
    """Return the item with something odd somewhere in it."""
    if isinstance(item, dict) and item and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(item)))
        return item | {name: changed(item[name], data)}
    if isinstance(item, list) and item and data.draw(st.booleans()):
        return [changed(item[0], data), *item[1:]]
    return data.draw(st.sampled_from(ODD))


@pytest.mark.parametrize("kind", ITEMS)
@given(st.data())
def test_odd_values_are_told_or_a_reason_and_never_an_error(kind: str, data: st.DataObject) -> None:
    with suppress(RecordError):
        for each in told(kind, changed(ITEMS[kind], data)):
            assert not isinstance(each, Post) or each.account.id


def test_what_those_who_answer_are_called_is_not_taken_from_an_invalid_handle() -> None:
    event = {"did": ANA, "identity": {"did": ANA, "handle": "handle.invalid"}}
    assert told(IDENTITY, event) == []
    shown = view(1, author=profile(ANA, handle="handle.invalid"))
    [post] = told(VIEW, shown)
    assert isinstance(post, Post)
    assert (post.id, post.account.handle) == (uri(1), None)
    assert post.url == f"https://bsky.app/profile/{ANA}/post/1"
