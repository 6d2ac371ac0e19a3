"""Tweets of X's API v2 as posts: with a page's `includes`, or flattened as twarc and 4CAT do it.

A retweet's own text is cut off, so the original's is taken where it came along; its counters are
the original's, so they are unknown. The original of a retweet is a post too. Tweets that are only
quoted or answered are not: their authors did not use the hashtag.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from data.errors import RecordError
from data.records import Account, Media, Post, asks_for_no_bots, read_id, read_time
from monitor.items.fields import (
    at,
    count,
    hashtags_in,
    language,
    moment,
    objects,
    reference,
    tags,
    whole_text,
    word,
    words,
)

NETWORK = "x"
_NO_PICTURE = "default_profile_images"
Object = Mapping[str, Any]


class Includes(NamedTuple):
    """What a page tells besides its tweets, by id."""

    users: Mapping[str, Object] = {}
    tweets: Mapping[str, Object] = {}
    media: Mapping[str, Object] = {}


def includes(page: Object) -> Includes:
    """Read a page's `includes`."""
    told = page.get("includes")
    return Includes(
        {str(each.get("id")): each for each in objects(at(told, "users"))},
        {str(each.get("id")): each for each in objects(at(told, "tweets"))},
        {str(each.get("media_key")): each for each in objects(at(told, "media"))},
    )


def posts_of_page(page: Object) -> Iterator[Post | RecordError]:
    """Translate a page (`data` is a list, or one tweet); a tweet that cannot be read is told."""
    data, known = page.get("data"), includes(page)
    for tweet in [data] if isinstance(data, Mapping) else objects(data):
        try:
            yield from posts_of_tweet(tweet, known)
        except RecordError as error:
            yield error


def posts_of_tweet(
    tweet: Object,
    known: Includes = Includes(),  # noqa: B008
    fetched_at: datetime | None = None,
) -> Iterator[Post]:
    """Translate a tweet; where it is a retweet, its original first if that came along.

    Raises RecordError, also for one that claims to be made after `fetched_at` (None: now).
    """
    original = _referenced(tweet, "retweeted")
    told: Object = {}
    if original is not None:
        told = known.tweets.get(str(original.get("id"))) or original
        if "author_id" in told and "created_at" in told:
            yield _post(told, known, {}, fetched_at)
    yield _post(tweet, known, told, fetched_at)


def _post(tweet: Object, known: Includes, original: Object, fetched_at: datetime | None) -> Post:
    who = _account(tweet, known)
    native_id = read_id(tweet.get("id"), "id")
    retweeted = _referenced(tweet, "retweeted")
    content = original if at(original, "text") else tweet
    text, entities = _content(content)
    every = [entities, tweet.get("entities")]  # a retweet's are those of its cut-off text
    own: Any = None if retweeted is not None else tweet.get("public_metrics")
    return Post(
        network=NETWORK,
        id=native_id,
        created_at=read_time(tweet.get("created_at"), fetched_at),
        account=who,
        text=whole_text(text),
        url=f"https://x.com/{who.handle or 'i/web'}/status/{native_id}",
        lang=language(tweet.get("lang")),
        reply_to=_id_of(tweet, "replied_to"),
        repost_of=_id_of(tweet, "retweeted"),
        quote_of=_id_of(tweet, "quoted"),
        links=words(
            each.get("unwound_url") or each.get("expanded_url") or each.get("url")
            for told in every
            for each in objects(at(told, "urls"))
            if "media_key" not in each
        ),
        hashtags=tags(each.get("tag") for told in every for each in objects(at(told, "hashtags")))
        or hashtags_in(str(text)),
        mentions=words(each.get("username") for each in objects(at(entities, "mentions"))),
        media=tuple(_media(content, known)),
        likes=count(at(own, "like_count")),
        reposts=count(at(own, "retweet_count")),
        replies=count(at(own, "reply_count")),
    )


def _content(tweet: Object) -> tuple[Any, Any]:
    note = tweet.get("note_tweet")  # a long text; `text` is then cut off
    if at(note, "text"):
        return at(note, "text"), at(note, "entities") or tweet.get("entities")
    return tweet.get("text"), tweet.get("entities")


def _account(tweet: Object, known: Includes) -> Account:
    native_id = read_id(tweet.get("author_id") or at(tweet, "author", "id"), "author_id")
    who: Any = known.users.get(native_id) or tweet.get("author") or tweet.get("author_user") or {}
    picture, bio = word(who.get("profile_image_url")), word(who.get("description"))
    return Account(
        network=NETWORK,
        id=native_id,
        handle=word(who.get("username")) or word(tweet.get("author_username")),
        name=word(who.get("name")) or word(tweet.get("author_fullname")),
        created_at=moment(who.get("created_at")),
        followers=count(at(who, "public_metrics", "followers_count")),
        following=count(at(who, "public_metrics", "following_count")),
        posts=count(at(who, "public_metrics", "tweet_count")),
        bio=bio,
        avatar=None if picture is None else _NO_PICTURE not in picture,
        no_bots=asks_for_no_bots(bio),
    )


def _referenced(tweet: Object, kind: str) -> Object | None:
    told = objects(tweet.get("referenced_tweets"))
    return next((each for each in told if each.get("type") == kind), None)


def _id_of(tweet: Object, kind: str) -> str | None:
    return reference(at(_referenced(tweet, kind), "id"))


def _media(tweet: Object, known: Includes) -> Iterator[Media]:
    attached: Any = tweet.get("attachments")
    keys: Any = at(attached, "media_keys")
    told = objects(at(attached, "media")) or [
        each if isinstance(each, Mapping) else known.media.get(str(each), {})
        for each in (keys if isinstance(keys, list) else [])
    ]
    for each in told:
        url = word(each.get("url")) or word(each.get("preview_image_url"))
        if url:
            yield Media(url, word(each.get("alt_text")))
