"""Every import format, field by field. What a format does not tell is None and is left out here."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from data.quarantine import REASONS, Rejected
from data.records import Account, Media, Post, post_to_json
from monitor.sources.files import FORMATS, PostFile
from monitor.sources.files.texts import read_texts

RECORDED = Path(__file__).parent.parent / "recorded" / "imports"
AT = datetime(2026, 11, 16, 8, 3, 11, tzinfo=UTC)
CARLA, BOB, ALICE = (
    f"did:plc:{each}"
    for each in ("c2qiwq5g4cw675jo23i2ln2j", "tg5zvfvmdl6udmhaksssqzov", "33m7pe3fp6etizfz36gbsd6h")
)
BOTH = ("https://example.org/l", "https://example.org/m")


def read(path: Path) -> tuple[str | None, list[Post], list[tuple[int | None, str]]]:
    """Return the format, the posts, and line and reason of everything else."""
    source = PostFile(path)
    posts: list[Post] = []
    others: list[tuple[int | None, str]] = []
    for found in source:
        if isinstance(found, Rejected):
            assert found.error.code in REASONS
            others.append((found.line, found.error.code))
        else:
            posts.append(found)
    return source.format, posts, others


def whole(name: str, form: str) -> list[Post]:
    """Read a recorded file all of which is posts."""
    told, posts, others = read(RECORDED / name)
    assert (told, others) == (form, [])
    return posts


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    def write(*items: Any) -> Path:
        path = tmp_path / "file"
        path.write_text("".join(f"{json.dumps(each)}\n" for each in items), encoding="utf-8")
        return path

    return write


Lines = Callable[..., Path]


def bluesky(uri: str, who: Account, at: datetime, text: str = "", **known: Any) -> Post:
    return Post("bluesky", uri, at, who, text, **known)


def test_4cats_table_of_bluesky() -> None:
    who = Account("bluesky", "did:plc:aaaa", "helferin.test")
    assert whole("4cat_bsky_SYNTHETIC.csv", "4cat") == [
        bluesky(
            "at://did:plc:aaaa/app.bsky.feed.post/3kxyz",
            who,
            AT,
            "Wolldecken gesucht #HHhilft",
            url="https://bsky.app/profile/helferin.test/post/3kxyz",
            lang="de",
            links=BOTH,
            hashtags=("hhhilft",),
            likes=3,
            reposts=1,
            replies=0,
        )
    ]


def test_4cats_table_of_x_names_a_retweet_by_author_and_text_because_it_has_no_id() -> None:
    [post] = whole("4cat_twitterv2_SYNTHETIC.csv", "4cat")
    assert post.repost_of is not None
    assert post.repost_of.startswith("@a#")
    assert post == Post(
        "x",
        "1724000000000000001",
        AT,
        Account("x", "77", "b", followers=10),
        "Decken #HHhilft",
        url="https://x.com/b/status/1724000000000000001",
        lang="de",
        repost_of=post.repost_of,
        links=("https://example.org/l",),
        hashtags=("hhhilft",),
    )


TWEET = {
    "id": "5",
    "thread_id": "1",
    "timestamp": "2026-11-16 08:03:11",
    "unix_timestamp": "1794812591",  # a server one hour east of UTC
    "body": "Moin",
    "author": "b",
    "author_id": "77",
    "is_retweet": "no",
    "retweeted_user": "",
    "like_count": "3",
    "retweet_count": "",
}


def test_4cats_time_of_tweets_is_the_one_in_utc(lines: Lines) -> None:
    [post] = read(lines(TWEET))[1]
    assert post.created_at == AT


def test_a_conversation_is_not_what_a_tweet_of_4cat_answers(lines: Lines) -> None:
    [post] = read(lines(TWEET | {"is_reply": "yes", "replied_user": "a"}))[1]
    assert post.reply_to is None


def test_an_empty_cell_is_unknown_and_a_zero_is_zero(lines: Lines) -> None:
    [post] = read(lines(TWEET | {"reply_count": "0"}))[1]
    assert (post.likes, post.reposts, post.replies) == (3, None, 0)


def test_two_who_retweet_the_same_in_4cats_table_have_retweeted_the_same(lines: Lines) -> None:
    retweet = TWEET | {"is_retweet": "yes", "retweeted_user": "a", "body": "RT @a: Decken"}
    posts = read(lines(retweet, retweet | {"id": "6"}, retweet | {"id": "7", "body": "RT @a: X"}))[
        1
    ]
    assert posts[0].repost_of == posts[1].repost_of != posts[2].repost_of


def test_4cats_tables_of_telegram_instagram_and_tiktok(lines: Lines) -> None:
    base = {"thread_id": "x", "timestamp": "2026-11-16 09:03:11", "unix_timestamp": "1794816191"}
    telegram = base | {
        "id": "45",
        "chat": "kanal",
        "author": "123",
        "author_username": "kanal",
        "author_name": "",
        "author_is_bot": "False",
        "body": "Moin #HHhilft",
        "reply_to": "44",
        "author_forwarded_from_name": "",
        "unix_timestamp_edited": "1794816200",
    }
    member = telegram | {
        "id": "46",
        "author_username": "",
        "author_name": "Ana B",
        "author_forwarded_from_name": "Quelle",
        "unix_timestamp_forwarded_from": "1794816000",
    }
    instagram = base | {
        "id": "C1",
        "author": "ana",
        "author_fullname": "Ana",
        "body": "Moin",
        "url": "https://www.instagram.com/p/C1",
        "hashtags": "HHhilft,decken",
        "num_likes": "3",
        "num_comments": "-1",
        "image_url": "https://i.example/1.jpg",
    }
    tiktok = base | {
        "id": "7",
        "author": "ana",
        "author_full": "Ana",
        "author_followers": "9",
        "body": "Moin",
        "tiktok_url": "https://www.tiktok.com/@ana/video/7",
        "hashtags": "HHhilft",
        "likes": "1",
        "comments": "0",
        "shares": "5",
    }
    form, posts, others = read(lines(telegram, member, instagram, tiktok))
    assert (form, others) == ("4cat_ndjson", [])
    assert posts[0] == Post(
        "telegram",
        "kanal/45",
        AT,
        Account("telegram", "kanal", "kanal", bot=False),
        "Moin #HHhilft",
        url="https://t.me/kanal/45",
        reply_to="kanal/44",
        hashtags=("hhhilft",),
        edited_at=datetime(2026, 11, 16, 8, 3, 20, tzinfo=UTC),
    )
    assert posts[1].account == Account("telegram", "123", name="Ana B", bot=False)
    assert str(posts[1].repost_of).startswith("@Quelle#")
    assert posts[2] == Post(
        "instagram",
        "C1",
        AT,
        Account("instagram", "ana", "ana", "Ana"),
        "Moin",
        url="https://www.instagram.com/p/C1",
        hashtags=("hhhilft", "decken"),
        media=(Media("https://i.example/1.jpg"),),
        likes=3,
    )
    assert posts[3] == Post(
        "tiktok",
        "7",
        AT,
        Account("tiktok", "ana", "ana", "Ana", followers=9),
        "Moin",
        url="https://www.tiktok.com/@ana/video/7",
        hashtags=("hhhilft",),
        likes=1,
        replies=0,
    )


def test_rows_of_4cats_other_networks_are_told(lines: Lines) -> None:
    row = {"id": "1", "thread_id": "1", "author": "a", "body": "b", "timestamp": "2026-11-16"}
    assert read(lines(row)) == ("4cat_ndjson", [], [(1, "network_unknown")])


def test_4cats_own_items_of_bluesky_x_telegram_and_zeeschuimer(lines: Lines) -> None:
    of_bluesky = {
        "4CAT_metadata": {"rank": 0},
        "uri": "at://did:plc:a/app.bsky.feed.post/1",
        "author": {"did": "did:plc:a", "handle": "a.test", "display_name": "A"},
        "record": {
            "py_type": "app.bsky.feed.post",
            "text": "Moin",
            "created_at": "2026-11-16T08:03:11Z",
            "langs": ["de"],
        },
        "like_count": 2,
        "repost_count": 0,
        "reply_count": None,
    }
    of_x = {
        "id": "1",
        "text": "Moin",
        "author_id": "77",
        "created_at": "2026-11-16T08:03:11.000Z",
        "author_user": {"id": "77", "username": "b", "name": "B"},
        "public_metrics": {"like_count": 1},
    }
    of_telegram = {
        "_type": "Message",
        "id": 45,
        "message": "Moin",
        "date": 1794816191,
        "_chat": {"username": "kanal", "title": "Der Kanal"},
        "_sender": {"id": 9, "username": "ana", "first_name": "Ana", "bot": True},
        "reply_to": {"reply_to_msg_id": 44},
        "fwd_from": {"channel_post": 7, "from_id": {"channel_id": 3, "chats": []}},
    }
    of_zeeschuimer = {
        "__import_meta": {"source_platform": "instagram.com"},
        "code": "C1",
        "taken_at": 1794816191,
        "user": {"username": "ana", "full_name": "Ana"},
        "caption": {"text": "Moin #HHhilft"},
        "like_count": 3,
        "comment_count": 0,
        "media_type": 1,
        "image_versions2": {"candidates": [{"url": "https://i.example/1.jpg"}]},
    }
    form, posts, others = read(lines(of_bluesky, of_x, of_telegram, of_zeeschuimer))
    assert (form, others) == ("4cat_ndjson", [])
    assert posts == [
        bluesky(
            "at://did:plc:a/app.bsky.feed.post/1",
            Account("bluesky", "did:plc:a", "a.test", "A"),
            AT,
            "Moin",
            url="https://bsky.app/profile/a.test/post/1",
            lang="de",
            likes=2,
            reposts=0,
        ),
        Post(
            "x", "1", AT, Account("x", "77", "b", "B"), "Moin", "https://x.com/b/status/1", likes=1
        ),
        Post(
            "telegram",
            "kanal/45",
            AT,
            Account("telegram", "9", "ana", "Ana", bot=True),
            "Moin",
            "https://t.me/kanal/45",
            reply_to="kanal/44",
            repost_of="3/7",
        ),
        Post(
            "instagram",
            "C1",
            AT,
            Account("instagram", "ana", "ana", "Ana"),
            "Moin #HHhilft",
            "https://www.instagram.com/p/C1/",
            hashtags=("hhhilft",),
            media=(Media("https://i.example/1.jpg"),),
            likes=3,
            replies=0,
        ),
    ]


def test_zeeschuimers_tweet_and_its_cut_off_line() -> None:
    form, posts, others = read(RECORDED / "zeeschuimer_SYNTHETIC.ndjson")
    assert (form, others) == ("zeeschuimer", [(2, "json_broken")])
    assert posts == [
        Post(
            "x",
            "1724000000000000001",
            AT,
            Account(
                "x",
                "77",
                "b",
                "B",
                created_at=datetime(2012, 5, 1, tzinfo=UTC),
                followers=10,
                following=2,
                posts=3,
            ),
            "Decken #HHhilft https://t.co/a",
            url="https://x.com/b/status/1724000000000000001",
            lang="de",
            links=("https://example.org/l",),
            hashtags=("hhhilft",),
            likes=2,
            reposts=1,
            replies=0,
        )
    ]


def test_zeeschuimers_retweet_is_two_posts_and_has_no_counters_of_its_own(lines: Lines) -> None:
    def tweet(number: str, **legacy: Any) -> dict[str, Any]:
        user = {"rest_id": "1" + number, "legacy": {"screen_name": "a" + number}}
        known = {"created_at": "Mon Nov 16 08:03:11 +0000 2026", "retweet_count": 4, **legacy}
        return {"rest_id": number, "core": {"user_results": {"result": user}}, "legacy": known}

    original = tweet("1", full_text="Decken in voller Länge", lang="de")
    retweet = tweet(
        "2", full_text="RT @a1: Decken…", retweeted_status_result={"result": {"tweet": original}}
    )
    item = {"source_platform": "twitter.com", "data": retweet}
    first, second = read(lines(item))[1]
    assert (first.id, first.reposts, first.repost_of) == ("1", 4, None)
    assert (second.id, second.reposts, second.repost_of) == ("2", None, "1")
    assert second.text == "Decken in voller Länge"


def test_zeeschuimers_tiktok_and_older_instagram_are_kept_and_other_platforms_told(
    lines: Lines,
) -> None:
    tiktok = {
        "id": "7",
        "desc": "Moin #hhhilft",
        "createTime": "1794816191",
        "author": {"uniqueId": "ana", "nickname": "Ana", "signature": "Hamburg #nobot"},
        "authorStats": {"followerCount": 9, "videoCount": 2},
        "stats": {"diggCount": 1, "commentCount": 0, "shareCount": 8},
        "textExtra": [{"hashtagName": "hhhilft"}, {"userUniqueId": "ben"}],
        "video": {"cover": "https://t.example/1.jpg"},
    }
    instagram = {
        "__typename": "GraphImage",
        "shortcode": "C2",
        "taken_at_timestamp": 1794816191,
        "owner": {"username": "ana"},
        "edge_media_to_caption": {"edges": []},
        "edge_media_preview_like": {"count": -1},
        "display_url": "https://i.example/2.jpg",
    }
    partial = {"code": "C3", "user": {"username": "ana"}}
    form, posts, others = read(
        lines(
            {"source_platform": "tiktok.com", "data": tiktok},
            {"source_platform": "instagram.com", "data": instagram},
            {"source_platform": "instagram.com", "data": partial},
            {"source_platform": "linkedin.com", "data": {"id": 1}},
        )
    )
    assert (form, others) == ("zeeschuimer", [(3, "time_missing"), (4, "network_unknown")])
    who = Account(
        "tiktok", "ana", "ana", "Ana", followers=9, posts=2, bio="Hamburg #nobot", no_bots=True
    )
    assert posts == [
        Post(
            "tiktok",
            "7",
            AT,
            who,
            "Moin #hhhilft",
            "https://www.tiktok.com/@ana/video/7",
            hashtags=("hhhilft",),
            mentions=("ben",),
            media=(Media("https://t.example/1.jpg"),),
            likes=1,
            replies=0,
        ),
        Post(
            "instagram",
            "C2",
            AT,
            Account("instagram", "ana", "ana"),
            url="https://www.instagram.com/p/C2/",
            media=(Media("https://i.example/2.jpg"),),
        ),
    ]


def test_a_page_of_xs_api_gives_the_retweet_with_the_whole_text_and_the_original() -> None:
    assert whole("twarc2_v2_page_SYNTHETIC.jsonl", "twarc") == [
        Post(
            "x",
            "1724000000000000000",
            datetime(2026, 11, 16, 8, tzinfo=UTC),
            Account("x", "66"),
            "Decken #HHhilft in voller Länge",
            url="https://x.com/i/web/status/1724000000000000000",
            hashtags=("hhhilft",),
        ),
        Post(
            "x",
            "1724000000000000001",
            AT,
            Account(
                "x",
                "77",
                "b",
                "B",
                created_at=datetime(2012, 5, 1, tzinfo=UTC),
                followers=10,
                following=2,
                posts=3,
                avatar=False,
            ),
            "Decken #HHhilft in voller Länge",
            url="https://x.com/b/status/1724000000000000001",
            lang="de",
            repost_of="1724000000000000000",
            links=("https://example.org/l",),
            hashtags=("hhhilft",),
        ),
    ]


def test_flattened_tweets_of_twarc_are_the_same_posts_as_their_page(lines: Lines) -> None:
    page = json.loads((RECORDED / "twarc2_v2_page_SYNTHETIC.jsonl").read_text(encoding="utf-8"))
    tweet = page["data"][0]
    tweet["author"] = page["includes"]["users"][0]
    tweet["referenced_tweets"][0] |= page["includes"]["tweets"][0]
    form, posts, others = read(lines(tweet))
    assert (form, others) == ("twarc", [])
    assert posts == whole("twarc2_v2_page_SYNTHETIC.jsonl", "twarc")


def test_replies_quotes_pictures_and_long_texts_of_xs_api(lines: Lines) -> None:
    tweet = {
        "id": "9",
        "author_id": "77",
        "created_at": "2026-11-16T08:03:11.000Z",
        "text": "kurz…",
        "lang": "und",
        "note_tweet": {"text": "lang #HHhilft", "entities": {"hashtags": [{"tag": "HHhilft"}]}},
        "referenced_tweets": [{"type": "replied_to", "id": "7"}, {"type": "quoted", "id": "8"}],
        "attachments": {"media_keys": ["3_1"]},
        "entities": {"urls": [{"expanded_url": "https://x.com/b/photo/1", "media_key": "3_1"}]},
        "public_metrics": {"like_count": 1, "retweet_count": 2, "reply_count": 3},
    }
    media = [{"media_key": "3_1", "url": "https://p.example/1.jpg", "alt_text": "Decken"}]
    quoted = {"id": "8", "author_id": "5", "created_at": "2026-11-16T08:00:00Z", "text": "fremd"}
    page = {"data": [tweet, {"id": "10"}], "includes": {"media": media, "tweets": [quoted]}}
    form, posts, others = read(lines(page))
    assert (form, others) == ("twarc", [(1, "id_missing")])
    assert posts == [
        Post(
            "x",
            "9",
            AT,
            Account("x", "77"),
            "lang #HHhilft",
            "https://x.com/i/web/status/9",
            reply_to="7",
            quote_of="8",
            hashtags=("hhhilft",),
            media=(Media("https://p.example/1.jpg", "Decken"),),
            likes=1,
            reposts=2,
            replies=3,
        )
    ]


HELFERIN = Account(
    "x",
    "1234567890123456789",
    "helferin_hh",
    "Helferin",
    created_at=datetime(2012, 5, 1, tzinfo=UTC),
    followers=120,
    following=300,
    posts=900,
    bio="Hamburg",
)


def test_snscrapes_tweets_with_a_retweet_by_reference_and_the_form_for_rounding_parsers() -> None:
    original = Post(
        "x",
        "641234567890123456",
        datetime(2015, 9, 8, 7, tzinfo=UTC),
        HELFERIN,
        "Wir brauchen Decken #HHhilft https://t.co/abc",
        url="https://twitter.com/helferin_hh/status/641234567890123456",
        lang="de",
        links=("https://example.org/l",),
        hashtags=("hhhilft",),
        likes=5,
        reposts=3,
        replies=1,
    )
    retweet = Post(
        "x",
        "641234567890123999",
        datetime(2015, 9, 8, 7, 5, tzinfo=UTC),
        Account("x", "42", "helfer2"),
        original.text,
        url="https://twitter.com/helfer2/status/641234567890123999",
        lang="de",
        repost_of=original.id,
        links=original.links,
        hashtags=("hhhilft",),
    )
    assert whole("twitter_search.jsonl", "snscrape") == [original, original, retweet, original]


def test_an_id_that_a_parser_has_rounded_is_taken_from_its_text(lines: Lines) -> None:
    line = (RECORDED / "twitter_search.jsonl").read_text(encoding="utf-8").splitlines()[2]
    item = json.loads(line)
    item["id"], item["user"]["id"] = 641234567890123500, 1234567890123456800
    [post] = read(lines(item))[1]
    assert (post.id, post.account.id) == ("641234567890123456", HELFERIN.id)


def test_snscrapes_telegram_channel() -> None:
    posts = whole("telegram_channel.jsonl", "snscrape")
    assert [post.id for post in posts] == [f"hhhilft_test/{number}" for number in range(45, 0, -1)]
    who = Account("telegram", "hhhilft_test", "hhhilft_test")
    assert posts[0] == Post(
        "telegram",
        "hhhilft_test/45",
        datetime(2026, 11, 3, 5, tzinfo=UTC),
        who,
        url="https://t.me/hhhilft_test/45",
    )
    assert posts[2] == Post(
        "telegram",
        "hhhilft_test/43",
        datetime(2026, 11, 3, 3, tzinfo=UTC),
        who,
        "Bedarf 43: Wolldeckenan der Messehalle #HHhilft & mehr: example.org/l/43 🙏",
        url="https://t.me/hhhilft_test/43",
        links=("https://t.me/anderer_kanal/7", "https://example.org/l/43"),
        hashtags=("hhhilft",),
    )


def test_items_of_snscrapes_other_scrapers_are_told(lines: Lines) -> None:
    item = {"_type": "snscrape.modules.reddit.Submission", "id": "1"}
    assert read(lines(item)) == ("snscrape", [], [(1, "network_unknown")])


def test_minets_table_of_bluesky(tmp_path: Path) -> None:
    post = bluesky(
        "at://did:plc:aaaa/app.bsky.feed.post/3kxyz",
        Account(
            "bluesky", "did:plc:aaaa", "helferin.test", created_at=datetime(2024, 1, 1, tzinfo=UTC)
        ),
        AT,
        "Wolldecken #HHhilft",
        url="https://bsky.app/profile/helferin.test/post/3kxyz",
        links=BOTH,
        hashtags=("hhhilft",),
        likes=3,
        reposts=1,
        replies=0,
    )
    assert whole("minet_bsky_SYNTHETIC.csv", "minet_bluesky") == [post]
    table = (RECORDED / "minet_bsky_SYNTHETIC.csv").read_text(encoding="utf-8")
    head, row = table.splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    cells |= {
        "original_text": "Wolldecken",
        "repost_by_user_did": "did:plc:bbbb",
        "repost_by_user_handle": "b.test",
        "repost_timestamp_utc": "1794816251",
        "media_urls": "https://i.example/1|https://i.example/2",
        "media_alt_texts": "|Decken",
    }
    path = tmp_path / "file"
    path.write_text(f"{head}\n{','.join(cells.values())}\n", encoding="utf-8")
    original, repost = read(path)[1]
    assert original.text == "Wolldecken"
    assert original.media == (
        Media("https://i.example/1"),
        Media("https://i.example/2", "Decken"),
    )
    assert repost == bluesky(
        f"{post.id}#repost/did:plc:bbbb",
        Account("bluesky", "did:plc:bbbb", "b.test"),
        datetime(2026, 11, 16, 8, 4, 11, tzinfo=UTC),
        repost_of=post.id,
    )


def test_minets_table_of_tweets(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(
        "id,timestamp_utc,user_screen_name,user_id,text,like_count,retweeted_id,to_tweetid,lang,"
        "links,hashtags\n"
        '1,1794816191,b,77,"Decken\n\nund, Schuhe",3,,9,de,https://a.example|https://b.example,x|y\n'
        "2,1794816191,b,77,RT,3,1,,und,,\n",
        encoding="utf-8",
    )
    form, posts, others = read(path)
    assert (form, others) == ("minet_x", [])
    who = Account("x", "77", "b")
    assert posts == [
        Post(
            "x",
            "1",
            AT,
            who,
            "Decken\n\nund, Schuhe",
            lang="de",
            reply_to="9",
            links=("https://a.example", "https://b.example"),
            hashtags=("x", "y"),
            likes=3,
        ),
        Post("x", "2", AT, who, "RT", repost_of="1"),
    ]


def test_the_archive_of_a_mastodon_account() -> None:
    alice = "https://norden.social/users/alice"
    assert whole("mastodon_outbox_SYNTHETIC.json", "mastodon_outbox") == [
        Post(
            "mastodon",
            f"{alice}/statuses/1",
            AT,
            Account("mastodon", alice, "alice@norden.social"),
            "Decken #HHhilft",
            url="https://norden.social/@alice/1",
            lang="de",
            hashtags=("hhhilft",),
            media=(
                Media("https://norden.social/media_attachments/files/1/a.jpg", "Decken im Karton"),
            ),
            visibility="public",
        ),
        Post(
            "mastodon",
            f"https://chaos.social/users/bob/statuses/77#boost/{alice}",
            datetime(2026, 11, 16, 9, tzinfo=UTC),
            Account("mastodon", alice),
            repost_of="https://chaos.social/users/bob/statuses/77",
            visibility="public",
        ),
    ]


def test_what_an_account_wrote_to_some_only_is_not_taken_from_its_archive(tmp_path: Path) -> None:
    archive = json.loads((RECORDED / "mastodon_outbox_SYNTHETIC.json").read_text(encoding="utf-8"))
    first, second = archive["orderedItems"]
    first["to"], first["cc"] = first["cc"], []
    second["to"], second["cc"] = second.get("cc", []), second["to"]
    path = tmp_path / "file"
    path.write_text(json.dumps(archive), encoding="utf-8")  # on one line, as Mastodon writes it
    _, posts, others = read(path)
    assert others == [(1, "visibility_private")]
    assert [post.visibility for post in posts] == ["unlisted"]


def seen(hour: int, minute: int, second: int, micro: int) -> datetime:
    return datetime(2026, 11, 22, hour, minute, second, micro, tzinfo=UTC)


SHOWN = {"noindex": False, "discoverable": True}  # views tell labels, and there is none
BOBS = bluesky(
    f"at://{BOB}/app.bsky.feed.post/3n2v3x7mtyk2z",
    Account("bluesky", BOB, "bob.test", **SHOWN),
    seen(7, 32, 22, 70144),
    "Bedarf 0 an der Messehalle #HHhilft Liste",
    url="https://bsky.app/profile/bob.test/post/3n2v3x7mtyk2z",
    lang="de",
    links=("https://example.org/liste",),
    hashtags=("hhhilft",),
    likes=1,
    reposts=1,
    replies=1,
)
CARLAS = Account("bluesky", CARLA, "carla.test", **SHOWN)
QUOTE = bluesky(
    f"at://{CARLA}/app.bsky.feed.post/3n2v3xfvmsc2z",
    CARLAS,
    seen(7, 32, 28, 709400),
    "Zitat #HHhilft",
    url="https://bsky.app/profile/carla.test/post/3n2v3xfvmsc2z",
    lang="en",
    quote_of=f"at://{ALICE}/app.bsky.feed.post/3n2v3x7obvc2z",
    hashtags=("hhhilft",),  # it stands in the text only: nothing marks it
    likes=0,
    reposts=0,
    replies=0,
)
ANSWER = bluesky(
    f"at://{CARLA}/app.bsky.feed.post/3n2v3xfq23k2z",
    CARLAS,
    seen(7, 32, 28, 513801),
    "Antwort #HHhilft Liste",
    url="https://bsky.app/profile/carla.test/post/3n2v3xfq23k2z",
    lang="de",
    reply_to=BOBS.id,
    links=("https://example.org/liste",),
    hashtags=("hhhilft",),
    likes=0,
    reposts=0,
    replies=0,
)


def test_a_feed_of_bluesky_with_quote_repost_and_answer() -> None:
    repost = bluesky(
        f"at://{CARLA}/app.bsky.feed.repost/3n2v3xfsl5c2z",
        CARLAS,
        seen(7, 32, 28, 611000),
        repost_of=BOBS.id,
    )
    assert whole("authorFeed_devenv.json", "bluesky") == [QUOTE, BOBS, repost, ANSWER]


def test_a_reply_of_blueskys_search() -> None:
    posts = whole("searchPosts_devenv.json", "bluesky")
    assert posts[:2] == [QUOTE, ANSWER]
    assert len({post.id for post in posts}) == 10
    assert [post.text for post in posts[2:5]] == [
        f"Bedarf {number} an der Messehalle #HHhilft Liste" for number in (59, 58, 57)
    ]


def test_a_reply_on_one_line_is_the_same_posts_as_one_over_many(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(
        json.dumps(json.loads((RECORDED / "authorFeed_devenv.json").read_text(encoding="utf-8")))
    )
    assert read(path)[1] == whole("authorFeed_devenv.json", "bluesky")


def test_who_wants_to_be_shown_to_logged_in_people_only_is_marked(lines: Lines) -> None:
    feed = json.loads((RECORDED / "authorFeed_devenv.json").read_text(encoding="utf-8"))
    view = feed["feed"][0]["post"]
    view["author"]["labels"] = [{"val": "!no-unauthenticated"}]
    [post] = read(lines(view))[1]
    assert (post.account.noindex, post.account.discoverable) == (True, False)


def test_a_repository_of_bluesky() -> None:
    posts = whole("alice_devenv.car", "bluesky_car")
    who = Account("bluesky", ALICE)
    assert len(posts) == 30
    assert {post.account for post in posts} == {who}
    assert posts[0] == bluesky(
        f"at://{ALICE}/app.bsky.feed.post/3n2v3x7obvc2z",
        who,
        seen(7, 32, 22, 185345),
        "Bedarf 1 an der Messehalle #HHhilft Liste",
        url=f"https://bsky.app/profile/{ALICE}/post/3n2v3x7obvc2z",
        lang="de",
        links=("https://example.org/liste",),
        hashtags=("hhhilft",),
    )
    [back_dated] = [post for post in posts if post.text == "alt #HHhilft"]
    assert back_dated.created_at == datetime(2015, 9, 7, 8, tzinfo=UTC)
    assert back_dated.hashtags == ("hhhilft",)
    every = {f"Bedarf {number} an der Messehalle #HHhilft Liste" for number in range(1, 60, 2)}
    assert {post.text for post in posts} - {"alt #HHhilft"} == every - {
        "Bedarf 3 an der Messehalle #HHhilft Liste"  # deleted by its author
    }


FIRST_OF_BOB = replace(
    BOBS,
    account=Account("bluesky", BOB),
    url=f"https://bsky.app/profile/{BOB}/post/3n2v3x7mtyk2z",
    likes=None,
    reposts=None,
    replies=None,
)


def test_blueskys_stream_is_the_posts_and_reposts_it_tells() -> None:
    posts = whole("jetstream_v2_frames.jsonl", "bluesky_stream")
    assert len(posts) == 10  # of 19 events: a like, a deletion, names and accounts are none
    assert posts[0] == FIRST_OF_BOB
    [repost] = [post for post in posts if post.repost_of]
    assert (repost.account.id, repost.repost_of) == (CARLA, BOBS.id)
    [quote] = [post for post in posts if post.quote_of]
    assert (quote.id, quote.text) == (QUOTE.id, "Zitat #HHhilft")


def test_a_stream_of_the_first_version_and_without_frames_is_read_alike(lines: Lines) -> None:
    told = (RECORDED / "jetstream_v2_frames.jsonl").read_text("utf-8").splitlines()
    bare = [json.loads(each)["payload"] for each in told]
    commit = next(each for each in bare if each["$type"].endswith("#commit"))
    part = ("rev", "operation", "collection", "rkey", "record", "cid")
    first = {
        "did": commit["did"],
        "time_us": 1795332748898486,
        "kind": "commit",
        "commit": {key: commit[key] for key in part},
    }
    assert read(lines(first)) == ("bluesky_stream", [FIRST_OF_BOB], [])
    form, posts, others = read(lines(*bare))
    assert (form, others) == ("bluesky_stream", [])
    assert posts == whole("jetstream_v2_frames.jsonl", "bluesky_stream")


def test_blueskys_firehose_is_the_posts_and_reposts_it_tells() -> None:
    posts = whole("firehose_frames.bin", "bluesky_firehose")
    assert (len(posts), posts[0]) == (32, FIRST_OF_BOB)
    of_stream = whole("jetstream_v2_frames.jsonl", "bluesky_stream")
    assert [each for each in posts if each in of_stream] == of_stream


def test_a_firehose_that_was_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    content = (RECORDED / "firehose_frames.bin").read_bytes()
    path = tmp_path / "file"
    path.write_bytes(content[: len(content) // 2])
    _, posts, others = read(path)
    assert 0 < len(posts) < len(whole("firehose_frames.bin", "bluesky_firehose"))
    assert others == [(None, "archive_broken")]
    path.write_bytes(content[:4000] + b"\xff" * 400 + content[4400:])
    assert read(path)[2]


def test_posts_of_a_repository_and_of_the_search_are_the_same() -> None:
    keys = {post.key for post in whole("alice_devenv.car", "bluesky_car")}
    found = [post for post in whole("searchPosts_devenv.json", "bluesky") if ALICE in post.id]
    assert {post.key for post in found} <= keys
    assert found


def test_a_repository_that_was_cut_off_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    content = (RECORDED / "alice_devenv.car").read_bytes()
    path = tmp_path / "file"
    path.write_bytes(content[: len(content) // 2])
    _, posts, others = read(path)
    assert 0 < len(posts) < 30
    assert others[-1] == (None, "archive_broken")


def test_a_feed_of_a_hashtag_at_a_mastodon_server() -> None:
    address = "https://norden.social/@alice/115557000000000001"
    alice = "https://norden.social/@alice"
    assert whole("mastodon_tag_SYNTHETIC.rss", "feed") == [
        Post(
            network="rss",
            id=address,
            url=address,
            created_at=datetime(2026, 11, 16, 8, 3, 11, tzinfo=UTC),
            account=Account("rss", alice, handle="alice@norden.social", url=alice),
            text="Decken #HHhilft",
            hashtags=("hhhilft",),
            media=(Media("https://files.norden.social/a.jpg", "Decken im Karton"),),
            visibility="public",
            same_as=address,
        )
    ]


def test_a_feed_that_was_cut_off_gives_its_whole_items_and_says_so(tmp_path: Path) -> None:
    feed = (RECORDED / "mastodon_tag_SYNTHETIC.rss").read_text(encoding="utf-8")
    undated = "<item><guid>x</guid><title>Ohne Zeit</title></item>"
    path = tmp_path / "file"
    path.write_text(feed.replace("</channel></rss>", undated), encoding="utf-8")
    form, posts, others = read(path)
    assert (form, len(posts)) == ("feed", 1)
    assert [code for _, code in others] == ["time_missing", "archive_broken"]


@given(st.data())
def test_a_damaged_repository_gives_posts_or_reasons_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray((RECORDED / "alice_devenv.car").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("car") / "file"
    path.write_bytes(content)
    read(path)


@pytest.mark.parametrize("name", sorted(each.name for each in RECORDED.iterdir() if each.suffix))
@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_every_format_is_recognised_packed_and_without_its_name(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    plain = RECORDED / name
    if name == "README.md":
        return
    path = tmp_path / "file"
    path.write_bytes(pack(plain.read_bytes()))
    assert read(path) == read(plain)
    assert read(path)[0] in {*FORMATS, "bluesky_car", "bluesky_firehose", "feed"}


@pytest.mark.parametrize("name", sorted(each.name for each in RECORDED.iterdir() if each.suffix))
def test_tagging_reads_the_texts_of_every_format(name: str) -> None:
    if name == "README.md":
        return
    texts = [found for found in read_texts(RECORDED / name) if not isinstance(found, Rejected)]
    assert texts == [(post.id, post.text) for post in read(RECORDED / name)[1]]


def test_the_toolkits_csv_with_any_times_and_both_ways_of_writing_lists(shared: Path) -> None:
    folder = shared / "fixtures" / "imports"
    form, posts, others = read(folder / "cnt_coretweet_test_input.csv")
    assert (form, len(posts), others) == ("toolkit", 15, [])
    assert posts[1] == Post(
        "unknown",
        "1",
        datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC),
        Account("unknown", "uid1", "username1"),
        "Example tweet from uid1",
        repost_of="rtid0",
    )
    form, posts, others = read(folder / "cnt_sample_data.csv")
    assert (form, len(posts), others) == ("toolkit", 100, [])
    assert posts[1] == Post(
        "unknown",
        "2",
        datetime(2020, 11, 27, 4, 26, 10, 518142, tzinfo=UTC),
        Account("unknown", "1", "user_1"),
        "camel",
        repost_of="1",
        links=("http://example.com/4", "http://example.com/6"),
    )
    assert next((post.id, post.reply_to) for post in posts if post.reply_to) == ("12", "10")


def test_the_toolkits_lists_parted_by_spaces(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(
        "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
        "1,a,ana,,,Moin #HHhilft,1794816191,https://a.example https://b.example\n"
        "2,a,ana,,,Moin,gestern,\n",
        encoding="utf-8",
    )
    form, [post], others = read(path)
    assert (form, others) == ("toolkit", [(3, "time_unreadable")])
    assert post.links == ("https://a.example", "https://b.example")
    assert post.hashtags == ("hhhilft",)


def test_blueskys_records_of_an_sdk_are_posts_or_told_as_something_else(shared: Path) -> None:
    folder = shared / "fixtures" / "bluesky"
    told = {path.name: read(path)[1:] for path in sorted(folder.glob("sdk_*.json"))}
    reasons = {name: [code for _, code in others] for name, (_, others) in told.items()}
    assert reasons == {
        "sdk_custom_record.json": ["not_a_post"],
        "sdk_did_doc.json": ["format_unknown"],
        "sdk_extended_post_record.json": [],
        "sdk_feed_record.json": ["not_a_post"],
        "sdk_like_record.json": ["not_a_post"],
        "sdk_post_record.json": [],
        "sdk_resolve_handle.json": ["format_unknown"],
        "sdk_thread_view_post_with_embed_media.json": [],
    }
    sdk = "did:plc:kvwvcn5iqfooopmyzvb4qzba"
    assert told["sdk_post_record.json"][0] == [
        bluesky(
            f"at://{sdk}/app.bsky.feed.post/3k2yihcrp6f2c",
            Account("bluesky", sdk),
            datetime(2024, 2, 22, 19, 58, 13, 903293, tzinfo=UTC),
            "new text114",
            url=f"https://bsky.app/profile/{sdk}/post/3k2yihcrp6f2c",
        )
    ]
    [post] = told["sdk_thread_view_post_with_embed_media.json"][0]
    assert post.quote_of == f"at://{sdk}/app.bsky.feed.post/3kahesw26il2z"
    assert post.account == Account(
        "bluesky",
        sdk,
        "test.marshal.dev",
        "Python SDK",
        created_at=datetime(2023, 4, 26, 19, 5, 34, 249000, tzinfo=UTC),
        avatar=True,
        **SHOWN,
    )
    picture = "bafkreic3cp5ky525vsukjvrzxsc2h3jka2gud74l2hgeatw2rhj2qycnmq"
    assert post.media == (
        Media(f"https://cdn.bsky.app/img/feed_fullsize/plain/{sdk}/{picture}@jpeg"),
    )


ODD = [None, "", 0, -1, 1.5, True, [], {}, [None], {"id": {}}, "x" * 600, "\ud800", "\x00", [[]]]


def changed(item: Any, data: st.DataObject) -> Any:
    """Return the item with something odd somewhere in it."""
    if isinstance(item, dict) and item and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(item)))
        return item | {name: changed(item[name], data)}
    if isinstance(item, list) and item and data.draw(st.booleans()):
        return [changed(item[0], data), *item[1:]]
    return data.draw(st.sampled_from(ODD))


OBJECTS = [
    "authorFeed_devenv.json",
    "mastodon_outbox_SYNTHETIC.json",
    "telegram_channel.jsonl",
    "twarc2_v2_page_SYNTHETIC.jsonl",
    "twitter_search.jsonl",
    "zeeschuimer_SYNTHETIC.ndjson",
]


@pytest.mark.parametrize("name", OBJECTS)
@given(st.data())
def test_odd_values_give_posts_that_the_store_holds_or_reasons_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    text = (RECORDED / name).read_text(encoding="utf-8")
    item = json.loads(text if name.endswith(".json") else text.splitlines()[0])
    path = tmp_path_factory.mktemp("odd") / "file"
    path.write_text(json.dumps(changed(item, data)), encoding="utf-8")
    for post in read(path)[1]:
        ids = [post.id, post.account.id, post.reply_to, post.repost_of, post.quote_of]
        assert all(each is None or 0 < len(each) <= 512 for each in ids)
        assert all(isinstance(each, str) for each in (*post.links, *post.hashtags, *post.mentions))
        assert isinstance(post.text, str)
        json.dumps(post_to_json(post), ensure_ascii=False).encode()
