"""A post that a search found: its words, what it is about, when and where, and no author."""

from typing import Any

from dash import html

from dashboard.here import Here
from dashboard.label_names import label_name
from dashboard.marked_words import marked_words
from dashboard.post_view import check_link, is_web, network_name, start_of, web_link
from data.page_reads.search import Hit
from data.search_query import Query

MOST_TAGS = 3  # of a kind


def found_post(at: Here, hit: Hit, query: Query, warning: str | None) -> html.Li:
    """Show it as an item of a list; `warning`: the one that it belongs to, by id."""
    about: list[Any] = [network_name(at, hit.network), " · ", at.ago(hit.at)]
    if is_web(hit.url):
        start = html.Span(f": {start_of(hit.text)}", className="heard")
        named: list[Any] = [at.say("call.read"), start]
        about += [" · ", web_link(named, hit.url)]
    about += [" · ", check_link(at, hit.key, hit.text)]
    if warning:
        about += [" · ", html.A(at.say("search.in_warning"), href=f"/warnungen/{warning}")]
    tags = _tags(at, hit)
    return html.Li(
        [
            marked_words(hit.text, query)
            if hit.text.strip()
            else html.P(at.say("check.no_words"), className="nothing"),
            html.P(tags, className="tags") if tags else None,
            html.P(about, className="quiet"),
        ],
        className="call",
    )


def _tags(at: Here, hit: Hit) -> list[html.Span]:
    urgent = [html.Span(at.say("call.urgent"), className="tag tag-urgent")] if hit.urgent else []
    named = [
        html.Span(label_name(at, kind, each), className="tag")
        for kind, labels in (("intent", hit.intents), ("topic", hit.topics))
        for each in labels[:MOST_TAGS]
    ]
    places = [html.Span(each, className="tag tag-place") for each in hit.places[:MOST_TAGS]]
    return [*urgent, *named, *places]
