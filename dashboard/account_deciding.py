"""The form under an account: name it as known, propose or decide a block, enter an appeal, note."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from sqlalchemy import Connection

from dashboard.access import DECIDES, allowed
from dashboard.account_head import HEAD, head_lines
from dashboard.account_offers import in_settings, offered
from dashboard.account_standing import dismissed_words, standing_words
from dashboard.appeal_form import APPEAL, CAME, ENTER, SAID, WAY, appeal_form
from dashboard.decision_history import conflict_words, history
from dashboard.given import LONGEST_REASON, reason_in, seen_in
from dashboard.here import Here, engine, here
from data import decisions
from data.decisions import STEPS, WAYS, DecisionConflict, DecisionError
from data.errors import MonitorError
from data.page_reads.one_account import OneAccount, one_account

_VERDICTS = (  # in the order of their buttons
    *("block_propose", "block_confirm", "block_reject", "block_withdraw"),
    *("appeal_grant", "appeal_deny", "unblock", "institution", "automated", "reopen", "note"),
)
_BUTTONS = {each: f"account-{each.replace('_', '-')}" for each in _VERDICTS}
_PRESSED = {ENTER: "appeal", **{button: verdict for verdict, button in _BUTTONS.items()}}
_REASON, _SEEN, _SUBJECT = "account-reason", "account-seen", "account-subject"
_TOLD, _HISTORY, _STANDING = "account-told", "account-history", "account-standing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to enter; `words` are the reason, or what an appeal says."""

    account: int
    verdict: str
    words: str
    seen: int | None
    came: str
    way: str


def decision_part(at: Here, account: OneAccount) -> html.Section:
    """Build state, form and history of an account."""
    can, dismissed = offered(at, account), dismissed_words(at, account)
    return html.Section(
        [
            html.H2(at.say("decide.title")),
            html.P(standing_words(at, account), id=_STANDING, className="changed"),
            html.P(dismissed, className="changed") if dismissed else None,
            html.Label(at.say("decide.reason"), htmlFor=_REASON),
            dcc.Textarea(id=_REASON, maxLength=LONGEST_REASON, rows=3, className="field"),
            html.Div(
                [
                    html.Button(
                        at.say(f"account_decide.{verdict}"),
                        id=button,
                        type="button",
                        hidden=verdict not in can,
                    )
                    for verdict, button in _BUTTONS.items()
                ],
                className="buttons",
            ),
            html.P("", id=_TOLD, role="status", className="told"),
            html.P(at.say("account_decide.consequence"), className="quiet"),
            appeal_form(at, hidden="appeal" not in can),
            html.H3(at.say("decide.history")),
            html.Div(history(at, account.made), id=_HISTORY),
            dcc.Store(id=_SEEN, data=account.made[-1].id if account.made else None),
            dcc.Store(id=_SUBJECT, data=account.profile.id),
        ],
        className="card decide",
        id="entscheiden",
    )


def register(app: Dash) -> None:
    """Register what the form does."""
    app.callback(
        Output(_TOLD, "children"),
        Output(_STANDING, "children"),
        Output(_HISTORY, "children"),
        Output(_SEEN, "data"),
        Output(_REASON, "value"),
        Output(SAID, "value"),
        Output(APPEAL, "hidden"),
        Output(HEAD, "children"),
        *(Output(each, "hidden") for each in _BUTTONS.values()),
        *(Input(each, "n_clicks") for each in _PRESSED),
        State(_SUBJECT, "data"),
        State(_SEEN, "data"),
        State(_REASON, "value"),
        State(SAID, "value"),
        State(CAME, "value"),
        State(WAY, "value"),
        prevent_initial_call=True,
    )(take_decision)


@allowed(*DECIDES)
def take_decision(*given: Any) -> tuple[Any, ...]:
    """Write what the pressed button says; tell so, or why not."""
    clicks, (account, seen, reason, said, came, way) = given[:-6], given[-6:]
    verdict = _PRESSED.get(str(ctx.triggered_id))
    if verdict is None or not any(clicks) or not isinstance(account, int):
        return (no_update,) * (8 + len(_BUTTONS))
    words = reason_in(said if verdict == "appeal" else reason)
    return decide(here(), Wanted(account, verdict, words, seen_in(seen), str(came), str(way)))


def decide(at: Here, wanted: Wanted) -> tuple[Any, ...]:
    """Write a decision; return what the form shows.

    If somebody else has decided since the page was drawn, nothing is written: theirs is shown.
    """
    kept = wanted.words
    try:
        with engine().begin() as connection:
            _write(at, connection, wanted)
        told, kept = at.say(f"account_decide.done_{wanted.verdict}"), ""
    except DecisionConflict as conflict:
        told = conflict_words(at, conflict.newest)
    except MonitorError as error:
        told = error.text(at.lang)
    with engine().connect() as connection:
        account = one_account(connection, wanted.account)
    if account is None:
        return told, *(no_update,) * (7 + len(_BUTTONS))
    can = offered(at, account)
    of_appeal = wanted.verdict == "appeal"
    return (
        told,
        standing_words(at, account),
        history(at, account.made),
        account.made[-1].id if account.made else None,
        no_update if of_appeal else kept,
        kept if of_appeal else no_update,
        "appeal" not in can,
        head_lines(at, account),
        *(verdict not in can for verdict in _BUTTONS),
    )


def _write(at: Here, connection: Connection, wanted: Wanted) -> None:
    account = one_account(connection, wanted.account)
    if account is None:
        raise _refused(at, "review_account.unknown")
    if not wanted.words:
        raise _refused(at, "decide.needs_reason")
    said = (connection, at.who, account.profile.key)
    if wanted.verdict == "appeal":
        way = wanted.way if wanted.way in WAYS else WAYS[-1]
        came = _day(at, wanted.came)
        decisions.enter_appeal(*said, wanted.words, came, way, wanted.seen, at.now)
    elif wanted.verdict in STEPS:
        decisions.decide_block(*said, wanted.verdict, wanted.words, wanted.seen, at.now)
    elif wanted.verdict == "block_propose":
        if in_settings(at, account):
            raise _refused(at, "account_decide.in_settings")
        decisions.propose(*said, wanted.words, wanted.seen, at.now)
    else:
        who, key = at.who, account.profile.key
        decisions.decide(
            connection, who, "account", key, wanted.verdict, wanted.words, wanted.seen, at.now
        )


def _day(at: Here, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refused(at, "appeal.needs_day") from None


def _refused(at: Here, key: str) -> DecisionError:
    """Make the refusal in the reader's language; it is shown to them alone."""
    return DecisionError(de=at.say(key), en=at.say(key))
