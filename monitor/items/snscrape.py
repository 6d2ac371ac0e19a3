"""snscrape's items: Telegram channels and tweets, also as its JSONL for parsers that round numbers.

Telegram: a post's id is `channel/number`, its account the channel. Line breaks are lost already:
snscrape drops them. Its other scrapers' items are told as of an unknown network.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

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

KIND = "snscrape.modules."


def posts(item: Mapping[str, Any]) -> Iterator[Post]:
    """Translate one item; RecordError for what is none, or of a scraper that is not known."""
    kind = str(item.get("_type")).removeprefix(KIND)
    if kind == "telegram.TelegramPost":
        yield _telegram(item)
    elif kind == "twitter.Tweet":
        original: Any = item.get("retweetedTweet")
        if at(original, "_type") == item["_type"] and at(original, "user"):
            yield _tweet(original, {})
        yield _tweet(item, original)
    else:
        raise RecordError("network_unknown", kind)


def _telegram(item: Mapping[str, Any]) -> Post:
    native_id = _message(item.get("url"))
    if native_id is None:
        raise RecordError("id_missing", "url")
    channel: Any = item.get("channel")  # of later versions
    name = native_id.split("/")[0]
    text = whole_text(item.get("content"))
    linked = _texts(item.get("outlinks"))
    preview = at(item, "linkPreview", "href")
    return Post(
        network="telegram",
        id=native_id,
        created_at=read_time(item.get("date")),
        account=Account(
            "telegram",
            name,
            name,
            word(at(channel, "title")),
            followers=count(at(channel, "members")),
        ),
        text=text,
        url=f"https://t.me/{native_id}",
        repost_of=_message(item.get("forwardedUrl")),
        links=words([*(each for each in linked if not _tag(each)), preview]),
        hashtags=tags([*hashtags_in(text), *map(_tag, linked)]),
        mentions=tags(_texts(item.get("mentions"))),
        media=tuple(Media(each) for each in words(_texts(item.get("images")))),
    )


def _tweet(item: Mapping[str, Any], original: Any) -> Post:
    native_id = read_id(_id(item), "id")
    content = original if _text(original) else item
    own: Any = {} if original else item  # a retweet's counters are the original's
    return Post(
        network="x",
        id=native_id,
        created_at=read_time(item.get("date")),
        account=_user(item),
        text=whole_text(_text(content)),
        url=word(item.get("url")),
        lang=language(item.get("lang")),
        reply_to=reference(item.get("inReplyToTweetId.str") or item.get("inReplyToTweetId")),
        repost_of=reference(_id(original)),
        quote_of=reference(_id(item.get("quotedTweet"))),
        links=words(
            [each.get("url") for each in objects(content.get("links"))]
            or _texts(content.get("outlinks"))
        ),
        hashtags=tags(_texts(content.get("hashtags"))),
        mentions=words(each.get("username") for each in objects(content.get("mentionedUsers"))),
        media=tuple(_media(content)),
        likes=count(own.get("likeCount")),
        reposts=count(own.get("retweetCount")),
        replies=count(own.get("replyCount")),
    )


def _user(item: Mapping[str, Any]) -> Account:
    """Translate the author; a retweet's is only an id, whose name stands in the tweet's address."""
    who: Any = item.get("user")
    path = urlsplit(word(item.get("url")) or "").path.split("/")
    bio = word(at(who, "rawDescription")) or word(at(who, "description"))
    return Account(
        network="x",
        id=read_id(_id(who), "user.id"),
        handle=word(at(who, "username")) or (path[1] if path[2:3] == ["status"] else None),
        name=word(at(who, "displayname")),
        created_at=moment(at(who, "created")),
        followers=count(at(who, "followersCount")),
        following=count(at(who, "friendsCount")),
        posts=count(at(who, "statusesCount")),
        bio=bio,
        avatar="default_profile_images" not in picture
        if (picture := word(at(who, "profileImageUrl")))
        else None,
        no_bots=asks_for_no_bots(bio),
    )


def _media(tweet: Mapping[str, Any]) -> Iterator[Media]:
    for each in objects(tweet.get("media")):
        url = word(each.get("fullUrl")) or word(each.get("thumbnailUrl"))
        if url:
            yield Media(url, word(each.get("altText")))


def _id(item: Any) -> Any:
    """Prefer the text: `--jsonl-for-buggy-int-parser` adds it where a number gets rounded."""
    return at(item, "id.str") or at(item, "id")


def _text(tweet: Any) -> Any:
    return at(tweet, "rawContent") or at(tweet, "content")


def _message(url: Any) -> str | None:
    """Give `channel/number` of an address such as https://t.me/s/channel/45."""
    path = urlsplit(word(url) or "").path.strip("/").removeprefix("s/")
    channel, _, number = path.partition("/")
    return f"{channel}/{number}" if channel and number.isdigit() else None


def _tag(link: str) -> str | None:
    """Give the hashtag that a link inside Telegram (?q=%23tag) stands for."""
    parts = urlsplit(link)
    asked = parse_qs(parts.query).get("q", [""])[0]
    return asked.lstrip("#") if parts.hostname == "t.me" and asked.startswith("#") else None


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
