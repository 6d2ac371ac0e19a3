"""A group's story as text of 80 columns, and as JSON."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from data.reasons import sentence
from data.reasons.weighing import parts
from data.records import iso
from data.story import Act, Story
from data.story_words import (
    SHOWN,
    act_name,
    adding_words,
    comparisons,
    contribution,
    episode_words,
    found_words,
    left_words,
    more_words,
    order_words,
)

WIDTH = 80  # columns
_TITLES = {
    "story": ("Der Reihe nach", "In order"),
    "for": ("Was dafür spricht", "What speaks for it"),
    "against": ("Was dagegen spricht", "What speaks against it"),
    "expected": ("Verglichen mit dem Üblichen", "Compared with what is usual"),
    "weighed": ("Wie die Zahl zustande kommt", "How the score came about"),
}


def story_text(story: Story, lang: str, zone: ZoneInfo) -> str:
    """Write the story for a terminal."""
    lines = [story.id, *_wrapped(found_words(story, lang, zone))]
    for name, body in (
        ("for", _listed([sentence(each, lang) for each in story.speaking], lang)),
        ("against", _listed([sentence(each, lang) for each in story.against], lang)),
        ("expected", _compared(story, lang)),
        ("story", _in_order(story, lang, zone)),
        ("weighed", _weighed(story, lang)),
    ):
        lines += ["", _TITLES[name][lang != "de"], *body]
    return "\n".join(lines)


def story_json(story: Story, lang: str, zone: ZoneInfo) -> dict[str, Any]:
    """Give the story as the JSON document of `hhhilft detect --explain`."""
    return {
        "id": story.id,
        "level": story.level,
        "score": story.score,
        "text": found_words(story, lang, zone),
        "accounts": list(story.accounts),
        "kinds": list(story.kinds),
        "first": iso(story.first),
        "last": iso(story.last),
        "reasons": [{**each, "text": sentence(each, lang)} for each in story.reasons],
        "expected": [
            {"what": what, "here": here, "usual": usual}
            for what, here, usual in comparisons(story, lang)
        ],
        "episodes": [
            {
                "kind": each.kind,
                "object": each.object,
                "shown": each.shown,
                "text": episode_words(each, lang, zone),
                "first": iso(each.first),
                "last": iso(each.last),
                "others": each.others,
                "acts": [_act(act) for act in each.acts],
            }
            for each in story.episodes
        ],
    }


def _act(act: Act) -> dict[str, Any]:
    hidden = act.hidden  # who does not want to be found is in no export
    return {**asdict(act), "at": iso(act.at), "account": None if hidden else act.account}


def _in_order(story: Story, lang: str, zone: ZoneInfo) -> Iterator[str]:
    if not story.episodes:
        yield from _wrapped(
            "Das ist nicht festgehalten; der nächste Lauf holt es nach."
            if lang == "de"
            else "This is not kept; the next run makes up for it.",
            "  ",
        )
    for number, each in enumerate(story.episodes[:SHOWN], 1):
        yield from _wrapped(episode_words(each, lang, zone), f"{number:3}. ", "     ")
        order = [f"{act_name(act, lang)} {after}" for act, after in order_words(each, lang)]
        more = more_words(each, lang)
        yield from _wrapped(" · ".join([*order, more] if more else order), "     ")
    left = left_words(story, lang)
    if left:
        json = "alle mit --json" if lang == "de" else "all of them with --json"
        yield from _wrapped(f"{left.removesuffix('.')}; {json}.", "     ")


def _compared(story: Story, lang: str) -> Iterator[str]:
    usually = "üblich" if lang == "de" else "usual"
    found = [
        f"{what}: {here}; {usually} {usual}." for what, here, usual in comparisons(story, lang)
    ]
    yield from _listed(found, lang)


def _weighed(story: Story, lang: str) -> Iterator[str]:
    weighed = story.weighed
    if weighed is None:
        yield from _listed([], lang)
        return
    yield from _wrapped(sentence(weighed, lang), "  ")
    yield from _wrapped(adding_words(lang), "  ")
    for each in parts(weighed, lang):
        yield from _wrapped(
            f"{each.name}: {each.value}", f"  {contribution(each.added, lang):>6}  ", " " * 10
        )


def _listed(said: list[str], lang: str) -> Iterator[str]:
    nothing = "Dazu ist nichts festgehalten." if lang == "de" else "Nothing is recorded here."
    for each in said or [nothing]:
        yield from _wrapped(each, "- " if said else "  ", "  ")


def _wrapped(text: str, start: str = "", then: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start if then is None else then,
        break_on_hyphens=False,
    )  # fmt: skip
