"""What people have corrected about a post so far, in words."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.label_names import differences
from data.decisions import Correction
from data.page_reads.one_post import OnePost


def state_words(at: Here, post: OnePost) -> str:
    """Say whether somebody has checked the labels, and whether that still counts."""
    if not post.made:
        return at.say("check.unchecked")
    key = "check.holds" if post.correction else "check.released"
    return at.say(key, who=post.made[-1].who)


def history(at: Here, made: Sequence[Correction]) -> Any:
    """List the corrections, the newest first."""
    if not made:
        return html.P(at.say("correct.nobody"), className="nothing")
    return html.Ol([_entry(at, each) for each in reversed(made)], className="history")


def _entry(at: Here, made: Correction) -> html.Li:
    released = made.released_at is not None
    return html.Li(
        [
            html.P([html.Strong(made.who), ", ", at.ago(made.at)]),
            html.Ul([html.Li(each) for each in _changes(at, made)], className="plain-list"),
            html.P(made.reason, className="post-text", dir="auto") if made.reason else None,
            html.P(at.say("correct.released"), className="quiet") if released else None,
        ]
    )


def _changes(at: Here, made: Correction) -> list[str]:
    if made.now is None:
        return [at.say("correct.erased")]
    if made.was is None:
        return [at.say("correct.first")]
    return differences(at, made.was, made.now) or [at.say("correct.confirmed")]
