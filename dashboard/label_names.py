"""What labels are called in the language of the page, and how two labellings differ."""

from collections.abc import Iterable
from functools import cache

from dashboard.here import Here
from dashboard.topic_names import topic_names
from data.intents import read_intents
from data.labelling import Labelling
from data.languages import language_name

LISTS = ("topics", "intents", "places")  # the fields that hold several labels


@cache
def intent_names(lang: str) -> dict[str, str]:
    """Give key -> name of every intent."""
    return {each.key: each.name(lang) for each in read_intents()}


def label_name(at: Here, kind: str, label: str) -> str:
    """Name a label of the kind topic, intent, place or lang (also in the plural)."""
    if kind.startswith("topic"):
        return topic_names(at.lang).get(label, label)
    if kind.startswith("intent"):
        return intent_names(at.lang).get(label, label)
    return language_name(label, at.lang) if kind == "lang" else label


def differences(at: Here, was: Labelling, now: Labelling) -> list[str]:
    """Say in words what is different now; nothing where both are the same."""
    said = []
    for kind in LISTS:
        before, after = getattr(was, kind), getattr(now, kind)
        field = at.say(f"field.{kind}")
        new = [each for each in after if each not in before]
        gone = [each for each in before if each not in after]
        if new:
            said.append(at.say("correct.added", field=field, now=_names(at, kind, new)))
        if gone:
            said.append(at.say("correct.removed", field=field, was=_names(at, kind, gone)))
    if was.urgent != now.urgent:
        said.append(_turned(at, "urgent", yes_or_no(at, was.urgent), yes_or_no(at, now.urgent)))
    if was.lang != now.lang:
        names = (label_name(at, "lang", each.lang) for each in (was, now))
        said.append(_turned(at, "lang", *names))
    return said


def yes_or_no(at: Here, value: bool) -> str:
    """Say yes or no."""
    return at.say("field.yes" if value else "field.no")


def _turned(at: Here, field: str, was: str, now: str) -> str:
    return at.say("correct.turned", field=at.say(f"field.{field}"), was=was, now=now)


def _names(at: Here, kind: str, labels: Iterable[str]) -> str:
    return ", ".join(label_name(at, kind, each) for each in labels)
