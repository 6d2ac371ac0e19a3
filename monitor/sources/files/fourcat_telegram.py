"""A message as 4CAT keeps it: Telethon's objects with the chat and the sender beside them."""

from collections.abc import Mapping
from typing import Any

from data.records import Account, Post, read_id, read_time
from monitor.items.fields import at, first, hashtags_in, moment, objects, whole_text, word


def post_of_message(item: Mapping[str, Any]) -> Post:
    """Translate a message; its id is `chat/number`, as everywhere for Telegram."""
    chat = read_id(at(item, "_chat", "username"), "_chat.username")
    number = read_id(item.get("id"), "id")
    text = whole_text(item.get("message"))
    reply = first([item.get("reply_to_msg_id"), at(item, "reply_to", "reply_to_msg_id")])
    return Post(
        network="telegram",
        id=f"{chat}/{number}",
        created_at=read_time(item.get("date")),
        account=_account(item.get("_sender"), chat, at(item, "_chat", "title")),
        text=text,
        url=f"https://t.me/{chat}/{number}",
        reply_to=f"{chat}/{reply}" if reply else None,
        repost_of=_forwarded(item.get("fwd_from")),
        hashtags=hashtags_in(text),
        edited_at=moment(item.get("edit_date")),
    )


def _account(sender: Any, chat: str, title: Any) -> Account:
    """Name who speaks: a channel by its own name, a member of a group by the id."""
    name = word(at(sender, "username"))
    if not at(sender, "id") or name == chat:
        return Account("telegram", chat, chat, word(title))
    names = [word(at(sender, "first_name")), word(at(sender, "last_name"))]
    bot = at(sender, "bot")
    return Account(
        network="telegram",
        id=read_id(sender["id"], "_sender.id"),
        handle=name,
        name=" ".join(each for each in names if each) or None,
        bot=bot if isinstance(bot, bool) else None,
    )


def _forwarded(told: Any) -> str | None:
    """Name the message that was forwarded: by its channel's name, else by the channel's number."""
    number, channel = at(told, "channel_post"), at(told, "from_id", "channel_id")
    if not number or not channel:
        return None
    chats = objects(at(told, "from_id", "chats"))
    name = next((word(each.get("username")) for each in chats if each.get("id") == channel), None)
    return f"{name or channel}/{number}"
