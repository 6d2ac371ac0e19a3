"""What would find more where a search found nothing: each way with how much it finds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dash import html
from sqlalchemy import Connection

from dashboard.filter_form import chosen_words
from dashboard.filters import Filters, address, narrowing
from dashboard.here import Here
from dashboard.search_address import PATH, WORDS
from data.page_reads.search import MOST_COUNTED, count
from data.search_query import SHORTEST_BEGINNING, Query, read_query

MOST_WAYS = 6


def widening(at: Here, connection: Connection, query: Query, filters: Filters) -> list[html.Li]:
    """List links to searches that find something, each with one thing less."""
    shown = _that_find(at, connection, _ways(at, query, filters))
    return shown or _that_find(at, connection, _last_ways(at, query, filters))


def _that_find(
    at: Here, connection: Connection, ways: Iterable[tuple[str, Query, Filters]]
) -> list[html.Li]:
    shown: list[html.Li] = []
    for said, asked, narrowed_to in ways:
        if not asked and not narrowed_to.chosen:
            continue
        found = count(connection, asked, narrowing(at, narrowed_to))
        if not found or len(shown) == MOST_WAYS:
            continue
        number = (
            at.say("search.more_than", n=at.number(MOST_COUNTED))
            if found > MOST_COUNTED
            else at.count("search.found", found)
        )
        values = {**({WORDS: asked.typed} if asked else {}), **narrowed_to.chosen}
        shown.append(html.Li([html.A(said, href=address(PATH, values)), f" – {number}"]))
    return shown


def _ways(at: Here, query: Query, filters: Filters) -> Iterator[tuple[str, Query, Filters]]:
    for names, said in chosen_words(at, filters):
        fewer = replace(filters, chosen=filters.without(*names))
        yield at.say("search.without_filter", filter=said), query, fewer
    if any(not each.begins for each in query.terms):
        begins = " ".join(
            each.typed if each.begins or len(each.words[-1]) < SHORTEST_BEGINNING
            else f"{_bare(each.typed)}*"
            for each in query.terms
        )  # fmt: skip
        no = " ".join(each.typed for each in query.without)
        yield at.say("search.as_beginnings"), read_query(f"{begins} {no}"), filters
    if len(query.terms) > 1:
        for each in query.terms:
            fewer_words = replace(
                query, terms=tuple(term for term in query.terms if term is not each)
            )
            yield at.say("search.without_word", word=each.typed), fewer_words, filters
    if query.without:
        yield at.say("search.with_excluded"), replace(query, without=()), filters
    if len(filters.chosen) > 1:
        yield at.say("search.without_filters"), query, replace(filters, chosen={})


def _last_ways(at: Here, query: Query, filters: Filters) -> Iterator[tuple[str, Query, Filters]]:
    """Give each word by itself, where leaving out one thing was not enough."""
    anything = replace(filters, chosen={})
    for each in query.terms:
        longer = each.begins or len(each.words[-1]) < SHORTEST_BEGINNING
        alone = Query((each,)) if longer else read_query(f"{_bare(each.typed)}*")
        yield at.say("search.word_alone", word=alone.typed), alone, anything


def _bare(typed: str) -> str:
    return typed.lstrip("#")
