"""The fields of a correction: boxes to tick for topics, intents, urgency and places; a language."""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html

from dashboard.choices import Boxes, Select
from dashboard.here import Here
from dashboard.label_names import intent_names, label_name
from dashboard.topic_names import topic_names
from data.labelling import Labelling
from data.languages import LANGUAGES, UNKNOWN
from data.places import Place, read_places

_TOPICS, _INTENTS, _URGENT, _LANG = "check-topics", "check-intents", "check-urgent", "check-lang"
_PLACES = "check-places-"  # and the number of the Bezirk
_MOST = 200  # labels a field; there are fewer
_YES = "yes"
NOTHING = Labelling("de", (), (), urgent=False, places=())


def ids() -> list[str]:
    """Name the fields in the order in which `said_in` takes their values."""
    return [_TOPICS, _INTENTS, _URGENT, _LANG, *(_PLACES + str(n) for n in range(len(_bezirke())))]


def fields(at: Here, now: Labelling | None) -> list[Any]:
    """Build the fields, filled with the labels that hold."""
    now = now or NOTHING
    languages = {each: label_name(at, "lang", each) for each in (*LANGUAGES, UNKNOWN)}
    return [
        _group(at, "topics", _boxes(_TOPICS, topic_names(at.lang), now.topics)),
        _group(at, "intents", _boxes(_INTENTS, intent_names(at.lang), now.intents)),
        _group(
            at,
            "urgent",
            _boxes(_URGENT, {_YES: at.say("correct.urgent")}, [_YES] if now.urgent else []),
        ),
        _group(
            at,
            "places",
            *(_bezirk(at, number, bezirk, now.places) for number, bezirk in enumerate(_bezirke())),
        ),
        html.Label(at.say("field.lang"), htmlFor=_LANG),
        Select(_LANG, languages, now.lang),
    ]


def said_in(given: Sequence[Any]) -> Labelling:
    """Read the values of `ids`, whatever a browser sent; `data.labelling.checked` judges them."""
    topics, intents, urgent, lang, *places = given
    return Labelling(
        lang=str(lang)[:16],
        topics=_texts(topics),
        intents=_texts(intents),
        urgent=_YES in _texts(urgent),
        places=tuple(each for part in places for each in _texts(part)),
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(each)[:64] for each in value[:_MOST]) if isinstance(value, list) else ()


def _group(at: Here, field: str, *inside: Any) -> html.Fieldset:
    return html.Fieldset([html.Legend(at.say(f"field.{field}")), *inside], className="choice")


def _boxes(name: str, names: dict[str, str], ticked: Iterable[str]) -> Boxes:
    return Boxes(name, names, [each for each in ticked if each in names])


def _bezirk(at: Here, number: int, bezirk: str, ticked: Sequence[str]) -> html.Details:
    """Fold a Bezirk with its Stadtteile; what is ticked stands on its fold and opens it."""
    inside = [each.name for each in _first_itself(read_places(), bezirk)]
    here = [each for each in ticked if each in inside]
    named = at.say("correct.chosen", bezirk=bezirk, places=", ".join(here)) if here else bezirk
    return html.Details(
        [html.Summary(named), _boxes(f"{_PLACES}{number}", {each: each for each in inside}, here)],
        open=bool(here),
    )


def _bezirke() -> list[str]:
    return list(dict.fromkeys(each.bezirk for each in read_places()))


def _first_itself(places: Iterable[Place], bezirk: str) -> list[Place]:
    inside = [each for each in places if each.bezirk == bezirk]
    return sorted(inside, key=lambda each: (each.kind != "bezirk", each.name))
