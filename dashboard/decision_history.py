"""What people decided about something so far, the newest first."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.post_view import in_paragraphs
from data.decisions import Decision, came_on, way_of
from data.plain import isolated

LONGEST_REASON = 10_000  # characters; as long as a reason can be


def history(
    at: Here,
    made: Sequence[Decision],
    nobody: str = "decide.nobody",
    told: Callable[[Here, Decision], str] | None = None,
    reason: Callable[[str], Any] = in_paragraphs,
) -> Any:
    """List the entries: what, by whom, when, why; where there is none the sentence `nobody`.

    `told` says what was done, by default `verdict_words`; `reason` how the words for it are shown.
    """
    if not made:
        return html.P(at.say(nobody), className="nothing")
    entries = [entry(at, each, told, reason) for each in reversed(made)]
    return html.Ol(entries, className="history")


def entry(
    at: Here,
    made: Decision,
    told: Callable[[Here, Decision], str] | None = None,
    reason: Callable[[str], Any] = in_paragraphs,
) -> html.Li:
    """Show one entry."""
    what = (told or verdict_words)(at, made)
    said = html.P(reason(made.reason), className="post-text", dir="auto") if made.reason else None
    return html.Li(
        [
            html.P([html.Strong(what), f" – {isolated(made.who)}, ", at.ago(made.at)]),
            html.P(appeal_words(at, made), className="quiet") if made.verdict == "appeal" else None,
            said,
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
