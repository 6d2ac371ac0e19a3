"""One status of Mastodon's API as a post."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.errors import RecordError
from data.records import Media, Post, iso
from monitor.sources.mastodon.mapping import merge_counters, to_posts, wants_no_bots
from tests.make import NOW, post

RECORDED = Path(__file__).parent.parent / "recorded" / "mastodon"
HERE = "https://hafen.example"


def recorded(name: str) -> dict[str, Any]:
    item: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return item


def mapped(item: object, origin: str = HERE) -> Post:
    return to_posts("status", origin, json.dumps(item), NOW)[0]


def test_a_status_becomes_a_post_with_everything_it_tells() -> None:
    got = mapped(recorded("status"))
    assert got.key == "mastodon:https://hafen.example/users/amira/statuses/115500000000000001"
    assert got.text == (
        "Kälte\n\nHeute Abend fehlen 20 Decken in Altona & Wilhelmsburg.\nWer kann? #HHhilft\n\n"
        "@jonas https://www.hilfe.example/listen/decken?ort=altona :herz:"
    )
    assert got.links == ("https://www.hilfe.example/listen/decken?ort=altona",)
    assert got.hashtags == ("hhhilft",)
    assert got.mentions == ("jonas@elbe.example",)
    assert got.media == (Media("https://hafen.example/media/9.jpg", "Ein Stapel Decken"),)
    assert (got.likes, got.reposts, got.replies) == (7, 4, 1)
    assert got.created_at == datetime(2026, 11, 16, 8, 3, 11, tzinfo=UTC)
    assert got.edited_at == datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert (got.visibility, got.lang) == ("public", "de")


def test_an_edit_of_the_day_after_tomorrow_waits_for_the_clock_and_nonsense_is_no_time() -> None:
    status = recorded("status")
    status["edited_at"] = iso(NOW + timedelta(hours=30))
    with pytest.raises(RecordError, match="time_implausible"):
        mapped(status)
    for nonsense in ("yesterday", "1970-01-01T00:00:00Z", 7, None, []):
        status["edited_at"] = nonsense
        assert mapped(status).edited_at is None


def test_an_account_keeps_what_its_person_wishes_and_gets_its_host() -> None:
    who = mapped(recorded("status")).account
    assert who.id == "https://hafen.example/users/amira"
    assert who.handle == "amira@hafen.example"
    assert who.bio == "Hilft in #Altona.\nArabisch, Deutsch"
    assert (who.noindex, who.indexable, who.discoverable) == (True, False, True)
    assert (who.avatar, who.bot) == (False, False)
    assert who.name == "Amira <b>K.</b> =1+1 :hh:"  # escaping is the pages' work


def test_a_quote_names_the_post_it_quotes() -> None:
    assert mapped(recorded("quote")).quote_of == recorded("status")["uri"]
    assert mapped(recorded("quote")).text == "Bringe zehn mit. #HHhilft"


def test_a_reply_names_the_uri_of_what_it_answers() -> None:
    body = json.dumps({"reply_to": "https://x.example/1", "status": recorded("quote")})
    assert to_posts("reply", HERE, body, NOW)[0].reply_to == "https://x.example/1"


def test_a_reply_to_an_unknown_post_names_the_place_where_it_is_known() -> None:
    assert mapped(recorded("quote")).reply_to == f"{HERE}/statuses/115500000000000001"


def test_a_bridged_copy_names_its_original() -> None:
    assert mapped(recorded("bridged")).same_as == "https://bsky.app/profile/mara.example/post/3abc"
    assert mapped(recorded("status")).same_as is None


def test_boosters_become_reposts_whose_time_is_not_known() -> None:
    uri = recorded("status")["uri"]
    accounts = [recorded("quote")["account"], "broken", {"note": "<p>#nobot</p>", "uri": "x"}]
    body = json.dumps({"uri": uri, "accounts": accounts})
    [boost] = to_posts("boosters", HERE, body, NOW)
    assert boost.id == f"{uri}#boost/https://elbe.example/users/jonas"
    assert (boost.repost_of, boost.time_known, boost.created_at) == (uri, False, NOW)


@pytest.mark.parametrize("visibility", ["private", "direct", "limited"])
def test_what_is_not_public_is_never_a_post(visibility: str) -> None:
    with pytest.raises(RecordError, match="visibility_private"):
        mapped({**recorded("status"), "visibility": visibility})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"uri": None}, "id_missing"),
        ({"uri": "x" * 10_000}, "id_too_long"),
        ({"created_at": "0001-01-01T00:00:00Z"}, "time_implausible"),
        ({"created_at": "gestern"}, "time_unreadable"),
        ({"account": None}, "account_missing"),
        ({"account": {"id": "1"}}, "id_missing"),
        ({"content": "x" * 200_000}, "text_too_long"),
    ],
)
def test_a_status_without_what_a_post_needs_is_rejected_with_the_reason(
    change: dict[str, Any], code: str
) -> None:
    with pytest.raises(RecordError) as caught:
        mapped({**recorded("status"), **change})
    assert caught.value.code == code


@pytest.mark.parametrize("body", ["null", "[]", '"x"', "7", "{}", '{"reblog": 5, "uri": "x"}'])
def test_what_is_no_status_is_rejected(body: str) -> None:
    with pytest.raises(RecordError):
        to_posts("status", HERE, body, NOW)


def test_every_optional_field_may_be_of_any_kind() -> None:
    needed = {"uri", "created_at", "account", "visibility", "reblog"}
    for field in recorded("status").keys() - needed:
        for strange in (None, [], {}, "x", -1, [None, 5, "x", {}], {"a": 1}, True):
            assert mapped({**recorded("status"), field: strange}).id


@pytest.mark.parametrize(
    ("profile", "asks"),
    [
        ({"note": "<p>bitte <a href='x' class='hashtag'>#<span>NoBot</span></a></p>"}, True),
        ({"note": "", "fields": [{"name": "Regeln", "value": "#nobots"}]}, True),
        ({"note": "<p>nobot ist hier kein Hashtag</p>"}, False),
        ({"note": None}, False),
        (None, False),
    ],
)
def test_a_profile_asks_programs_to_stay_away_by_its_hashtag(profile: object, asks: bool) -> None:
    assert wants_no_bots(profile) is asks


def test_counters_of_another_instance_do_not_count_where_the_home_is_asked_too() -> None:
    found = post("https://a.example/users/x/statuses/1", likes=3)
    assert merge_counters(found, "https://b.example", ["https://a.example"]).likes is None
    assert merge_counters(found, "https://a.example", ["https://a.example"]).likes == 3
    assert merge_counters(found, "https://b.example", ["https://b.example"]).likes == 3


def test_the_shared_statuses_of_real_servers_are_all_read(shared: Path) -> None:
    files = sorted((shared / "fixtures" / "mastodon").glob("status_*.json"))
    assert files
    for path in files:
        item = json.loads(path.read_text("utf-8"))
        found = mapped(item.get("body", item), "https://icosahedron.website")
        assert found.id
        assert "<" not in found.text
        assert (found.repost_of is None) == (item.get("body", item)["reblog"] is None)
