"""Records and views of the AT Protocol as posts.

A post's id is its at:// address, an account's its DID. Of a record alone (CAR, firehose) the handle
and the counters are unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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

NETWORK = "bluesky"
POST, REPOST, PROFILE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.actor.profile"
CLOCKS_DIFFER = timedelta(minutes=5)  # a claim that is later than this is none
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
        moment(view.get("indexedAt")),
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


def post_of_record(
    uri: str,
    who: Account,
    record: Any,
    counters: Counters = Counters(),
    seen: datetime | None = None,
) -> Post:
    """Translate a record of the type `app.bsky.feed.post`, or a repost's.

    Its time is what the author's program claims, as long as that is readable and not after a
    server has `seen` it. Links to pictures are those under which Bluesky's own servers show them.
    """
    kind = at(record, "$type")
    if kind == REPOST:
        original = read_id(at(record, "subject", "uri"), "subject.uri")
        return repost(uri, who, original, _claimed(record, seen))
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
        created_at=_claimed(record, seen),
        account=who,
        text=text,
        url=f"https://bsky.app/profile/{who.handle or who.id}/post/{uri.rsplit('/', 1)[-1]}",
        lang=language(at(record, "langs", 0)),
        reply_to=reference(at(record, "reply", "parent", "uri")),
        quote_of=reference(quoted) if f"/{POST}/" in str(quoted) else None,
        links=words([*(each.get("uri") for each in features), external]),
        hashtags=hashtags_of(record),
        mentions=words(each.get("did") for each in features),
        media=tuple(_media(embed, who.id)),
        likes=counters.likes,
        reposts=counters.reposts,
        replies=counters.replies,
        visibility="unlisted" if _HIDDEN in labels else None,
        same_as=word(record.get("bridgyOriginalUrl")),
    )


def hashtags_of(record: Any) -> tuple[str, ...]:
    """Return a record's hashtags: those marked as such, and those that only stand in the text.

    Many programs write hashtags and mark none.
    """
    facets = objects(at(record, "facets"))
    marked = [each.get("tag") for facet in facets for each in objects(facet.get("features"))]
    text = at(record, "text")
    unmarked = hashtags_in(_unmarked(text, facets)) if isinstance(text, str) else ()
    return tags([*marked, *_list(at(record, "tags")), *unmarked])


def posts_referred_to(record: Any) -> tuple[str, ...]:
    """Return the posts a record answers (and the conversation's first), quotes or reposts."""
    told = (
        at(record, "reply", "parent", "uri"),
        at(record, "reply", "root", "uri"),
        at(record, "embed", "record", "uri"),
        at(record, "embed", "record", "record", "uri"),
        at(record, "subject", "uri"),
    )
    return words(each for each in told if f"/{POST}/" in str(each))


def labels_of(thing: Any) -> list[Any]:
    """Return the labels of a view, by themselves or by those who moderate."""
    return [each.get("val") for each in objects(at(thing, "labels"))]


def account_of_profile(profile: Any) -> Account:
    """Translate an author as views have it (profileViewBasic and fuller)."""
    did = read_id(at(profile, "did"), "author.did")
    handle = word(profile.get("handle"))
    bio = word(profile.get("description"))
    hidden = _HIDDEN in labels_of(profile) if isinstance(profile.get("labels"), list) else None
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
        discoverable=None if hidden is None else not hidden,
        no_bots=asks_for_no_bots(bio),
    )


def account_of_record(did: str, profile: Any) -> Account:
    """Translate an account's own profile record; where there is none, only its DID is known."""
    labels = [each.get("val") for each in objects(at(profile, "labels", "values"))]
    hidden = _HIDDEN in labels if isinstance(profile, Mapping) else None
    bio = word(at(profile, "description"))
    return Account(
        network=NETWORK,
        id=did,
        name=word(at(profile, "displayName")),
        bio=bio,
        avatar=(at(profile, "avatar") is not None) if isinstance(profile, Mapping) else None,
        noindex=hidden,
        discoverable=None if hidden is None else not hidden,
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


def _claimed(record: Mapping[str, Any], seen: datetime | None) -> datetime:
    """Return the time that a record claims; where that cannot be, when a server has seen it."""
    if seen is None:
        return read_time(record.get("createdAt"))
    claimed = moment(record.get("createdAt"))
    return seen if claimed is None or claimed > seen + CLOCKS_DIFFER else claimed


def _unmarked(text: str, facets: Sequence[Mapping[str, Any]]) -> str:
    """Return the text without its marked parts; they are given in bytes."""
    rest = bytearray(text.encode("utf-8", "replace"))
    for facet in facets:
        start, end = at(facet, "index", "byteStart"), at(facet, "index", "byteEnd")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(rest):
            rest[start:end] = b" " * (end - start)
    return rest.decode("utf-8", "replace")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
