"""Records and views of the AT Protocol as posts.

A post's id is its at:// address, an account's its DID. Of a record alone (CAR, firehose) the handle
and the counters are unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.errors import RecordError
from data.records import Account, Media, Post, asks_for_no_bots, read_id, read_time
from monitor.items.fields import (
    at,
    count,
    language,
    moment,
    objects,
    reference,
    tags,
    whole_text,
    word,
    words,
)

NETWORK = "bluesky"
POST, REPOST, PROFILE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.actor.profile"
_HIDDEN = "!no-unauthenticated"  # what a person sets who wants to be shown to logged-in people only
_CDN = "https://cdn.bsky.app/img/feed_fullsize/plain/{did}/{cid}@jpeg"
_VIDEO = "https://video.bsky.app/watch/{did}/{cid}/playlist.m3u8"


@dataclass(frozen=True, slots=True)
class Counters:
    """What only a server's view of a post tells."""

    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None


def post_of_view(view: Mapping[str, Any]) -> Post:
    """Translate a postView (`app.bsky.feed.defs#postView`)."""
    return post_of_record(
        read_id(view.get("uri"), "uri"),
        account_of_profile(view.get("author")),
        view.get("record"),
        Counters(
            count(view.get("likeCount")),
            count(view.get("repostCount")),
            count(view.get("replyCount")),
        ),
    )


def posts_of_feed(item: Mapping[str, Any]) -> Iterator[Post]:
    """Translate an entry of a feed: the post, and the repost that put it there."""
    post = post_of_view(item["post"])
    yield post
    reason = item.get("reason")
    if isinstance(reason, Mapping) and str(reason.get("$type", "")).endswith("#reasonRepost"):
        who = account_of_profile(reason.get("by"))
        uri = reference(reason.get("uri")) or f"{post.id}#repost/{who.id}"
        yield repost(uri, who, post.id, read_time(reason.get("indexedAt")))


def posts_of_thread(thread: Mapping[str, Any]) -> Iterator[Post | RecordError]:
    """Translate a thread: the post, what it answers, and the answers."""
    waiting = [thread]
    while waiting:
        here = waiting.pop()
        if isinstance(here.get("post"), Mapping):
            try:
                yield post_of_view(here["post"])
            except RecordError as error:
                yield error
        waiting += objects([here.get("parent")]) + objects(here.get("replies"))


def repost(uri: str, who: Account, original: str, created_at: datetime) -> Post:
    """Give the repost of a post."""
    return Post(NETWORK, uri, created_at, who, repost_of=original)


def post_of_record(uri: str, who: Account, record: Any, counters: Counters = Counters()) -> Post:
    """Translate a record of the type `app.bsky.feed.post`, or a repost's.

    Links to pictures are those under which Bluesky's own servers show them.
    """
    kind = at(record, "$type")
    if kind == REPOST:
        original = read_id(at(record, "subject", "uri"), "subject.uri")
        return repost(uri, who, original, read_time(record.get("createdAt")))
    if kind != POST:
        raise RecordError("not_a_post", str(kind))
    text = whole_text(record.get("text"))
    features = [
        each for facet in objects(record.get("facets")) for each in objects(facet.get("features"))
    ]
    embed = record.get("embed")
    external = at(embed, "external", "uri") or at(embed, "media", "external", "uri")
    quoted = at(embed, "record", "uri") or at(embed, "record", "record", "uri")
    labels = [each.get("val") for each in objects(at(record, "labels", "values"))]
    return Post(
        network=NETWORK,
        id=uri,
        created_at=read_time(record.get("createdAt")),
        account=who,
        text=text,
        url=f"https://bsky.app/profile/{who.handle or who.id}/post/{uri.rsplit('/', 1)[-1]}",
        lang=language(at(record, "langs", 0)),
        reply_to=reference(at(record, "reply", "parent", "uri")),
        quote_of=reference(quoted) if f"/{POST}/" in str(quoted) else None,
        links=words([*(each.get("uri") for each in features), external]),
        hashtags=tags([*(each.get("tag") for each in features), *_list(record.get("tags"))]),
        mentions=words(each.get("did") for each in features),
        media=tuple(_media(embed, who.id)),
        likes=counters.likes,
        reposts=counters.reposts,
        replies=counters.replies,
        visibility="unlisted" if _HIDDEN in labels else None,
        same_as=word(record.get("bridgyOriginalUrl")),
    )


def account_of_profile(profile: Any) -> Account:
    """Translate an author as views have it (profileViewBasic and fuller)."""
    did = read_id(at(profile, "did"), "author.did")
    handle = word(profile.get("handle"))
    bio = word(profile.get("description"))
    hidden = _HIDDEN in [each.get("val") for each in objects(profile.get("labels"))] or None
    return Account(
        network=NETWORK,
        id=did,
        handle=None if handle == "handle.invalid" else handle,
        name=word(profile.get("displayName")),
        created_at=moment(profile.get("createdAt")),
        followers=count(profile.get("followersCount")),
        following=count(profile.get("followsCount")),
        posts=count(profile.get("postsCount")),
        bio=bio,
        avatar=True if profile.get("avatar") else None,
        noindex=hidden,
        discoverable=False if hidden else None,
        no_bots=asks_for_no_bots(bio),
    )


def account_of_record(did: str, profile: Any) -> Account:
    """Translate an account's own profile record; where there is none, only its DID is known."""
    labels = [each.get("val") for each in objects(at(profile, "labels", "values"))]
    hidden = _HIDDEN in labels or None
    bio = word(at(profile, "description"))
    return Account(
        network=NETWORK,
        id=did,
        name=word(at(profile, "displayName")),
        bio=bio,
        avatar=(at(profile, "avatar") is not None) if isinstance(profile, Mapping) else None,
        noindex=hidden,
        discoverable=False if hidden else None,
        no_bots=asks_for_no_bots(bio),
    )


def _media(embed: Any, did: str) -> Iterator[Media]:
    for part in (embed, at(embed, "media")):
        for image in objects(at(part, "images")):
            cid = at(image, "image", "ref", "$link") or at(image, "image", "cid")
            if cid:
                yield Media(_CDN.format(did=did, cid=cid), word(image.get("alt")))
        cid = at(part, "video", "ref", "$link")
        if cid:
            yield Media(_VIDEO.format(did=did, cid=cid), word(at(part, "alt")))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
