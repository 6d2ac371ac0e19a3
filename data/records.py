"""Posts and accounts as every part of the program knows them, and their JSON form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from data.errors import RecordError

LONGEST_ID = 512  # characters; a real id is far shorter, and PostgreSQL indexes at most 2,704 bytes
NOBODY = "?"  # id of an account where the network does not say who posted; no real one is "?"
LONGEST_TEXT = 100_000  # characters; ten times the longest post of any network watched
EARLIEST = datetime(2004, 1, 1, tzinfo=UTC)  # none of the networks is older
NETWORKS = frozenset(
    (
        *("mastodon", "bluesky", "x", "telegram", "instagram", "facebook", "pinterest", "tiktok"),
        *("rss", "unknown"),
    )
)
_A_DAY = timedelta(days=1)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Account:
    """Who posts. None means unknown, never zero or no.

    Where the network does not say who it was, the id is NOBODY: posts of many people, which nothing
    may take for those of one.

    `noindex`, `indexable`, `discoverable` are what the person set on the network;
    `no_bots` says that the profile asks programs to stay away (#nobot).
    """

    network: str
    id: str
    handle: str | None = None
    name: str | None = None
    created_at: datetime | None = None
    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    bio: str | None = None
    bot: bool | None = None
    avatar: bool | None = None
    url: str | None = None
    noindex: bool | None = None
    indexable: bool | None = None
    discoverable: bool | None = None
    no_bots: bool = False

    @property
    def key(self) -> str:
        """`network:account id`."""
        return f"{self.network}:{self.id}"

    @property
    def is_known(self) -> bool:
        """Say whether the network told who it is."""
        return self.id != NOBODY


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or film of a post; `alt` is its description, None where there is none."""

    url: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One post or repost. Times are UTC. None means unknown.

    `reply_to`, `repost_of` and `quote_of` are native ids in the same network. `time_known` is False
    where the network tells who reposted but not when; `created_at` is then when it was first seen.
    """

    network: str
    id: str
    created_at: datetime
    account: Account
    text: str = ""
    url: str | None = None
    lang: str | None = None
    reply_to: str | None = None
    repost_of: str | None = None
    quote_of: str | None = None
    links: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    media: tuple[Media, ...] = ()
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    edited_at: datetime | None = None
    visibility: str | None = None
    same_as: str | None = None
    time_known: bool = True

    @property
    def key(self) -> str:
        """`network:post id`."""
        return f"{self.network}:{self.id}"


def author_key(network: str, account: str, post: str) -> str:
    """Name who wrote a post, to tell one author from another: an unknown one is like nobody else.

    The account's key (`account` is its native id), or where that is unknown a key of this `post`.
    """
    return f"{network}:{account}" if account != NOBODY else f"{network}:{NOBODY}{post}"


def clean(text: str) -> str:
    """Remove what no database and no page can hold: control characters and lone surrogates.

    Line breaks and tabs stay.
    """
    return text if text.isprintable() else _CONTROL.sub("", text)


def read_id(value: object, field: str) -> str:
    """Return a native id as text.

    Raises RecordError `id_missing`, `field_unreadable`, `id_too_long` or `id_broken`.
    """
    if isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable():
        return value  # nearly all are
    if value is None or value == "":
        raise RecordError("id_missing", field)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecordError("field_unreadable", field)
    text = str(value)
    if len(text) > LONGEST_ID:
        raise RecordError("id_too_long", f"{field}: {len(text)} characters")
    if clean(text) != text:
        raise RecordError("id_broken", field)
    return text


def read_time(value: object, now: datetime | None = None) -> datetime:
    """Read an ISO 8601 time or epoch seconds as UTC; a time without a zone is taken as UTC.

    Raises RecordError `time_missing`, `time_unreadable`, or `time_implausible` (before 2004,
    or more than a day after `now`, by default the clock's).
    """
    if value is None or value == "":
        raise RecordError("time_missing")
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            at = datetime.fromtimestamp(value, UTC)
        else:
            at = datetime.fromisoformat(str(value))
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RecordError("time_unreadable", str(value)) from error
    # compared with its own zone: year 1 has no UTC where the zone is ahead
    if not EARLIEST <= at <= (now or datetime.now(UTC)) + _A_DAY:
        raise RecordError("time_implausible", str(value))
    return at if at.tzinfo is UTC else at.astimezone(UTC)


class Accounts:
    """Accounts read from JSON, most of which come again, word for word, with their next post."""

    MOST = 20_000  # of which each is kept with its JSON; some 30 MB

    def __init__(self) -> None:
        self._known: dict[tuple[str, object], tuple[Mapping[str, Any], Account]] = {}

    def read(self, network: str, who: Mapping[str, Any]) -> Account:
        """Read an account; RecordError where it has no id."""
        key = (network, str(who.get("id")))
        known = self._known.get(key)
        if known is not None and known[0] == who:
            return known[1]
        account = _account(network, who)
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[key] = who, account
        return account


def post_from_json(item: object, accounts: Accounts | None = None) -> Post:
    """Read one object of the project's own JSONL (contract: network, id, created_at, account.id).

    Who reads many may hand in the `accounts` read so far. Raises RecordError for what makes the
    whole item unusable; a broken optional field is unknown.
    """
    if not isinstance(item, Mapping):
        raise RecordError("not_an_object", type(item).__name__)
    get = item.get
    network = get("network")
    if not isinstance(network, str) or network not in NETWORKS:
        raise RecordError("network_unknown", str(network))
    who = get("account")
    if not isinstance(who, Mapping):
        raise RecordError("account_missing")
    text = _text(get("text")) or ""
    if len(text) > LONGEST_TEXT:
        raise RecordError("text_too_long", f"{len(text)} characters")
    return Post(
        network=network,
        id=read_id(get("id"), "id"),
        created_at=read_time(get("created_at")),
        account=accounts.read(network, who) if accounts else _account(network, who),
        text=text,
        url=_text(get("url")),
        lang=_text(get("lang")),
        reply_to=_reference(get("reply_to"), "reply_to"),
        repost_of=_reference(get("repost_of"), "repost_of"),
        quote_of=_reference(get("quote_of"), "quote_of"),
        links=_texts(get("links")),
        hashtags=tuple([tag.lstrip("#").lower() for tag in _texts(get("hashtags"))]),
        mentions=_texts(get("mentions")),
        media=_media(get("media")),
        likes=_count(get("likes")),
        reposts=_count(get("reposts")),
        replies=_count(get("replies")),
        edited_at=_time_or_none(get("edited_at")),
        visibility=_text(get("visibility")),
        same_as=_text(get("same_as")),
        time_known=get("time_known") is not False,
    )


def post_to_json(post: Post) -> dict[str, Any]:
    """Give the post as one object of the project's own JSONL; `post_from_json` reads it back."""
    who = post.account
    item: dict[str, Any] = {
        "network": post.network,
        "id": post.id,
        "url": post.url,
        "created_at": iso(post.created_at),
        "text": post.text,
        "lang": post.lang,
        "reply_to": post.reply_to,
        "repost_of": post.repost_of,
        "quote_of": post.quote_of,
        "links": list(post.links),
        "hashtags": list(post.hashtags),
        "mentions": list(post.mentions),
        "media": [{"url": each.url, "alt": each.alt} for each in post.media],
        "likes": post.likes,
        "reposts": post.reposts,
        "replies": post.replies,
        "account": {
            "id": who.id,
            "handle": who.handle,
            "name": who.name,
            "created_at": iso(who.created_at) if who.created_at else None,
            "followers": who.followers,
            "following": who.following,
            "posts": who.posts,
            "bio": who.bio,
            "bot": who.bot,
            "avatar": who.avatar,
        },
    }
    if post.edited_at:
        item["edited_at"] = iso(post.edited_at)
    if not post.time_known:
        item["time_known"] = False
    return item


def iso(at: datetime) -> str:
    """Write a time as the contract does, `2026-11-16T08:03:11Z`; a fraction only where one is."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def from_iso(text: str) -> datetime:
    """Read what `iso` wrote, a cursor say, also where a clock that was wrong had written it."""
    return datetime.fromisoformat(text)


def _account(network: str, who: Mapping[str, Any]) -> Account:
    get = who.get
    bio = _text(get("bio"))
    return Account(
        network=network,
        id=read_id(get("id"), "account.id"),
        handle=_text(get("handle")),
        name=_text(get("name")),
        created_at=_time_or_none(get("created_at")),
        followers=_count(get("followers")),
        following=_count(get("following")),
        posts=_count(get("posts")),
        bio=bio,
        bot=_flag(get("bot")),
        avatar=_flag(get("avatar")),
        url=_text(get("url")),
        noindex=_flag(get("noindex")),
        indexable=_flag(get("indexable")),
        discoverable=_flag(get("discoverable")),
        no_bots=bio is not None and asks_for_no_bots(bio),
    )


def asks_for_no_bots(bio: str | None) -> bool:
    """Say whether a profile asks programs to stay away (#nobot, #nobots)."""
    return bool(bio) and re.search(r"#nobots?\b", bio or "", re.IGNORECASE) is not None


# Most optional fields of most posts are absent: each of these asks for that first.


def _reference(value: object, field: str) -> str | None:
    """Return the id of another post; a broken one is unknown, and costs no post its place."""
    if value is None:
        return None
    try:
        return read_id(value, field)
    except RecordError:
        return None


def _text(value: object) -> str | None:
    if value is None or not isinstance(value, str):
        return None
    if len(value) <= LONGEST_TEXT and value.isprintable():
        return value  # nearly all are
    return clean(value) if len(value) <= LONGEST_TEXT else clean(value)[: LONGEST_TEXT + 1]


def _texts(value: object) -> tuple[str, ...]:
    if not value or not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        [
            each if each.isprintable() else clean(each)
            for each in value
            if isinstance(each, str) and each
        ]
    )


def _media(value: object) -> tuple[Media, ...]:
    if not value or not isinstance(value, list | tuple):
        return ()
    return tuple(
        Media(clean(each["url"]), _text(each.get("alt")))
        for each in value
        if isinstance(each, Mapping) and isinstance(each.get("url"), str)
    )


def _count(value: object) -> int | None:
    if value is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 0 <= value < 2**53 else None


def _flag(value: object) -> bool | None:
    return value if value is True or value is False else None


def _time_or_none(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        return read_time(value)
    except RecordError:
        return None
