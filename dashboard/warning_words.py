"""Warnings in words: the sentence that says what was met, and the state that people gave it."""

from typing import Any

from dash import html

from dashboard.here import Here
from data import formats
from data.changes import change_words
from data.page_reads.about import About
from data.page_reads.warnings import CLOSING, Group
from data.plain import plain
from data.reasons import against, sentence, speaking, weighed
from data.reasons.weighing import weighs_against

LONGEST_QUOTE, LONGEST_SITE = 140, 60  # characters


def reasons_for(at: Here, group: Group) -> list[str]:
    """Say what speaks for the finding, the strongest first."""
    return [sentence(each, at.lang) for each in speaking(group.reasons)]


def reasons_against(at: Here, group: Group) -> list[str]:
    """Say what speaks against it."""
    return [sentence(each, at.lang) for each in against(group.reasons)]


def weighed_against(at: Here, group: Group) -> str | None:
    """Say what in the weighing of all figures counts against it; None where nothing clearly does.

    This is not a reason of its own: it stands beside them, so that both cards say the same.
    """
    found = weighed(group.reasons)
    named = weighs_against(found, at.lang) if found is not None else []
    return at.say("warning.against_weighed", what=", ".join(named)) if named else None


def headline(at: Here, group: Group) -> str:
    """Say the finding in one sentence with its reason."""
    found = reasons_for(at, group)
    return found[0] if found else at.count("warning.plain", group.accounts)


def about_words(at: Here, about: About | None) -> html.P | None:
    """Say what the posts are about: words of one, and where links lead; nothing where unknown."""
    if about is None:
        return None
    words = " ".join(plain(about.text).split())
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    said: list[Any] = [html.Strong(at.say("warning.about")), " ", html.Q(words, dir="auto")]
    if about.sites:
        sites = ", ".join(plain(each)[:LONGEST_SITE] for each in about.sites)
        said.append(html.Span(at.say("warning.sites", sites=sites), className="beside"))
    return html.P(said, className="about")


def state_tag(at: Here, group: Group) -> html.Span:
    """Show the state: to decide (amber where a person must act), confirmed, dismissed, over."""
    key, look = _state(group)
    return html.Span(at.say(f"warning.{key}"), className=f"tag {look}")


def state_words(at: Here, group: Group) -> str:
    """Say the state alone."""
    return at.say(f"warning.{_state(group)[0]}")


def level_words(at: Here, group: Group) -> str:
    """Say how pressing it is; nothing where nobody has to decide any more."""
    return at.say(f"warning.level_{group.level}") if group.open else ""


def kinds_words(at: Here, group: Group) -> str:
    """Say what the accounts share."""
    known = ("link", "text", "repost", "image", "hashtags", "moment", "reply", "media")
    said = [at.say(f"kind.{each}") for each in group.kinds if each in known]
    return ", ".join(said) or at.say("kind.other")


def when_words(at: Here, group: Group) -> list[Any]:
    """Say on which days the group was seen, and how long ago last."""
    first, last = (formats.local(each, at.zone).date() for each in (group.first, group.last))
    days = formats.day_span(first, last, at.lang)
    return [f"{days}, {at.say('warning.last')} ", at.ago(group.last)]


def decided_words(at: Here, group: Group) -> html.P | None:
    """Say who decided, when and why; nothing where nobody has, or it was taken back."""
    made = group.decision
    if made is None or made.verdict not in CLOSING:
        return None
    return html.P(
        [
            at.say(f"warning.by_{made.verdict}", who=made.who),
            " ",
            at.ago(made.at),
            ": ",
            html.Span(plain(made.reason), dir="auto"),
        ],
        className="quiet",
    )


def changed_words(at: Here, group: Group) -> html.P | None:
    """Say what changed since the decision."""
    if group.change is None:
        return None
    return html.P(change_words(group.change, at.lang), className="changed")


def _state(group: Group) -> tuple[str, str]:
    if group.open and group.change is not None:
        return "changed", "tag-act" if group.level == "alert" else "tag-open"
    if group.verdict == "confirm":
        return "confirmed", "tag-sure"
    if group.verdict == "dismiss":
        return "dismissed", "tag-done"
    if group.gone_at is not None:
        return "gone", "tag-done"
    if group.level == "community":
        return "explained", "tag-done"
    return "to_decide", "tag-act" if group.level == "alert" else "tag-open"


def reason_list(said: list[str], nothing: str) -> Any:
    """List reasons, or say that there are none."""
    return (
        html.Ul([html.Li(each) for each in said], className="plain-list spaced")
        if said
        else html.P(nothing, className="nothing")
    )
