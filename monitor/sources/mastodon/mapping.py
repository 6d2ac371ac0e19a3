"""A status of Mastodon's API as posts. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from data.errors import RecordError
from data.records import (
    LONGEST_TEXT,
    Account,
    Media,
    Post,
    asks_for_no_bots,
    clean,
    read_id,
    read_time,
)
from monitor.plain_text import plain_text, read_html

NETWORK = "mastodon"
MAPPER = "mastodon-1"
STATUS, REPLY, BOOSTERS = "status", "reply", "boosters"  # kinds of raw items
PUBLIC = frozenset(("public", "unlisted"))
_EVER = datetime(9998, 1, 1, tzinfo=UTC)  # no clock of ours is ahead of it
_BRIDGE = "@bsky.brid.gy"  # Bridgy Fed: a copy of a Bluesky post, whose url is the original's


def to_posts(kind: str, origin: str, body: str, fetched_at: datetime) -> list[Post]:
    """Translate one raw item.

    - `status`: a status as sent;
    - `reply`: `{"reply_to": uri, "status": status as sent}`;
    - `boosters`: `{"uri": uri, "accounts": [account as sent, …]}`; the API tells no times, so
      a boost's time is when it was first seen, and an account that cannot be read is left out.

    Raises RecordError for what is no post.
    """
    try:
        item = json.loads(body)
        if kind == BOOSTERS:
            return _boosts(item, origin, fetched_at)
        if kind == REPLY:
            return [_post(item["status"], origin, fetched_at, reply_to=item["reply_to"])]
        return [_post(item, origin, fetched_at, reply_to=None)]
    except (TypeError, AttributeError, ValueError, KeyError, RecursionError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError("field_unreadable", f"{type(error).__name__}: {error}") from error


def merge_counters(post: Post, origin: str, origins: Sequence[str]) -> Post:
    """Drop counters that the post's own instance, which is asked too, knows better.

    Other instances count only the likes and boosts that reached them.
    """
    home = host_of(post.id)
    if home == host_of(origin) or home not in {host_of(each) for each in origins}:
        return post
    return replace(post, likes=None, reposts=None, replies=None)


def host_of(address: str) -> str:
    """Return host and port of an address, "" where it has none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def is_public(status: Mapping[str, Any]) -> bool:
    """Say whether everybody may see the status; what is not told is public, as the timeline is."""
    return status.get("visibility", "public") in PUBLIC


def wants_no_bots(account: object) -> bool:
    """Say whether a profile or one of its fields asks programs to stay away (#nobot)."""
    if not isinstance(account, Mapping):
        return False
    told = [account.get("note")]
    fields = account.get("fields")
    for field in fields if isinstance(fields, list) else []:
        if isinstance(field, Mapping):
            told += [field.get("name"), field.get("value")]
    return any(
        isinstance(each, str) and "nobot" in each.lower() and asks_for_no_bots(plain_text(each))
        for each in told
    )


def _post(status: Any, origin: str, fetched_at: datetime, reply_to: str | None) -> Post:
    if not isinstance(status, Mapping):
        raise RecordError("not_an_object", type(status).__name__)
    if not is_public(status):
        raise RecordError("visibility_private", str(status.get("visibility")))
    content = read_html(_text(status.get("content")) or "")
    warning = _text(status.get("spoiler_text"))
    text = "\n\n".join(part for part in (warning, content.text) if part)
    if len(text) > LONGEST_TEXT:
        raise RecordError("text_too_long", f"{len(text)} characters")
    boosted = status.get("reblog")
    return Post(
        network=NETWORK,
        id=read_id(status.get("uri"), "uri"),
        created_at=read_time(status.get("created_at"), fetched_at),
        account=_account(status.get("account"), origin, fetched_at),
        text=clean(text) if boosted is None else "",
        url=_text(status.get("url")),
        lang=_text(status.get("language")),
        reply_to=reply_to or _unresolved(status.get("in_reply_to_id"), origin),
        repost_of=None if boosted is None else read_id(boosted["uri"], "reblog.uri"),
        quote_of=_quoted(status.get("quote")),
        links=tuple(clean(each) for each in content.links),
        hashtags=tuple(name.lower() for name in _each(status.get("tags"), "name")),
        mentions=tuple(_handle(name, origin) for name in _each(status.get("mentions"), "acct")),
        media=_media(status.get("media_attachments")),
        likes=_count(status.get("favourites_count")),
        reposts=_count(status.get("reblogs_count")),
        replies=_count(status.get("replies_count")),
        edited_at=_edited_at(status.get("edited_at"), fetched_at),
        visibility=_text(status.get("visibility")),
        same_as=_original(status),
    )


def _boosts(item: Mapping[str, Any], origin: str, fetched_at: datetime) -> list[Post]:
    original = read_id(item["uri"], "uri")
    boosts = []
    for each in item["accounts"]:
        if wants_no_bots(each):
            continue
        try:
            account = _account(each, origin, fetched_at)
            native_id = read_id(f"{original}#boost/{account.id}", "boost")
        except RecordError:
            continue
        boosts.append(
            Post(
                network=NETWORK,
                id=native_id,
                created_at=fetched_at,
                account=account,
                repost_of=original,
                time_known=False,
            )
        )
    return boosts


def _account(who: object, origin: str, fetched_at: datetime) -> Account:
    if not isinstance(who, Mapping):
        raise RecordError("account_missing")
    acct = _text(who.get("acct"))
    avatar = _text(who.get("avatar"))
    note = _text(who.get("note"))
    return Account(
        network=NETWORK,
        id=read_id(who.get("uri") or who.get("url"), "account.uri"),
        handle=_handle(acct, origin) if acct else None,
        name=_text(who.get("display_name")),
        created_at=_time_or_none(who.get("created_at"), fetched_at),
        followers=_count(who.get("followers_count")),
        following=_count(who.get("following_count")),
        posts=_count(who.get("statuses_count")),
        bio=None if note is None else clean(plain_text(note)),
        bot=_flag(who.get("bot")),
        avatar=None if avatar is None else not avatar.endswith("/missing.png"),
        url=_text(who.get("url")),
        noindex=_flag(who.get("noindex")),
        indexable=_flag(who.get("indexable")),
        discoverable=_flag(who.get("discoverable")),
        no_bots=wants_no_bots(who),
    )


def _handle(acct: str, origin: str) -> str:
    """Write a handle with its host, which an instance leaves out for its own people."""
    return acct if "@" in acct else f"{acct}@{host_of(origin)}"


def _unresolved(local_id: object, origin: str) -> str | None:
    """Name a post that is answered but not known: an address at the instance that told of it."""
    return f"{origin}/statuses/{local_id}"[:500] if isinstance(local_id, str | int) else None


def _quoted(quote: object) -> str | None:
    quoted = quote.get("quoted_status") if isinstance(quote, Mapping) else None
    uri = quoted.get("uri") if isinstance(quoted, Mapping) else None
    return read_id(uri, "quote.uri") if uri else None


def _original(status: Mapping[str, Any]) -> str | None:
    acct = _text(status["account"].get("acct")) or ""
    return _text(status.get("url")) if acct.endswith(_BRIDGE) else None


def _media(attachments: object) -> tuple[Media, ...]:
    found = []
    for each in attachments if isinstance(attachments, list) else []:
        if isinstance(each, Mapping):
            url = _text(each.get("remote_url")) or _text(each.get("url"))
            if url:
                found.append(Media(url, _text(each.get("description"))))
    return tuple(found)


def _each(items: object, field: str) -> list[str]:
    found = []
    for each in items if isinstance(items, list) else []:
        value = _text(each.get(field)) if isinstance(each, Mapping) else None
        if value:
            found.append(value)
    return found


def _text(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else None


def _count(value: object) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if good and isinstance(value, int) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _edited_at(value: object, now: datetime) -> datetime | None:
    """Read the time of an edit; RecordError where it lies ahead of our clock by more than a day.

    Without its time an edit would lose against an earlier one, and be known from then on. Rejected,
    it is read again as soon as the clock is right.
    """
    return None if _time_or_none(value, _EVER) is None else read_time(value, now)


def _time_or_none(value: object, now: datetime) -> datetime | None:
    try:
        return read_time(value, now)
    except RecordError:
        return None
