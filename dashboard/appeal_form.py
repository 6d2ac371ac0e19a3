"""The form in which somebody enters an appeal that came by mail or letter."""

from dash import dcc, html

from dashboard.aria import aria
from dashboard.choices import Day, Select
from dashboard.here import Here
from data.decisions import WAYS
from data.formats import local

APPEAL, ENTER = "account-appeal", "account-appeal-enter"
SAID, CAME, WAY = "account-appeal-said", "account-appeal-came", "account-appeal-way"
LONGEST_SAID = 2_000


def appeal_form(at: Here, *, hidden: bool) -> html.Div:
    """Build the form, folded; `hidden` where there is nothing to object to."""
    today = local(at.now, at.zone).date().isoformat()
    return html.Div(
        html.Details(
            [
                html.Summary(at.say("appeal.enter")),
                html.P(at.say("appeal.explains"), className="quiet"),
                html.Label(at.say("appeal.day"), htmlFor=CAME),
                Day(CAME, today, today),
                html.Label(at.say("appeal.way"), htmlFor=WAY),
                Select(WAY, {each: at.say(f"way.{each}") for each in WAYS}, WAYS[0]),
                html.Label(at.say("appeal.said"), htmlFor=SAID),
                dcc.Textarea(id=SAID, maxLength=LONGEST_SAID, rows=3, className="field"),
                html.Div(
                    html.Button(at.say("appeal.save"), id=ENTER, type="button"),
                    className="buttons",
                ),
            ],
            className="meaning appeal",
        ),
        id=APPEAL,
        hidden=hidden,
        role="group",
        **aria(label=at.say("appeal.enter")),
    )
