"""An account's marks in words, each against what is usual."""

from typing import Any

from dash import html

from dashboard.here import Here
from data.page_reads.warnings import Member


def mark_words(at: Here, member: Member) -> Any:
    """List what is striking about an account; declared programs say so first."""
    said: list[str] = []
    if member.bot:
        said.append(at.say("account.declared"))
    shared = member.marks.get("shared_objects")
    if isinstance(shared, int):
        said.append(at.count("mark.shared", shared))
    return html.Ul([html.Li(each) for each in said], className="plain-list") if said else "–"
