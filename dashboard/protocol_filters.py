"""By what the protocol is narrowed: the person, the kind, what was done, and when."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dashboard.aria import aria
from dashboard.filter_form import filter_tags, time_fields
from dashboard.filters import TIME, narrowing, read_filters
from dashboard.form_fields import Choice
from dashboard.here import Here
from dashboard.protocol_entries import KINDS, VERDICTS, kind_words, verdict_words
from data.page_reads.protocol import Wanted

PATH = "/protokoll"
WHO, KIND, VERDICT = "wer", "art", "was"  # as the address names them
LONGEST_NAME = 64


def chosen(address: Mapping[str, object]) -> dict[str, str]:
    """Read what the address has chosen of person, kind and verdict; what cannot be is left out."""
    who = address.get(WHO)
    found = {WHO: who[:LONGEST_NAME]} if isinstance(who, str) and who.isprintable() else {}
    for name, known in ((KIND, KINDS), (VERDICT, VERDICTS)):
        value = address.get(name)
        if isinstance(value, str) and value in known:
            found[name] = value
    return {name: value for name, value in found.items() if value}


def wanted(at: Here, address: Mapping[str, object]) -> Wanted:
    """Say what the address means."""
    here = chosen(address)
    time = narrowing(at, read_filters(address, (TIME,)))
    return Wanted(here.get(WHO), here.get(KIND), here.get(VERDICT), time.start, time.end)


def protocol_form(at: Here, address: Mapping[str, object], people: list[str]) -> html.Section:
    """Build the form, and tags of what is chosen."""
    here, filters = chosen(address), read_filters(address, (TIME,))
    every = {"": at.say("filter.all")}
    who = {each: each for each in people}
    kinds = {each: kind_words(at, each) for each in KINDS}
    verdicts = {each: verdict_words(at, each) for each in VERDICTS}
    verdicts["reopen"] = f"{verdicts['reopen']} / {at.say('entry.unname')}"  # of an account
    fields: list[Any] = [
        _labelled(at, name, {"": {**every, **options}}, here.get(name, ""))
        for name, options in ((WHO, who), (KIND, kinds), (VERDICT, verdicts))
    ]
    button = html.Button(at.say("filter.apply"), type="submit", className="primary")
    form = html.Form(
        html.Details(
            [
                html.Summary(at.say("filter.title")),
                html.Div(
                    [*fields, *time_fields(at, filters, None)],
                    className="filter-fields",
                ),
                html.Div(button, className="buttons"),
            ],
            open=False,
            className="filter-more",
        ),
        action=PATH,
        method="get",
        className="filter-form",
    )
    words = {
        WHO: here.get(WHO, ""),
        KIND: kinds.get(here.get(KIND, ""), ""),
        VERDICT: verdicts.get(here.get(VERDICT, ""), ""),
    }
    own = {name: (here[name], words[name]) for name in here}
    return html.Section(
        [form, filter_tags(at, PATH, filters, {}, own)],
        className="filters",
        **aria(label=at.say("filter.label")),
    )


def _labelled(
    at: Here, name: str, options: Mapping[str, Mapping[str, str]], value: str
) -> html.Div:
    field = f"protocol-{name}"
    label = html.Label(at.say(f"protocol.{name}"), htmlFor=field)
    return html.Div([label, Choice(field, name, options, value)])
