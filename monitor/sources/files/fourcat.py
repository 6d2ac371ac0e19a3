"""4CAT's data sets: its tables (CSV, or the same as objects), and the items it keeps (NDJSON).

Of the networks it covers Bluesky, X, Telegram, Instagram and TikTok are read; rows of others are
told as of an unknown network. A table names the author of a retweeted or forwarded message, not the
message: `repost_of` is then made of that author and the text or time, which is the same for all who
passed the message on. `thread_id` is the conversation, not what is answered.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.errors import RecordError
from data.records import Account, Media, Post, read_id, read_time
from monitor.items import bluesky, x_api
from monitor.items.fields import (
    at,
    count,
    first,
    hashtags_in,
    language,
    moment,
    reference,
    seconds,
    tags,
    whole_text,
    word,
    words,
)
from monitor.sources.files.formats import Csv, Found, Json
from monitor.sources.files.fourcat_telegram import post_of_message
from monitor.sources.files.zeeschuimer import posts_of

Row = Mapping[str, str]
_COLUMNS = frozenset(("id", "thread_id", "author", "body", "timestamp"))


def _recognises_columns(names: Sequence[str]) -> bool:
    return set(names) >= _COLUMNS


def _recognises(item: Mapping[str, Any]) -> bool:
    return (
        "__import_meta" in item
        or "4CAT_metadata" in item
        or "author_user" in item
        or {"_chat", "message"} <= item.keys()
        or item.keys() >= _COLUMNS
    )


def _of_row(row: Row) -> Iterator[Post]:
    if row["id"].startswith("at://"):
        yield _bluesky(row)
    elif "retweeted_user" in row:
        yield _x(row)
    elif "author_forwarded_from_name" in row:
        yield _telegram(row)
    elif "tiktok_url" in row:
        yield _tiktok(row)
    elif "num_likes" in row and "num_comments" in row:
        yield _instagram(row)
    else:
        raise RecordError("network_unknown", ", ".join(row))


def _of_item(item: Mapping[str, Any]) -> Iterator[Found]:
    if "__import_meta" in item:  # what Zeeschuimer handed over
        yield from posts_of(str(at(item, "__import_meta", "source_platform")), item)
    elif "4CAT_metadata" in item:
        yield bluesky.post_of_view(_as_sent(item))
    elif "author_user" in item:
        yield from x_api.posts_of_tweet(item)
    elif "_chat" in item:
        yield post_of_message(item)
    else:
        yield from _of_row({name: "" if told is None else str(told) for name, told in item.items()})


TABLE = Csv(_recognises_columns, _of_row)
ITEMS = Json(_recognises, _of_item)


def _bluesky(row: Row) -> Post:
    uri = read_id(row["id"], "id")
    root = reference(row["thread_id"])
    replied = word(row.get("replied_to_post"))
    # the answered post is given by its web address, which names the account, not its DID: only
    # where it is the thread's first post, the address of that is known
    same = replied and root and replied.rsplit("/", 1)[-1] == root.rsplit("/", 1)[-1]
    return Post(
        network=bluesky.NETWORK,
        id=uri,
        created_at=_moment(row, "unix_timestamp", "timestamp", "created_at"),
        account=Account(
            network=bluesky.NETWORK,
            id=read_id(row.get("author_id"), "author_id"),
            handle=word(row["author"]),
            name=word(row.get("author_display_name")),
            created_at=moment(row.get("author_created_at")),
            avatar=True if row.get("author_avatar") else None,
        ),
        text=whole_text(row["body"]),
        url=word(row.get("link")),
        lang=language(first(_list(row, "languages"))) if row.get("languages") != "N/A" else None,
        reply_to=root if same else _at_address(replied),
        quote_of=_at_address(word(row.get("quoted_post"))),
        links=words(_list(row, "links")),
        hashtags=tags(_list(row, "tags")),
        mentions=words(_list(row, "mentions")),
        media=_media(row, "images"),
        likes=count(row.get("like_count")),
        reposts=count(row.get("repost_count")),
        replies=count(row.get("reply_count")),
    )


def _x(row: Row) -> Post:
    author = word(row.get("retweeted_user"))
    text = whole_text(row["body"])
    retweet = row.get("is_retweet") == "yes"
    if retweet:
        text = re.sub(r"^RT @\w+:? ", "", text)
    own: Row = {} if retweet else row  # a retweet's counters are the original's
    return Post(
        network="x",
        id=read_id(row["id"], "id"),
        # `unix_timestamp` of 4CAT's own collector is off by its server's distance from UTC
        created_at=_moment(row, "timestamp", "unix_timestamp"),
        account=Account(
            network="x",
            id=read_id(row.get("author_id"), "author_id"),
            handle=word(row["author"]),
            name=word(row.get("author_fullname")),
            followers=count(row.get("author_followers")),
        ),
        text=text,
        url=word(row.get("link")) or f"https://x.com/{row['author'] or 'i/web'}/status/{row['id']}",
        lang=language(row.get("language_guess")),
        repost_of=_passed_on(author, text) if retweet else None,
        links=words(_list(row, "urls")),
        hashtags=tags(_list(row, "hashtags")),
        mentions=words(_list(row, "mentions")),
        media=_media(row, "images"),
        likes=count(own.get("like_count")),
        reposts=count(own.get("retweet_count")),
        replies=count(own.get("reply_count")),
    )


def _telegram(row: Row) -> Post:
    chat, text = read_id(row.get("chat"), "chat"), whole_text(row["body"])
    by_channel = not row["author"] or row.get("author_username") == chat
    forwarded = word(row.get("author_forwarded_from_username")) or word(
        row["author_forwarded_from_name"]
    )
    reply = word(row.get("reply_to"))
    return Post(
        network="telegram",
        id=read_id(f"{chat}/{row['id']}", "id"),
        created_at=_moment(row, "unix_timestamp", "timestamp"),
        account=Account(
            network="telegram",
            id=chat if by_channel else read_id(row["author"], "author"),
            handle=chat if by_channel else word(row.get("author_username")),
            name=word(row.get("author_name")),
            bot={"True": True, "False": False}.get(row.get("author_is_bot", "")),
        ),
        text=text,
        url=f"https://t.me/{chat}/{row['id']}",
        reply_to=f"{chat}/{reply}" if reply else None,
        repost_of=_passed_on(forwarded, row.get("unix_timestamp_forwarded_from", ""))
        if forwarded
        else None,
        hashtags=hashtags_in(text),
        edited_at=moment(seconds(row.get("unix_timestamp_edited"))),
    )


def _instagram(row: Row) -> Post:
    text = whole_text(row["body"])
    return Post(
        network="instagram",
        id=read_id(row["id"], "id"),
        created_at=_moment(row, "unix_timestamp", "timestamp"),
        account=Account(
            network="instagram",
            id=read_id(row["author"], "author"),
            handle=word(row["author"]),
            name=word(row.get("author_fullname")),
        ),
        text=text,
        url=word(row.get("url")),
        hashtags=tags(_list(row, "hashtags")) or hashtags_in(text),
        media=_media(row, "image_url"),
        likes=count(row["num_likes"]),
        replies=count(row["num_comments"]),  # -1: not known
    )


def _tiktok(row: Row) -> Post:
    return Post(
        network="tiktok",
        id=read_id(row["id"], "id"),
        created_at=_moment(row, "unix_timestamp", "timestamp"),
        account=Account(
            network="tiktok",
            id=read_id(row["author"], "author"),
            handle=word(row["author"]),
            name=word(row.get("author_full")),
            followers=count(row.get("author_followers")),
            posts=count(row.get("author_videos")),
        ),
        text=whole_text(row["body"]),
        url=word(row["tiktok_url"]),
        hashtags=tags([*_list(row, "hashtags"), *_list(row, "challenges")]),
        media=_media(row, "thumbnail_url"),
        likes=count(row.get("likes")),
        replies=count(row.get("comments")),
    )


def _moment(row: Row, *names: str) -> Any:
    told = first([row.get(name) for name in names])
    return read_time(told if (number := seconds(told)) is None else number)


def _list(row: Row, name: str) -> list[str]:
    return (row.get(name) or "").split(",")


def _media(row: Row, name: str) -> tuple[Media, ...]:
    return tuple(Media(each) for each in words(_list(row, name)) if each.startswith("http"))


def _passed_on(author: str | None, what: str) -> str:
    return f"@{author or ''}#{hashlib.sha256(what.encode()).hexdigest()[:32]}"


def _at_address(link: str | None) -> str | None:
    """Give the at:// address of a web address that names a DID; of a handle it is not known."""
    found = re.fullmatch(r"https://bsky\.app/profile/(did:[^/]+)/post/([^/]+)", link or "")
    return f"at://{found[1]}/{bluesky.POST}/{found[2]}" if found else None


def _as_sent(value: Any) -> Any:
    """Undo the names that the atproto SDK gives: `like_count`, `py_type`, a blob's `link`."""
    if isinstance(value, Mapping):
        return {_name_sent(key): _as_sent(each) for key, each in value.items()}
    return [_as_sent(each) for each in value] if isinstance(value, list) else value


def _name_sent(name: str) -> str:
    if name in ("py_type", "link"):
        return {"py_type": "$type", "link": "$link"}[name]
    begin, *rest = name.split("_")
    return begin + "".join(part.capitalize() for part in rest)
