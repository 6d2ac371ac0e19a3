"""Videos as TikTok's website gets them. An account's id is its name, as in 4CAT's tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.records import Account, Media, Post, asks_for_no_bots, read_id, read_time
from monitor.items.fields import (
    at,
    count,
    first,
    language,
    moment,
    objects,
    seconds,
    tags,
    whole_text,
    word,
    words,
)

NETWORK = "tiktok"


def posts(item: Mapping[str, Any]) -> Iterator[Post]:
    """Translate one video."""
    native_id = read_id(item.get("id"), "id")
    who = _account(item)
    extra = objects(item.get("textExtra"))
    cover = word(at(item, "video", "cover"))
    stats: Any = item.get("stats") or item.get("statsV2")
    yield Post(
        network=NETWORK,
        id=native_id,
        created_at=read_time(seconds(item.get("createTime"))),
        account=who,
        text=whole_text(item.get("desc")),
        url=f"https://www.tiktok.com/@{who.id}/video/{native_id}",
        lang=language(item.get("textLanguage")),
        hashtags=tags([
            *(each.get("hashtagName") for each in extra),
            *(each.get("title") for each in objects(item.get("challenges"))),
        ]),
        mentions=words(each.get("userUniqueId") for each in extra),
        media=(Media(cover),) if cover else (),
        likes=count(at(stats, "diggCount")),
        reposts=count(at(stats, "repostCount")),  # `shareCount` counts messages and other apps
        replies=count(at(stats, "commentCount")),
    )  # fmt: skip


def _account(item: Mapping[str, Any]) -> Account:
    author = item.get("author")
    who: Any = author if isinstance(author, Mapping) else {}
    name = who.get("uniqueId") if who else author  # a name alone where the page was read
    stats: Any = item.get("authorStats") or item.get("authorStatsV2")
    bio = word(who.get("signature"))
    return Account(
        network=NETWORK,
        id=read_id(name, "author"),
        handle=word(name),
        name=first([word(who.get("nickname")), word(item.get("nickname"))]),
        created_at=moment(who.get("createTime") or None),
        followers=count(at(stats, "followerCount")),
        following=count(at(stats, "followingCount")),
        posts=count(at(stats, "videoCount")),
        bio=bio,
        no_bots=asks_for_no_bots(bio),
    )
