"""What an account is called on the pages. Who does not want to be found is not named."""

from typing import Any, Protocol

from dash import html

from dashboard.here import Here
from dashboard.post_view import plain

LONGEST = 60  # characters


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
    if account.hidden or "@" not in name[1:]:
        return [name]
    own, instance = name[1:].split("@", 1)
    return [f"@{own}", html.Wbr(), f"@{instance}"]


def account_name(at: Here, account: Named) -> str:
    """Give the handle with its @, else the name, else that there is none."""
    if account.hidden:
        return at.say("account.hidden")
    if account.handle:
        return "@" + plain(account.handle).lstrip("@")[:LONGEST]
    return plain(account.name or "")[:LONGEST].strip() or at.say("account.nameless")
