"""Why an offer answers a need, in words: code and values become one German or English sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from data import formats
from data.details import read_details
from data.items import WHOLE, read_items
from data.topics import read_topics

Reason = Mapping[str, Any]


def sentence(reason: Reason, lang: str) -> str:
    """Word one reason. An unknown code (written by a newer version) is named, not hidden."""
    word = _WORDS.get(str(reason.get("code")))
    if word is None:
        return f"{'Unbekannter Grund' if lang == 'de' else 'Unknown reason'}: {reason.get('code')}."
    de, en = word(reason, lang)
    return de if lang == "de" else en


def item_name(key: str, lang: str) -> str:
    """Name an item, or the topic that stands for one ("topic:sprache"); else give the key."""
    topic = key.removeprefix("topic:")
    if topic != key:
        return next((each.name(lang) for each in read_topics() if each.key == topic), topic)
    item = WHOLE if key == WHOLE.key else read_items().get(key)
    return key if item is None else item.name(lang)


def _same(reason: Reason, lang: str) -> tuple[str, str]:
    item = item_name(reason["item"], lang)
    return f"Beides: {item}.", f"Both: {item}."


def _part(reason: Reason, lang: str) -> tuple[str, str]:
    item, whole = item_name(reason["item"], lang), item_name(reason["of"], lang)
    return f"{item} gehört zu „{whole}“.", f"{item} belongs to “{whole}”."


def _serves(reason: Reason, lang: str) -> tuple[str, str]:
    item, wanted = item_name(reason["item"], lang), item_name(reason["for"], lang)
    return (
        f"Angeboten: {item}. Das kann auch bei „{wanted}“ helfen.",
        f"Offered: {item}. That may also help with “{wanted}”.",
    )


def _may_hold(reason: Reason, lang: str) -> tuple[str, str]:
    item, wanted = item_name(reason["item"], lang), item_name(reason["for"], lang)
    return (
        f"Angeboten: {item}. Darunter kann „{wanted}“ sein.",
        f"Offered: {item}. “{wanted}” may be among it.",
    )


def _topic(reason: Reason, lang: str) -> tuple[str, str]:
    topic = item_name(f"topic:{reason['topic']}", lang)
    return (
        f"Gleiches Thema ({topic}) und ähnliche Worte oder derselbe Ort.",
        f"The same topic ({topic}), and similar words or the same place.",
    )


def _meaning(_reason: Reason, _lang: str) -> tuple[str, str]:
    return (
        "Beide Beiträge meinen Ähnliches (aus Beispielen gelernt).",
        "Both posts mean something alike (learned from examples).",
    )


def _values(reason: Reason, lang: str) -> str:
    values = read_details().values
    names = (
        values[reason["kind"], key].name(lang) if (reason["kind"], key) in values else key
        for key in reason["keys"]
    )
    return ", ".join(names)


def _value(reason: Reason, lang: str) -> tuple[str, str]:
    return f"Passt: {_values(reason, lang)}.", f"Fits: {_values(reason, lang)}."


def _near_value(reason: Reason, lang: str) -> tuple[str, str]:
    names = _values(reason, lang)
    return f"Angeboten: {names}. Das ist verwandt.", f"Offered: {names}. That is related."


def _not_said(reason: Reason, lang: str) -> tuple[str, str]:
    names = _values(reason, lang)
    return f"Zu klären: {names}.", f"To be asked: {names}."


def _size(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    return f"Größe {reason['size']} passt.", f"Size {reason['size']} fits."


def _size_for_age(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    size = reason["size"]
    return f"Größe {size} passt etwa zum Alter.", f"Size {size} about fits the age."


def _size_near(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    return f"Größe {reason['size']} ist nahe dran.", f"Size {reason['size']} is close."


def _number(reason: Reason, lang: str) -> tuple[str, str]:
    count = formats.number(reason["count"], lang)
    return f"Beide sagen: {count}.", f"Both say: {count}."


def _enough(reason: Reason, lang: str) -> tuple[str, str]:
    count, wanted = (formats.number(reason[name], lang) for name in ("count", "wanted"))
    return f"Es reicht: {count} für {wanted}.", f"It is enough: {count} for {wanted}."


def _fewer(reason: Reason, lang: str) -> tuple[str, str]:
    count, wanted = (formats.number(reason[name], lang) for name in ("count", "wanted"))
    return f"Deckt einen Teil: {count} von {wanted}.", f"Covers a part: {count} of {wanted}."


def _price(reason: Reason, lang: str) -> tuple[str, str]:
    price, limit = (formats.number(reason[name], lang) for name in ("price", "limit"))
    return (
        f"Kostet {price} Euro, gesucht bis {limit} Euro.",
        f"Costs {price} euros, sought up to {limit} euros.",
    )


def _audience(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    if reason["key"] == "frauen":
        return "Das Angebot ist für Frauen, gesucht wird für eine Frau.", "For women, as needed."
    return "Das Angebot ist für Männer, gesucht wird für einen Mann.", "For men, as needed."


def _same_place(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    return f"Beide in {reason['place']}.", f"Both in {reason['place']}."


def _same_bezirk(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    place, other = reason["place"], reason["other"]
    return f"{place} und {other}: derselbe Bezirk.", f"{place} and {other}: the same Bezirk."


def _distance(reason: Reason, lang: str) -> tuple[str, str]:
    km = formats.number(reason["km"], lang, 0 if reason["km"] >= 10 else 1)
    place, other = reason["place"], reason["other"]
    return (
        f"{place} und {other}: etwa {km} km auseinander.",
        f"{place} and {other}: about {km} km apart.",
    )


def _anywhere(reason: Reason, lang: str) -> tuple[str, str]:  # noqa: ARG001
    return (
        "Der Ort ist hier nicht wichtig (bringt, holt ab oder am Telefon).",
        "The place does not matter here (brings, fetches, or by phone).",
    )


def _time(reason: Reason, lang: str) -> tuple[str, str]:
    begin, end = (datetime.fromisoformat(reason[name]) for name in ("from", "to"))
    when = formats.short_day(begin, lang)
    if end.date() > begin.date() and end.hour == 0 and (end - begin).days <= 1 and not begin.hour:
        return f"Die Zeit passt: {when}", f"The time fits: {when}."
    if end.date() > begin.date():
        when = f"{when} – {formats.short_day(end, lang)}"
    else:
        when = f"{when} {formats.clock(begin, lang)}"
    return f"Die Zeit passt: {when}", f"The time fits: {when}."


def _weekdays(reason: Reason, lang: str) -> tuple[str, str]:
    monday = datetime(2024, 1, 1, tzinfo=formats.BERLIN)
    days = ", ".join(formats.weekday(monday.replace(day=1 + day), lang) for day in reason["days"])
    return f"Gemeinsame Tage: {days}.", f"Days in common: {days}."


def _until(reason: Reason, lang: str) -> tuple[str, str]:
    end = formats.moment(datetime.fromisoformat(reason["until"]), lang)
    return f"Das Angebot gilt bis {end}.", f"The offer holds until {end}."


_WORDS: Mapping[str, Callable[[Reason, str], tuple[str, str]]] = {
    "same": _same,
    "part": _part,
    "serves": _serves,
    "may_hold": _may_hold,
    "topic": _topic,
    "meaning": _meaning,
    "value": _value,
    "near_value": _near_value,
    "not_said": _not_said,
    "size": _size,
    "size_for_age": _size_for_age,
    "size_near": _size_near,
    "number": _number,
    "enough": _enough,
    "fewer": _fewer,
    "price": _price,
    "audience": _audience,
    "same_place": _same_place,
    "same_bezirk": _same_bezirk,
    "distance": _distance,
    "anywhere": _anywhere,
    "time": _time,
    "weekdays": _weekdays,
    "until": _until,
}
