"""outbox.json of a Mastodon account's archive: what the account wrote and boosted itself.

Posts and boosts get the ids under which the collector stores them. Only what everybody may see is
taken; likes, boosts and answers are not counted in an archive, so they are unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from data.errors import RecordError
from data.records import Account, Media, Post, read_id, read_time
from monitor.items.fields import (
    at,
    language,
    moment,
    objects,
    reference,
    tags,
    whole_text,
    word,
    words,
)
from monitor.plain_text import read_html
from monitor.sources.files.formats import Json

NETWORK = "mastodon"
_PUBLIC = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_KINDS = frozenset(("Create", "Announce"))


def _recognises(item: Mapping[str, Any]) -> bool:
    return str(item.get("type")) in _KINDS and "actor" in item and "object" in item


def _posts(activity: Mapping[str, Any]) -> Iterator[Post]:
    yield _post(activity)


FORMAT = Json(_recognises, _posts)


def _post(activity: Mapping[str, Any]) -> Post:
    actor = read_id(activity.get("actor"), "actor")
    visibility = _visibility(activity)
    thing = activity.get("object")
    if activity.get("type") == "Announce":
        original = read_id(thing if isinstance(thing, str) else at(thing, "id"), "object")
        return Post(
            network=NETWORK,
            id=read_id(f"{original}#boost/{actor}", "boost"),
            created_at=read_time(activity.get("published")),
            account=_account(actor, None),
            repost_of=original,
            visibility=visibility,
        )
    if activity.get("type") != "Create" or not isinstance(thing, Mapping):
        raise RecordError("not_a_post", str(activity.get("type")))
    return _note(thing, actor, visibility)


def _note(note: Mapping[str, Any], actor: str, visibility: str) -> Post:
    content = read_html(word(note.get("content")) or "")
    warning = word(note.get("summary"))
    named = objects(note.get("tag"))
    languages: Any = note.get("contentMap")
    return Post(
        network=NETWORK,
        id=read_id(note.get("id"), "object.id"),
        created_at=read_time(note.get("published")),
        account=_account(actor, word(note.get("url"))),
        text=whole_text("\n\n".join(part for part in (warning, content.text) if part)),
        url=word(note.get("url")),
        lang=language(next(iter(languages), None)) if isinstance(languages, Mapping) else None,
        reply_to=reference(note.get("inReplyTo")),
        quote_of=reference(note.get("quote") or note.get("quoteUri")),
        links=words(content.links),
        hashtags=tags(each.get("name") for each in named if each.get("type") == "Hashtag"),
        mentions=words(
            str(each.get("name", "")).lstrip("@") for each in named if each.get("type") == "Mention"
        ),
        media=tuple(
            Media(urljoin(actor, url), word(each.get("name")))  # an archive names its own files
            for each in objects(note.get("attachment"))
            if (url := word(each.get("url")))
        ),
        edited_at=moment(note.get("updated")),
        visibility=visibility,
    )


def _account(actor: str, post: str | None) -> Account:
    """Name the account; only the post's address, https://HOST/@NAME/1, tells its handle."""
    parts = urlsplit(post or "")
    name = parts.path.strip("/").split("/")[0]
    handle = f"{name[1:]}@{parts.netloc}" if name.startswith("@") and "@" not in name[1:] else None
    return Account(NETWORK, actor, handle)


def _visibility(activity: Mapping[str, Any]) -> str:
    if _PUBLIC & _addressed(activity.get("to")):
        return "public"
    if _PUBLIC & _addressed(activity.get("cc")):
        return "unlisted"
    raise RecordError("visibility_private")


def _addressed(value: Any) -> set[str]:
    listed = value if isinstance(value, list) else [value]
    return {each for each in listed if isinstance(each, str)}
