"""A page of X's search as posts. It is invented and documented, not recorded (docs.x.com)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from data.errors import RecordError
from data.records import Media, Post
from monitor.sources.http import Client, Patience
from monitor.sources.source import Gone, Told
from monitor.sources.x.ids import last_before, number_of, time_of
from monitor.sources.x.mapping import to_posts
from monitor.sources.x.query import LONGEST, queries
from monitor.sources.x.reading import Stretch
from monitor.sources.x.search import search
from tests.monitor.instance import Answer, instance

PAGE = Path(__file__).parents[1] / "recorded" / "x" / "search_SYNTHETIC.json"
AT = datetime(2025, 11, 16, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def told() -> dict[str, list[Told]]:
    """What each tweet of the page tells, by its id."""
    stretch = Stretch(AT.replace(day=10), AT)
    with instance(lambda *_: Answer(PAGE.read_bytes())) as here:
        client = Client(here.origin, 5, Patience(), "[x] server")
        found = search(client, "#HHhilft", stretch, 100, None)
        client.close()
    assert (found.fetched, found.cost, found.low) == (3, 5, 1990000000000000002)
    return {
        json.loads(item.body)["tweet"]["id"]: to_posts(item.kind, "", item.body, AT)
        for item in found.items
    }


def test_a_long_edited_tweet_is_a_whole_post_and_its_earlier_version_gone(
    told: dict[str, list[Told]],
) -> None:
    post, before = told["1990000000000000005"]
    assert isinstance(post, Post)
    assert post.text.startswith("Decken gebraucht!")
    assert post.text.endswith("Abgabe am Tor 3. #HHhilft https://t.co/abc")
    assert post.url == "https://x.com/hafenhilfe/status/1990000000000000005"
    assert post.created_at == datetime(2025, 11, 16, 8, 3, 11, tzinfo=UTC)
    assert (post.hashtags, post.links) == (("hhhilft",), ("https://hafenhilfe.example/decken",))
    assert post.media == (Media("https://pbs.twimg.com/media/decken.jpg", "Ein Stapel Decken"),)
    assert (post.likes, post.reposts, post.replies) == (9, 4, 1)
    assert (post.account.handle, post.account.followers) == ("hafenhilfe", 120)
    assert (post.account.bio, post.account.avatar) == ("Ehrenamt in Hamburg", True)
    assert before == Gone("1990000000000000004", AT)


def test_a_retweet_has_no_text_of_its_own_and_its_original_is_a_post(
    told: dict[str, list[Told]],
) -> None:
    original, retweet = told["1990000000000000003"]
    assert isinstance(original, Post)
    assert isinstance(retweet, Post)
    assert (original.text, original.account.handle) == ("Wer kann dolmetschen? #HHhilft", "amt")
    assert (original.likes, original.replies) == (12, 3)
    assert (retweet.repost_of, retweet.text, retweet.likes) == (original.id, "", None)
    assert retweet.hashtags == ("hhhilft",)


def test_an_answer_names_what_it_answers_and_quotes_without_their_words_being_kept(
    told: dict[str, list[Told]],
) -> None:
    [post] = told["1990000000000000002"]
    assert isinstance(post, Post)
    assert (post.reply_to, post.quote_of) == ("1990000000000000001", "1989999999999999999")
    assert post.account.avatar is False


@pytest.mark.parametrize(
    ("tweet", "code"),
    [
        (None, "not_an_object"),
        ([1], "not_an_object"),
        ({}, "id_missing"),
        ({"id": "5"}, "id_missing"),
        ({"id": "5", "author_id": "7"}, "time_missing"),
        ({"id": "5", "author_id": "7", "created_at": "2099-01-01T00:00:00Z"}, "time_implausible"),
    ],
)
def test_what_is_no_tweet_is_refused_with_its_reason(tweet: Any, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        to_posts("tweet", "", json.dumps({"tweet": tweet, "includes": {}}), AT)
    assert caught.value.code == code


def test_an_id_tells_when_its_tweet_was_made() -> None:
    known = number_of("1204860593741553664")  # of the documentation: 11 December 2019
    assert known is not None
    assert time_of(known).date().isoformat() == "2019-12-11"
    assert time_of(last_before(AT) + 1) == AT
    assert time_of(last_before(AT)) < AT


@pytest.mark.parametrize("broken", [None, 5, "", "0", "-1", "12a", "٣", "9" * 19, "1" * 30])
def test_what_cannot_be_an_id_is_none(broken: object) -> None:
    assert number_of(broken) is None


def test_queries_name_each_hashtag_once_and_are_never_longer_than_x_allows() -> None:
    assert queries(["HHhilft", "hhhilft", "HamburgHilft"]) == ["#hhhilft OR #HamburgHilft"]
    many = [f"tag{number:04}" for number in range(500)]
    found = queries(many)
    assert max(map(len, found)) <= LONGEST
    assert " OR ".join(found) == " OR ".join(f"#{tag}" for tag in many)
