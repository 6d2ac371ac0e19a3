"""One place more closely: what is sought and offered there, of what, and what lies near."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, radians
from typing import Any

from dash import html
from sqlalchemy import Connection

from dashboard.access import SEES_PEOPLE, may
from dashboard.charts.spark import spark_bars
from dashboard.filters import PLACE, TIME, TOPIC, address, places_of
from dashboard.here import Here
from dashboard.place_gaps import widest_gaps
from dashboard.place_spots import bezirke_on_map, stadtteile_on_map
from dashboard.place_view import BEZIRK, PANEL, View
from dashboard.place_words import gap_sentence, versus
from dashboard.post_view import call_item
from dashboard.topic_names import topic_names
from data.page_reads.balance import Place
from data.page_reads.calls import newest_open
from data.page_reads.places import Topic, topics
from data.places import Place as Known
from data.places import read_stadtteile

_NEAR = 5  # places
_CALLS = 3


def place_panel(
    at: Here, connection: Connection, view: View, found: Sequence[Place], comparable: bool
) -> html.Section:
    """Build the panel of the chosen place, or the list of where most is missing."""
    inside = (
        _chosen(at, connection, view, found, comparable)
        if view.chosen
        else widest_gaps(at, view, found)
    )
    return html.Section(inside, className="card panel", id=PANEL, tabIndex="-1")


def _chosen(
    at: Here, connection: Connection, view: View, found: Sequence[Place], comparable: bool
) -> list[Any]:
    place = next((each for each in found if each.name == view.chosen), None)
    return [
        html.H2(view.chosen),
        html.P(_kind(at, view), className="quiet"),
        *(
            _said(at, connection, view, place, comparable)
            if place
            else [html.P(at.say("place.nothing", days=view.days), className="nothing")]
        ),
        *_near(at, view, found),
        html.P(html.A(at.say("place.close"), href=view.link("karte", chosen=""))),
    ]


def _said(
    at: Here, connection: Connection, view: View, place: Place, comparable: bool
) -> list[Any]:
    spark = spark_bars(place.days, at.say("place.spark", place=place.name), new_from=7)
    return [
        _facts(at, view, place, comparable),
        html.Div(spark, className="place-spark"),
        html.P(at.say("place.spark_explains"), className="quiet"),
        *_topics(at, connection, view),
        *_calls(at, connection, view),
    ]


def _names(view: View) -> tuple[str, ...]:
    """Give the names that stand for the chosen place on its level."""
    return places_of(view.chosen) if view.level == BEZIRK else (view.chosen,)


def _kind(at: Here, view: View) -> str:
    """Say what the name stands for: some are names of a Stadtteil and of its Bezirk."""
    within = [each for each in read_stadtteile() if each.bezirk == view.chosen]
    if view.level == BEZIRK:
        return at.count("place.bezirk", len(within))
    own = next((each for each in read_stadtteile() if each.name == view.chosen), None)
    if own is None:
        return at.say("place.bezirk_alone")
    return at.say("place.both") if within else at.say("place.stadtteil", bezirk=own.bezirk)


def _facts(at: Here, view: View, place: Place, comparable: bool) -> html.Dl:
    compared = f" ({versus(at, view, place.posts, place.before)})" if comparable else ""
    facts = [
        (at.say("places.posts"), at.number(place.posts) + compared),
        (at.say("gap.needs"), at.number(place.needs)),
        (at.say("gap.offers"), at.number(place.offers)),
        (at.say("gap.gap"), gap_sentence(at, place)),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="facts"
    )


def _topics(at: Here, connection: Connection, view: View) -> list[Any]:
    found = topics(connection, view.week(at), _names(view), view.narrowing(at))
    if not found:
        return []
    return [
        html.H3(at.say("place.topics")),
        html.Ul([_topic(at, view, each) for each in found], className="plain-list"),
    ]


def _topic(at: Here, view: View, topic: Topic) -> html.Li:
    """Name a topic; who sees what people write is led to its needs there."""
    name = topic_names(at.lang).get(topic.key, topic.key)
    counted = at.say(
        "place.topic",
        posts=at.count("unit.posts", topic.posts),
        needs=at.count("map.needs", topic.needs),
        offers=at.count("map.offers", topic.offers),
    )
    shown = html.A(name, href=_needs(view, topic.key)) if may(*SEES_PEOPLE) else name
    return html.Li([shown, html.Span(counted, className="beside quiet")])


def _needs(view: View, topic: str = "") -> str:
    """Write the address of the needs of the chosen place, of one topic or as the filters say."""
    values = {TIME: str(view.days), PLACE: view.chosen, **view.filters.chosen}
    return address("/bedarf", values | ({TOPIC: topic} if topic else {}))


def _calls(at: Here, connection: Connection, view: View) -> list[Any]:
    """List calls for help, for those whose role lets them see what people write."""
    if not may(*SEES_PEOPLE):
        return []
    week = view.week(at)
    to = replace(view.narrowing(at), start=week.start, end=week.end, places=_names(view))
    found = newest_open(connection, to, _CALLS)
    names = topic_names(at.lang)
    shown: Any = (
        html.Ul([call_item(at, each, names) for each in found], className="calls")
        if found
        else html.P(at.say("place.no_call"), className="nothing")
    )
    whole = len(places_of(view.chosen)) > 1  # as the page of needs takes the name
    link = html.A(at.say("place.all_of_bezirk" if whole else "place.all_calls"), href=_needs(view))
    return [html.H3(at.say("place.calls")), shown, html.P(link) if found else None]


def _near(at: Here, view: View, found: Sequence[Place]) -> list[Any]:
    """List the places that lie nearest, by their centres, with what is said about them."""
    posts = {each.name: each.posts for each in found}
    known = bezirke_on_map() if view.level == BEZIRK else stadtteile_on_map()
    here = next(each for each in known if each.name == view.chosen)
    nearest = sorted(
        (each for each in known if each is not here),
        key=lambda each: (_kilometres(each, here), each.name),
    )
    return [
        html.H3(at.say("place.near")),
        html.Ul(
            [
                html.Li(
                    [
                        html.A(each.name, href=view.link(PANEL, chosen=each.name)),
                        f" – {at.count('unit.posts', posts.get(each.name, 0))}",
                    ]
                )
                for each in nearest[:_NEAR]
            ],
            className="plain-list",
        ),
    ]


def _kilometres(one: Known, other: Known) -> float:
    north = (one.lat - other.lat) * 111.2
    return hypot(north, (one.lon - other.lon) * 111.2 * cos(radians(one.lat)))
