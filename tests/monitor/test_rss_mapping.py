"""Items of feeds as posts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.errors import RecordError
from data.records import Media, Post
from monitor.items.feed import ENTRY, to_posts
from monitor.items.feed_entries import read_feed
from monitor.sources.raw_json import raw_json

RECORDED = Path(__file__).parent.parent / "recorded" / "rss"
LATER = datetime(2026, 11, 20, tzinfo=UTC)
TAG_FEED = "https://norden.social/tags/hhhilft.rss"
BLOG_FEED = "https://hafen.example/blog/feed"


def posts_of(body: bytes, url: str) -> list[Post | str]:
    """Translate a feed's items; where one is refused, the reason stands in its place."""
    feed = read_feed(body, url, {})
    assert feed is not None
    found: list[Post | str] = []
    for entry in feed.entries:
        try:
            [post] = to_posts(ENTRY, url, raw_json({"feed": feed.about, "entry": entry}), LATER)
            found.append(post)
        except RecordError as error:
            found.append(error.code)
    return found


def item(inner: str, head: str = "<title>Blog</title><link>https://hafen.example/</link>") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"{head}<item>{inner}</item></channel></rss>"
    ).encode()


DATED = "<pubDate>Mon, 16 Nov 2026 08:03:11 +0100</pubDate>"


def test_an_item_of_a_mastodon_hashtag_feed_names_its_author_and_the_post_it_copies() -> None:
    [post] = posts_of((RECORDED / "mastodon_tag_SYNTHETIC.rss").read_bytes(), TAG_FEED)
    assert isinstance(post, Post)
    address = "https://norden.social/@alice/115557000000000001"
    assert (post.id, post.url, post.same_as) == (address, address, address)
    assert post.created_at == datetime(2026, 11, 16, 8, 3, 11, tzinfo=UTC)
    assert (post.text, post.hashtags, post.links) == ("Decken #HHhilft", ("hhhilft",), ())
    assert post.media == (Media("https://files.norden.social/a.jpg", "Decken im Karton"),)
    assert (post.account.id, post.account.handle) == (
        "https://norden.social/@alice",
        "alice@norden.social",
    )


def test_an_atom_entry_has_whole_addresses_its_author_and_no_script() -> None:
    first, second = posts_of((RECORDED / "atom_SYNTHETIC.xml").read_bytes(), BLOG_FEED)
    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert first.id == "tag:hafen.example,2026:plaetze"
    assert first.url == "https://hafen.example/blog/2026/plaetze"
    assert first.created_at == datetime(2026, 11, 17, 11, tzinfo=UTC)
    assert first.text == (
        "Schlafplätze gesucht\n\nFür drei Familien.\n"
        "Bitte melden https://hafen.example/blog/melden #HHhilft"
    )
    assert first.links == ("https://hafen.example/blog/melden",)
    assert first.hashtags == ("hhhilft", "unterkunft")
    assert first.account.id == f"{BLOG_FEED}#Ana"
    assert first.account.name == "Ana (hafen.example)"
    assert first.same_as is None
    # an entry that tells its last change alone has that as its time
    assert second.created_at == datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert (second.account.id, second.account.name) == (BLOG_FEED, "Hafenhilfe")


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<guid>https://x.example/1</guid><title>#HHhilft</title>", "time_missing"),
        ("<guid>1</guid><pubDate>gestern</pubDate>", "time_unreadable"),
        ("<guid>1</guid><pubDate>2026-11-17</pubDate>", "time_unreadable"),
        ("<guid>1</guid><pubDate>Mon, 16 Nov 2099 08:03:11 GMT</pubDate>", "time_implausible"),
        (f"<title>ohne Kennung</title>{DATED}", "id_missing"),
        (f"<guid>1</guid>{DATED}<description>{'x ' * 60_000}</description>", "text_too_long"),
    ],
)
def test_an_item_without_a_time_or_an_id_is_refused_and_none_is_invented(
    inner: str, code: str
) -> None:
    assert posts_of(item(inner), BLOG_FEED) == [code]


def test_ids_that_other_feeds_may_have_too_are_told_apart_by_the_feed() -> None:
    [one] = posts_of(item(f'<guid isPermaLink="false">17</guid>{DATED}'), BLOG_FEED)
    assert isinstance(one, Post)
    assert one.id == f"{BLOG_FEED}#17"


def test_a_title_that_only_starts_the_text_is_not_said_twice() -> None:
    words = "<title>Decken ge…</title><description>Decken gesucht</description>"
    [post] = posts_of(item(f"<guid>1</guid>{words}{DATED}"), BLOG_FEED)
    assert isinstance(post, Post)
    assert post.text == "Decken gesucht"


def test_an_address_for_mail_is_nobodys_name() -> None:
    named = "<author>ana@hafen.example (Ana)</author>"
    bare = "<author>ana@hafen.example</author>"
    [post] = posts_of(item(f"<guid>1</guid>{named}{DATED}"), BLOG_FEED)
    [other] = posts_of(item(f"<guid>1</guid>{bare}{DATED}"), BLOG_FEED)
    assert isinstance(post, Post)
    assert isinstance(other, Post)
    assert post.account.name == "Ana (hafen.example)"
    assert other.account.id == BLOG_FEED


def test_an_enclosed_picture_is_media_with_its_whole_address() -> None:
    enclosed = '<enclosure url="/p.jpg" type="image/jpeg" length="1"/>'
    sound = '<enclosure url="/p.mp3" type="audio/mpeg" length="1"/>'
    [post] = posts_of(item(f"<guid>1</guid>{enclosed}{sound}{DATED}"), BLOG_FEED)
    assert isinstance(post, Post)
    assert post.media == (Media("https://hafen.example/p.jpg"),)


def test_entities_that_point_to_files_or_grow_without_end_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim", "utf-8")
    told = f'<!DOCTYPE r [<!ENTITY f SYSTEM "file://{secret}">]>'
    body = item("<guid>1</guid><title>&f;</title>").replace(b"<rss", told.encode() + b"<rss")
    feed = read_feed(body, BLOG_FEED, {})
    assert feed is not None
    assert "geheim" not in str(feed)
    grown = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY a0 "aaaaaaaaaa">{grown}]>'
    feed = read_feed(
        item("<guid>1</guid><title>&a9;</title>").replace(b"<rss", bomb.encode() + b"<rss"),
        BLOG_FEED,
        {},
    )
    assert feed is not None
    assert len(str(feed)) < 2_000


def test_brackets_that_never_close_are_no_feed_and_cost_no_time() -> None:
    assert read_feed(item("<guid>1</guid>" + "<a " * 100_000), BLOG_FEED, {}) is None


def test_a_feed_whose_text_is_the_name_of_a_file_is_not_read_from_there(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(item(f"<guid>1</guid>{DATED}"))
    assert read_feed(str(path).encode(), BLOG_FEED, {}) is None
