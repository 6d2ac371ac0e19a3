"""The filters of a page: a form that asks by the address, and tags that take each away again."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.aria import aria
from dashboard.filters import (
    FIRST,
    INTENT,
    LANG,
    LAST,
    NETWORK,
    PLACE,
    STRETCHES,
    TIME,
    TOPIC,
    URGENT,
    YES,
    Filters,
    address,
)
from dashboard.form_fields import Choice, Field
from dashboard.here import Here
from dashboard.label_names import intent_names, label_name
from dashboard.post_view import NETWORKS
from dashboard.topic_names import topic_names
from data import formats
from data.languages import LANGUAGES
from data.places import read_places


def filter_form(
    at: Here,
    path: str,
    filters: Filters,
    days: int | None = None,
    keep: Mapping[str, str] | None = None,
    before: Mapping[str, Sequence[Any]] | None = None,
) -> html.Section:
    """Build the form and the tags of what is chosen.

    `days` as in `narrowing`; `keep`: further values of the address that stay; `before`: fields
    of the page's own, by the name that they send, which stand open above the others.
    """
    kept = {name: value for name, value in (keep or {}).items() if value}
    own = before or {}
    fields = [part for name in filters.fields for part in _field(at, filters, name, days)]
    button = html.Button(at.say("filter.apply"), type="submit", className="primary")
    inside = [
        *(
            Field(f"filter-{name}", name, "hidden", value)
            for name, value in kept.items()
            if name not in own
        ),
        *(part for parts in own.values() for part in parts),
        html.Details(
            [
                html.Summary(at.say("filter.title")),
                html.Div(fields, className="filter-fields"),
                html.Div(button, className="buttons"),
            ],
            open=False,
            className="filter-more",
        ),
    ]
    form = html.Form(inside, action=path, method="get", className="filter-form")
    return html.Section(
        [form, filter_tags(at, path, filters, kept)],
        className="filters",
        **aria(label=at.say("filter.label")),
    )


def filter_tags(
    at: Here,
    path: str,
    filters: Filters,
    kept: Mapping[str, str],
    own: Mapping[str, tuple[str, str]] | None = None,
) -> html.Ul | None:
    """List what is chosen; each is a link to the page without it.

    `own`: what is chosen in fields of the page's own, name -> value and its words.
    """
    own = own or {}
    said = chosen_words(at, filters)
    said += [((name,), words) for name, (_, words) in own.items()]
    if not said:
        return None
    chosen = {**filters.chosen, **{name: value for name, (value, _) in own.items()}}
    links = [
        html.A(
            [words, html.Span(at.say("filter.remove"), className="heard")],
            href=address(
                path,
                {**kept, **{name: each for name, each in chosen.items() if name not in names}},
            ),
            className="tag tag-remove",
        )
        for names, words in said
    ]
    if len(said) > 1:
        links.append(html.A(at.say("filter.remove_all"), href=address(path, kept)))
    return html.Ul([html.Li(each) for each in links], className="tags")


def chosen_words(at: Here, filters: Filters) -> list[tuple[tuple[str, ...], str]]:
    """List what is chosen: the names in the address that go together, and what they say."""
    said = (
        ((TIME, FIRST, LAST), _time_words(at, filters)),
        *(((name,), _words(at, name, filters.get(name))) for name in filters.fields),
    )
    return [(names, words) for names, words in said if words]


def when(at: Here, filters: Filters, days: int | None = None) -> str:
    """Say the time that the filters mean, to begin a sentence with; `days` as in `narrowing`."""
    first, last = filters.first, filters.last
    if first and last:
        return formats.day_span(first, last, at.lang)
    if first:
        return at.say("filter.when_since", day=at.day(first))
    if last:
        return at.say("filter.when_until", day=at.day(last))
    stretch = int(filters.get(TIME) or 0) or days
    return at.count("filter.when", stretch) if stretch else at.say("filter.always")


def _time_words(at: Here, filters: Filters) -> str:
    first, last = filters.first, filters.last
    if first and last:
        return formats.day_span(first, last, at.lang)
    if first:
        return at.say("filter.since", day=at.day(first))
    if last:
        return at.say("filter.until", day=at.day(last))
    return _days_words(at, int(filters.get(TIME))) if filters.get(TIME) else ""


def _days_words(at: Here, days: int) -> str:
    return at.count("filter.days", days)


def _words(at: Here, name: str, value: str) -> str:
    """Say a chosen value; "" where none is, and of times, which are said together."""
    if not value or name == TIME:
        return ""
    if name == NETWORK:
        return NETWORKS[value]
    if name == URGENT:
        return at.say("call.urgent")
    kind = {TOPIC: "topic", INTENT: "intent", LANG: "lang", PLACE: "place"}[name]
    return label_name(at, kind, value)


def _field(at: Here, filters: Filters, name: str, days: int | None) -> list[html.Div]:
    if name == TIME:
        return time_fields(at, filters, days)
    return [
        _labelled(
            at.say(f"filter.{name}"),
            Choice(
                f"filter-{name}",
                name,
                _options(at, name),
                filters.get(name),
            ),
        )
    ]


def time_fields(at: Here, filters: Filters, days: int | None) -> list[html.Div]:
    """Build the fields of time: a number of days, or a first and a last day of one's own."""
    own = filters.first or filters.last
    usual = _days_words(at, days) if days else at.say("filter.any_time")
    names = {"": at.say("filter.own_days") if own else usual}
    names |= {str(each): _days_words(at, each) for each in STRETCHES if own or each != days}
    return [
        _labelled(
            at.say("filter.tage"),
            Choice(f"filter-{TIME}", TIME, {"": names}, filters.get(TIME)),
        ),
        *(
            _labelled(
                at.say(f"filter.{name}"), Field(f"filter-{name}", name, "date", filters.get(name))
            )
            for name in (FIRST, LAST)
        ),
    ]


def _labelled(name: str, field: Any) -> html.Div:
    return html.Div([html.Label(name, htmlFor=field.id), field])


def _options(at: Here, name: str) -> dict[str, dict[str, str]]:
    every = {"": at.say("filter.all")}
    if name == PLACE:
        return {"": every, **_places(at)}
    if name == LANG:
        found = {each: label_name(at, "lang", each) for each in LANGUAGES}
    else:
        found = {
            NETWORK: NETWORKS,
            TOPIC: topic_names(at.lang),
            INTENT: intent_names(at.lang),
            URGENT: {YES: at.say("filter.urgent_only")},
        }[name]
    return {"": {**every, **found}}


def _places(at: Here) -> dict[str, dict[str, str]]:
    """Give the Bezirke, each with its Stadtteile."""
    found: dict[str, dict[str, str]] = {}
    for each in sorted(read_places(), key=lambda place: (place.kind != "bezirk", place.name)):
        whole = at.say("filter.whole", bezirk=each.name)
        name = whole if each.kind == "bezirk" else each.name
        found.setdefault(each.bezirk, {})[each.name] = name
    return found
