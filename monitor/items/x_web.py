"""Tweets as X's website gets them, which browser tools such as Zeeschuimer record.

A retweet's counters are the original's, so they are unknown. The original is a post too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data.records import Account, Media, Post, asks_for_no_bots, read_id
from monitor.items.fields import (
    at,
    count,
    first,
    language,
    objects,
    reference,
    tags,
    twitter_time,
    whole_text,
    word,
    words,
)

NETWORK = "x"


def posts(item: Mapping[str, Any]) -> Iterator[Post]:
    """Translate a tweet; where it is a retweet, its original first."""
    tweet: Any = at(item, "tweet") or item  # sometimes nested once more
    original: Any = at(tweet, "legacy", "retweeted_status_result", "result")
    original = at(original, "tweet") or original
    if at(original, "legacy", "created_at"):
        yield _post(original, {})
    yield _post(tweet, original or {})


def _post(tweet: Any, original: Any) -> Post:
    legacy: Any = tweet.get("legacy") or {}
    native_id = read_id(
        first([tweet.get("rest_id"), legacy.get("id_str"), tweet.get("id")]), "rest_id"
    )
    retweeted = reference(
        first(
            [
                at(original, "rest_id"),
                at(original, "legacy", "id_str"),
                legacy.get("retweeted_status_id_str"),
            ]
        )
    )
    who = _account(tweet, legacy)
    content = original if at(original, "legacy", "full_text") else tweet
    entities: Any = at(content, "legacy", "entities")
    own: Any = {} if retweeted else legacy
    return Post(
        network=NETWORK,
        id=native_id,
        created_at=twitter_time(legacy.get("created_at")),
        account=who,
        text=whole_text(
            first([
                at(content, "note_tweet", "note_tweet_results", "result", "text"),
                at(content, "legacy", "full_text"),
            ])
        ),
        url=f"https://x.com/{who.handle or 'i/web'}/status/{native_id}",
        lang=language(legacy.get("lang")),
        reply_to=reference(legacy.get("in_reply_to_status_id_str")),
        repost_of=retweeted,
        quote_of=None if retweeted else reference(legacy.get("quoted_status_id_str")),
        links=words(each.get("expanded_url") for each in objects(at(entities, "urls"))),
        hashtags=tags(each.get("text") for each in objects(at(entities, "hashtags"))),
        mentions=words(each.get("screen_name") for each in objects(at(entities, "user_mentions"))),
        media=tuple(_media(content)),
        likes=count(own.get("favorite_count")),
        reposts=count(own.get("retweet_count")),
        replies=count(own.get("reply_count")),
    )  # fmt: skip


def _account(tweet: Any, legacy: Any) -> Account:
    result: Any = at(tweet, "core", "user_results", "result") or {}
    told: Any = result.get("legacy") or tweet.get("user") or {}  # `user`: the older form
    core: Any = result.get("core") or {}
    bio = word(told.get("description"))
    default = told.get("default_profile_image")
    return Account(
        network=NETWORK,
        id=read_id(
            first([legacy.get("user_id_str"), result.get("rest_id"), told.get("id_str")]),
            "user_id_str",
        ),
        handle=word(core.get("screen_name")) or word(told.get("screen_name")),
        name=word(core.get("name")) or word(told.get("name")),
        created_at=_time(core.get("created_at") or told.get("created_at")),
        followers=count(told.get("followers_count")),
        following=count(told.get("friends_count")),
        posts=count(told.get("statuses_count")),
        bio=bio,
        avatar=not default if isinstance(default, bool) else None,
        no_bots=asks_for_no_bots(bio),
    )


def _time(value: Any) -> Any:
    return twitter_time(value) if value else None


def _media(tweet: Any) -> Iterator[Media]:
    legacy: Any = tweet.get("legacy")
    told = at(legacy, "extended_entities", "media") or at(legacy, "entities", "media")
    for each in objects(told):
        url = word(each.get("media_url_https"))
        if url:
            yield Media(url, word(each.get("ext_alt_text")))
