"""A group's story on its page: compared with the usual, in order, and how the score came about."""

from collections.abc import Mapping
from dataclasses import replace

from dash import html

from dashboard.figures import quiet_section
from dashboard.folding import foldable
from dashboard.here import Here
from dashboard.tables import Cell, Column, table
from data.plain import isolated, plain
from data.reasons import Reason, sentence
from data.reasons.weighing import parts
from data.story import Act, Episode, Story
from data.story_words import (
    SHOWN,
    act_name,
    adding_words,
    comparisons,
    contribution,
    episode_words,
    left_words,
    more_words,
    order_words,
)

AT_ONCE = 4  # episodes to be seen; SHOWN of them on demand


def figures_of_story(at: Here, story: Story) -> html.Div:
    """Build what is compared with the usual, and how the score came about, side by side."""
    compared = comparisons(story, at.lang)
    sections = [
        _compared(at, compared) if compared else None,
        _weighed(at, story.weighed) if story.weighed is not None else None,
    ]
    return html.Div(
        [each for each in sections if each is not None], className="columns columns-even"
    )


def _compared(at: Here, compared: list[tuple[str, str, str]]) -> html.Section:
    columns = [
        Column(at.say("story.what"), sorts=False),
        Column(at.say("story.here"), number=True, sorts=False),
        Column(at.say("story.usual"), number=True, sorts=False),
    ]
    title = at.say("story.compared")
    return foldable(
        title,
        [
            html.P(at.say("story.compared_explains"), className="quiet"),
            table(at, title, columns, compared),
        ],
    )


def in_order(at: Here, story: Story, names: Mapping[str, str]) -> html.Section:
    """Build the list of episodes; `names`: account key -> how pages call it."""
    if not story.episodes:
        return quiet_section(at.say("story.title"), at.say("story.nothing"))
    left = left_words(story, at.lang)
    items = [_episode(at, each, names) for each in story.episodes[:SHOWN]]
    first, rest = items[:AT_ONCE], items[AT_ONCE:]
    return foldable(
        at.say("story.title"),
        [
            html.P(at.say("story.explains"), className="quiet"),
            html.Ol(first, className="episodes"),
            _more(at, rest) if rest else None,
            html.P(left, className="quiet") if left else None,
        ],
    )


def _more(at: Here, rest: list[html.Li]) -> html.Details:
    return html.Details(
        [
            html.Summary(at.say("story.more", n=at.number(len(rest)))),
            html.Ol(rest, className="episodes", start=str(AT_ONCE + 1)),
        ]
    )


def _episode(at: Here, episode: Episode, names: Mapping[str, str]) -> html.Li:
    order = [
        html.Li(f"{_name(act, names, at)} – {after}")
        for act, after in order_words(episode, at.lang)
    ]
    more = more_words(episode, at.lang)
    return html.Li(
        [
            html.P(episode_words(_harmless(episode), at.lang, at.zone), className="reading"),
            html.Details(
                [
                    html.Summary(at.say("story.order")),
                    html.Ol([*order, *([html.Li(more)] if more else [])], className="order"),
                ]
            ),
        ]
    )


def _harmless(episode: Episode) -> Episode:
    """Give the episode with shared words that do not turn the sentence which quotes them."""
    return replace(episode, shown=isolated(plain(episode.shown)))


def _name(act: Act, names: Mapping[str, str], at: Here) -> str:
    return names.get(act.account) or isolated(plain(act_name(act, at.lang)))


def _weighed(at: Here, weighed: Reason) -> html.Section:
    columns = [
        Column(at.say("story.figure"), sorts=False),
        Column(at.say("story.value"), number=True, sorts=False),
        Column(at.say("story.adds"), number=True, sorts=False),
    ]
    rows = [
        [each.name, each.value, Cell(contribution(each.added, at.lang), each.added)]
        for each in parts(weighed, at.lang)
    ]
    return foldable(
        at.say("story.weighed"),
        [
            html.P(sentence(weighed, at.lang), className="reading"),
            html.Details(
                [
                    html.Summary(at.say("story.figures")),
                    html.P(adding_words(at.lang), className="quiet"),
                    table(at, at.say("story.figures"), columns, rows),
                ]
            ),
        ],
    )
