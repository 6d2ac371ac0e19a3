"""Posts as Instagram's website gets them, in its two forms (item list and graph).

A post's id is its short code, an account's its name: 4CAT's tables have nothing else, and what two
tools saw must be one post. `like_count` is left unknown where the author hides it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data.records import Account, Media, Post, asks_for_no_bots, read_id, read_time
from monitor.items.fields import at, count, first, hashtags_in, objects, whole_text, word

NETWORK = "instagram"


def posts(item: Mapping[str, Any]) -> Iterator[Post]:
    """Translate one post or reel."""
    code = read_id(first([item.get("code"), item.get("shortcode")]), "code")
    text = whole_text(
        first(
            [
                at(item, "caption", "text"),
                at(item, "edge_media_to_caption", "edges", 0, "node", "text"),
            ]
        )
    )
    hidden = item.get("like_and_view_counts_disabled") is True
    likes = first([item.get("like_count"), at(item, "edge_media_preview_like", "count")])
    yield Post(
        network=NETWORK,
        id=code,
        created_at=read_time(first([item.get("taken_at"), item.get("taken_at_timestamp")])),
        account=_account(item),
        text=text,
        url=f"https://www.instagram.com/p/{code}/",
        hashtags=hashtags_in(text),
        media=tuple(_media(item)),
        likes=None if hidden else count(likes),
        replies=count(
            first([item.get("comment_count"), at(item, "edge_media_preview_comment", "count")])
        ),
    )  # fmt: skip


def _account(item: Mapping[str, Any]) -> Account:
    who: Any = item.get("user") or item.get("owner") or {}
    picture = who.get("has_anonymous_profile_picture")
    bio = word(who.get("biography"))
    return Account(
        network=NETWORK,
        id=read_id(who.get("username"), "user.username"),
        handle=word(who.get("username")),
        name=word(who.get("full_name")),
        bio=bio,
        avatar=not picture if isinstance(picture, bool) else None,
        no_bots=asks_for_no_bots(bio),
    )


def _media(item: Mapping[str, Any]) -> Iterator[Media]:
    children = objects(item.get("carousel_media")) or [
        each["node"]
        for each in objects(at(item, "edge_sidecar_to_children", "edges"))
        if isinstance(each.get("node"), Mapping)
    ]
    for each in children or [item]:
        url = first([
            at(each, "image_versions2", "candidates", 0, "url"),
            each.get("display_url"),
            at(each, "video_versions", 0, "url"),
        ])  # fmt: skip
        if word(url):
            yield Media(str(word(url)), word(each.get("accessibility_caption")))
