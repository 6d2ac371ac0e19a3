"""An account that people check: its address, its name, and what people made of it."""

from typing import Any

from dash import html

from dashboard.account_name import account_name, broken_name
from dashboard.here import Here
from data.page_reads.profiles import Profile

_LOOKS = {
    "known": "tag-done",
    "proposed": "tag-open",
    "blocked": "tag-sure",
    "appealed": "tag-act",
    "rejected": "tag-done",
    "withdrawn": "tag-done",
    "lifted": "tag-done",
}


def account_tag(at: Here, state: str | None) -> html.Span:
    """Show what people made of an account, in words; None: nothing yet."""
    if state is None:
        return html.Span(at.say("standing.nothing"), className="quiet")
    return html.Span(at.say(f"standing.{state}"), className=f"tag {_LOOKS[state]}")


def account_path(account: int, part: str = "") -> str:
    """Give the address of the page on which an account (by row number) is checked."""
    return f"/konten/{account}{part and '#' + part}"


def told_name(at: Here, profile: Profile) -> str:
    """Name an account; one without a name to be shown gets its number, to tell it apart."""
    name = account_name(at, profile)
    return name if _named(at, profile) else at.say("review.unnamed", name=name, n=profile.id)


def shown_name(at: Here, profile: Profile) -> list[Any]:
    """Give the name as `told_name` does, with a place to break the line."""
    return broken_name(at, profile) if _named(at, profile) else [told_name(at, profile)]


def _named(at: Here, profile: Profile) -> bool:
    return not profile.hidden and account_name(at, profile) != at.say("account.nameless")
