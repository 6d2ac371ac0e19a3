"""What people decided about something so far, the newest first."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.post_view import words_of
from data.decisions import Decision, came_on, way_of
from data.plain import isolated

LONGEST_REASON = 10_000  # characters; as long as a reason can be


def history(at: Here, made: Sequence[Decision]) -> Any:
    """List the entries; say so where there is none."""
    if not made:
        return html.P(at.say("decide.nobody"), className="nothing")
    return html.Ol([entry(at, each) for each in reversed(made)], className="history")


def entry(at: Here, made: Decision) -> html.Li:
    """Show one entry: what, by whom, when, why."""
    return html.Li(
        [
            html.P(
                [
                    html.Strong(verdict_words(at, made)),
                    f" – {isolated(made.who)}, ",
                    at.ago(made.at),
                ]
            ),
            html.P(appeal_words(at, made), className="quiet") if made.verdict == "appeal" else None,
            words_of(made.reason, LONGEST_REASON) if made.reason else None,
        ]
    )


def verdict_words(at: Here, made: Decision) -> str:
    """Say what somebody decided."""
    of_account = made.subject_kind == "account" and made.verdict == "reopen"
    return at.say("entry.unname" if of_account else f"entry.{made.verdict}")


def conflict_words(at: Here, newest: Decision) -> str:
    """Say what somebody has entered since the page was drawn, so that nothing was written."""
    if newest.verdict in ("note", "appeal"):
        return at.say("decide.entered", who=newest.who, what=verdict_words(at, newest))
    return at.say("decide.conflict", who=newest.who)


def appeal_words(at: Here, appeal: Decision) -> str:
    """Say when and how an appeal came."""
    return at.say("appeal.came", day=at.day(came_on(appeal)), way=at.say(f"way.{way_of(appeal)}"))
