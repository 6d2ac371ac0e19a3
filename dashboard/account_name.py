"""What an account is called on the pages. Who does not want to be found is not named."""

import re
from functools import lru_cache
from typing import Any, Protocol

from dash import html

from dashboard.here import Here
from data.plain import isolated, plain

LONGEST = 60  # characters
_VISIBLE = re.compile(r"[^\W_]|[\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff]")


class Named(Protocol):
    """What a name is made of."""

    @property
    def hidden(self) -> bool: ...  # noqa: D102
    @property
    def handle(self) -> str | None: ...  # noqa: D102
    @property
    def name(self) -> str | None: ...  # noqa: D102


def broken_name(at: Here, account: Named) -> list[Any]:
    """Give the name with a place to break the line before the instance."""
    name = account_name(at, account)
    if account.hidden:
        return [name]
    own, at_sign, instance = name[1:].partition("@")
    return [html.Bdi([name[0] + own, html.Wbr(), f"@{instance}"] if at_sign else name)]


def account_name(at: Here, account: Named) -> str:
    """Give the handle with its @, else the name, else that there is none."""
    if account.hidden:
        return at.say("account.hidden")
    handle = _seen(account.handle or "").lstrip("@")
    return isolated(f"@{handle}" if handle else _seen(account.name or "")) or at.say(
        "account.nameless"
    )


@lru_cache(maxsize=4_096)  # the network names each account several times
def _seen(name: str) -> str:
    """Give a name as it can be shown, "" where nothing would be seen of it."""
    shown = plain(name[: 8 * LONGEST]).strip()[:LONGEST]
    return shown if _VISIBLE.search(shown) else ""
