"""How an entry of the protocol is told: what was done, about what, by whom, when, why."""

from typing import Any
from urllib.parse import quote

from dash import html

from dashboard.access import MANAGES, may
from dashboard.account_name import account_name
from dashboard.frame import PERSON_PATH
from dashboard.here import Here
from dashboard.post_view import CHECK_PATH, words_of
from dashboard.queue_address import question_address
from dashboard.words import words
from data.page_reads.protocol import ABOUT_POSTS, Entry
from data.plain import plain

LONGEST_REASON = 600  # characters; the file has the whole
LONGEST_SUBJECT = 80
KINDS = ("cluster", "account", "post", "question", "user")
VERDICTS = (
    *("confirm", "dismiss", "reopen", "note"),
    *("institution", "automated"),
    *("block_propose", "block_confirm", "block_reject", "block_withdraw", "unblock"),
    *("appeal", "appeal_grant", "appeal_deny"),
    "correct",
    *("take", "give_back", "answered", "not_ours"),
    *("add", "role", "password", "disable", "enable"),
)


def kind_words(at: Here, kind: str) -> str:
    """Name what an entry is about."""
    return _known(at, f"subject.{kind}", kind)


def verdict_words(at: Here, verdict: str) -> str:
    """Name what was done."""
    return _known(at, f"entry.{verdict}", verdict)


def done(at: Here, entry: Entry) -> list[Any]:
    """Say what was done, of a login also as what it may be used since."""
    taken_back = entry.kind == "account" and entry.verdict == "reopen"  # what somebody had named
    said: list[Any] = [verdict_words(at, "unname" if taken_back else entry.verdict)]
    if entry.kind == "user" and entry.verdict in ("add", "role"):
        said += [": ", _known(at, f"role.{entry.basis.get('role')}", "")]
    return said


def subject(at: Here, entry: Entry) -> Any:
    """Say what an entry is about, with a link where there is a page of it."""
    text = subject_text(at, entry)
    kind = kind_words(at, entry.kind)
    where = {
        "cluster": f"/warnungen/{quote(entry.subject, safe='')}",
        "post": f"{CHECK_PATH}?post={quote(entry.subject, safe='')}",
        "question": question_address(entry.subject),
        "user": f"{PERSON_PATH}?name={quote(entry.subject, safe='')}" if may(*MANAGES) else "",
    }.get(entry.kind, "")
    if entry.erased:
        return text
    if entry.kind == "cluster" and isinstance(entry.basis.get("accounts"), int):
        kind = f"{kind} ({at.count('unit.accounts', entry.basis['accounts'])})"
    if entry.kind in ("cluster", "post", "question"):
        return html.A([kind, html.Span(f" {text}", className="heard")], href=where)
    if entry.kind == "account":
        return html.A(text, href=f"/konten/{entry.account.id}") if entry.account else text
    return [f"{kind} ", html.A(text, href=where) if where else text]


def subject_text(at: Here, entry: Entry) -> str:
    """Name what an entry is about, for a file; nobody is named who does not want to be."""
    if entry.erased:
        return at.say("protocol.erased")
    if entry.account is not None:
        return account_name(at, entry.account)
    if entry.kind in ABOUT_POSTS:
        return f"{entry.subject.partition(':')[0]} {entry.post}"
    return plain(entry.subject)[:LONGEST_SUBJECT]


def reason(at: Here, entry: Entry) -> Any:
    """Show why; of a post that is gone no more, for it may repeat its words."""
    if entry.erased:
        return html.Span(at.say("protocol.no_words"), className="quiet") if entry.reason else ""
    return words_of(entry.reason, LONGEST_REASON) if entry.reason else ""


def _known(at: Here, key: str, otherwise: str) -> str:
    return at.say(key) if key in words(at.lang) else plain(otherwise)
