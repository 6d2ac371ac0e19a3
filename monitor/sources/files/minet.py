"""minet's CSV of Bluesky posts and of tweets. Lists in a cell are parted by `|`.

Of Bluesky it adds addresses and quoted texts to `text`; `original_text`, where it is filled, is
what was written. A row of a feed that somebody reposted is two posts: the original and the repost.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from data.records import Account, Media, Post, read_id, read_time
from monitor.items import bluesky
from monitor.items.fields import (
    count,
    first,
    language,
    moment,
    reference,
    seconds,
    tags,
    whole_text,
    word,
    words,
)
from monitor.sources.files.formats import Csv

Row = Mapping[str, str]


def _of_bluesky(header: Sequence[str]) -> bool:
    return {"uri", "user_did", "user_handle", "timestamp_utc", "text"} <= set(header)


def _of_x(header: Sequence[str]) -> bool:
    return {"id", "user_id", "user_screen_name", "timestamp_utc", "text"} <= set(header)


def _bluesky_posts(row: Row) -> Iterator[Post]:
    uri = read_id(row["uri"], "uri")
    yield Post(
        network=bluesky.NETWORK,
        id=uri,
        created_at=read_time(seconds(row["timestamp_utc"])),
        account=Account(
            network=bluesky.NETWORK,
            id=read_id(row["user_did"], "user_did"),
            handle=word(row["user_handle"]),
            name=word(row.get("user_display_name")) or word(row.get("user_diplay_name")),
            created_at=moment(row.get("user_created_at")),
            avatar=True if row.get("user_avatar") else None,
        ),
        text=whole_text(row.get("original_text") or row["text"]),
        url=word(row.get("url")),
        lang=language(first(_list(row, "user_langs"))),
        reply_to=reference(row.get("to_post_uri")),
        quote_of=reference(row.get("quoted_uri")),
        links=words(_list(row, "links")),
        hashtags=tags(_list(row, "hashtags")),
        mentions=words(_list(row, "mentioned_user_handles")),
        media=_media(row),
        likes=count(row.get("like_count")),
        reposts=count(row.get("repost_count")),
        replies=count(row.get("reply_count")),
        same_as=word(row.get("bridgy_original_url")),
    )
    if row.get("repost_by_user_did"):
        who = Account(
            bluesky.NETWORK, row["repost_by_user_did"], word(row.get("repost_by_user_handle"))
        )
        at = read_time(seconds(row.get("repost_timestamp_utc")))
        yield bluesky.repost(f"{uri}#repost/{who.id}", who, uri, at)


def _tweets(row: Row) -> Iterator[Post]:
    retweeted = reference(row.get("retweeted_id"))
    own: Row = {} if retweeted else row  # a retweet's counters are the original's
    yield Post(
        network="x",
        id=read_id(row["id"], "id"),
        created_at=read_time(seconds(row["timestamp_utc"])),
        account=Account(
            network="x",
            id=read_id(row["user_id"], "user_id"),
            handle=word(row["user_screen_name"]),
            name=word(row.get("user_name")),
            created_at=moment(seconds(row.get("user_timestamp_utc"))),
            followers=count(row.get("user_followers")),
            following=count(row.get("user_friends")),
            posts=count(row.get("user_tweets")),
            bio=word(row.get("user_description")),
        ),
        text=whole_text(row["text"]),
        url=word(row.get("url")),
        lang=language(row.get("lang")),
        reply_to=reference(row.get("to_tweetid")),
        repost_of=retweeted,
        quote_of=reference(row.get("quoted_id")),
        links=words(_list(row, "links")),
        hashtags=tags(_list(row, "hashtags")),
        mentions=words(_list(row, "mentioned_names")),
        media=_media(row),
        likes=count(own.get("like_count")),
        reposts=count(own.get("retweet_count")),
        replies=count(own.get("reply_count")),
    )


BLUESKY = Csv(_of_bluesky, _bluesky_posts)
X = Csv(_of_x, _tweets)


def _list(row: Row, name: str) -> list[str]:
    return (row.get(name) or "").split("|")


def _media(row: Row) -> tuple[Media, ...]:
    alts = _list(row, "media_alt_texts")
    urls = [each for each in _list(row, "media_urls") if each]
    pairs = zip_longest(urls, alts if len(alts) == len(urls) else [])
    return tuple(Media(url, word(alt)) for url, alt in pairs if url)
