"""How a score came about, in people's words: what weighed most for it and against it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from data.formats import number, span
from data.reasons.counting import Reason

WEIGHED = "weighed"
MOST_SURE = 0.99  # of a score that is said as a number
NAMED = 3  # figures on each side; the rest is in the table
LEAST = 0.1  # log odds: moves a probability by 3 points at most; less is not worth a word


@dataclass(frozen=True, slots=True)
class _Words:
    """A figure's name, what a large and a small one means, and where large begins."""

    name: tuple[str, str]  # German, English
    large: tuple[str, str]
    small: tuple[str, str]
    middle: float
    unit: str = "share"  # or number, log_seconds, log_number


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a group, and what it adds to the score."""

    name: str
    value: str
    added: float  # log odds; above 0 speaks for


def weighing(reason: Reason, lang: str) -> str:
    """Say what the figures together give, and which of them weigh most."""
    score = score_words(float(reason["value"]), lang)
    most = sorted(
        (each for each in _themes(reason) if each[2] >= LEAST), key=lambda each: -each[2]
    )[:NAMED]
    nothing = "nichts Deutliches" if lang == "de" else "nothing clear"
    speaks_for = ", ".join(_named(most, lang)) or nothing
    speaks_against = ", ".join(weighs_against(reason, lang)) or nothing
    if lang == "de":
        return (
            f"Alle Zahlen zusammen ergeben {score} (0: Gemeinschaft, 1: abgestimmt). "
            f"Am meisten dafür: {speaks_for}; am meisten dagegen: {speaks_against}."
        )
    return (
        f"All figures together give {score} (0: community, 1: orchestrated). "
        f"Most for it: {speaks_for}; most against it: {speaks_against}."
    )


def weighs_against(reason: Reason, lang: str) -> list[str]:
    """Name what weighs most against it, as `weighing` does; nothing where nothing clearly does."""
    found = [each for each in _themes(reason) if each[2] <= -LEAST]
    return _named(sorted(found, key=lambda each: each[2])[:NAMED], lang)


def score_words(score: float, lang: str) -> str:
    """Write a score from 0 to 1; nothing is ever certain, so never as 0 or 1."""
    if score > MOST_SURE:
        return f"{'mehr als' if lang == 'de' else 'more than'} {number(MOST_SURE, lang, 2)}"
    if score < 1 - MOST_SURE:
        return f"{'weniger als' if lang == 'de' else 'less than'} {number(1 - MOST_SURE, lang, 2)}"
    return number(score, lang, 2)


def parts(reason: Reason, lang: str) -> list[Part]:
    """List all figures in words, those that weigh most first."""
    found = sorted(reason["parts"], key=lambda each: -abs(float(each[2])))
    return [
        Part(_capital(_name(str(name), lang)), _value(str(name), float(value), lang), float(added))
        for name, value, added in found
    ]


def _themes(reason: Reason) -> list[tuple[str, float, float]]:
    """Add up figures that say nearly the same: one of them alone can point the other way.

    Name and value are those of the theme's first figure.
    """
    left = {str(name): (float(value), float(added)) for name, value, added in reason["parts"]}
    found = []
    for theme in (*_THEMES, *[(name,) for name in left]):
        given = [(name, *left.pop(name)) for name in theme if name in left]
        if given:
            name, value, _ = given[0]
            found.append((name, value, sum(added for *_, added in given)))
    return found


def _named(found: Sequence[tuple[str, float, float]], lang: str) -> list[str]:
    return [_meaning(name, value, lang) for name, value, _ in found]


def _meaning(name: str, value: float, lang: str) -> str:
    words = _FIGURES.get(name)
    if words is None:
        return name
    return (words.large if value >= words.middle else words.small)[lang != "de"]


def _name(name: str, lang: str) -> str:
    words = _FIGURES.get(name)
    return name if words is None else words.name[lang != "de"]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if " " in text else text


def _value(name: str, value: float, lang: str) -> str:
    words = _FIGURES.get(name)
    unit = "number" if words is None else words.unit
    if unit == "log_seconds":
        return span(10**value - 1, lang)
    if unit == "log_number":
        times = number(math.exp(value), lang, 1)
        return f"{times}-mal" if lang == "de" else f"{times} times"
    return number(value, lang, 2)


_THEMES = (
    ("among_themselves", "crowd"),
    ("quick_among", "length"),
)

# fmt: off
_FIGURES = {
    "recycled": _Words(
        ("Anteil der Konten, die gemeinsam erst einen und dann einen anderen Text, Bild oder "
         "Hashtag-Folge veröffentlichen",
         "share of the accounts that publish one text, picture or string of hashtags together, "
         "and later another"),
        ("immer wieder gleiche Inhalte", "the same content again and again"),
        ("kaum gleiche Inhalte", "hardly any content alike"), 0.3),
    "among_themselves": _Words(
        ("wie sehr sie beim gemeinsamen Handeln unter sich bleiben",
         "how much they stay among themselves when they act together"),
        ("sie bleiben unter sich", "they stay among themselves"),
        ("viele andere sind dabei", "many others are there too"), 0.5),
    "own_posts": _Words(
        ("Anteil der Beiträge, die zu nichts Gemeinsamem gehören",
         "share of the posts that belong to nothing shared"),
        ("sie schreiben viel Eigenes", "they write much of their own"),
        ("sie schreiben wenig Eigenes", "they write little of their own"), 0.55),
    "length": _Words(
        ("übliche Dauer, bis alle dabei waren", "usual time until all had taken part"),
        ("es zieht sich hin", "it takes its time"),
        ("es geht schnell", "it is over quickly"), 3.9, "log_seconds"),
    "habit": _Words(
        ("wie oft ein Konto bei etwas Gemeinsamem dabei ist (Median)",
         "how often an account takes part in something shared (median)"),
        ("sie handeln gewohnheitsmäßig gemeinsam", "acting together is a habit of theirs"),
        ("sie handeln erst seit Kurzem gemeinsam", "acting together is no habit of theirs"),
        1.5, "log_number"),
    "crowd": _Words(
        ("Anteil der anderen an den Konten, die dasselbe tun (im Mittel der gemeinsamen Inhalte)",
         "share of others among the accounts that do the same (mean of what is shared)"),
        ("andere tun dasselbe", "others do the same"),
        ("kaum jemand anders tut dasselbe", "hardly anybody else does the same"), 0.3),
    "young": _Words(
        ("Anteil der Konten, die keine zwei Monate alt sind",
         "share of the accounts that are less than two months old"),
        ("viele junge Konten", "many young accounts"),
        ("kaum junge Konten", "hardly any young accounts"), 0.2),
    "quick_among": _Words(
        ("wie oft ein Konto der Gruppe binnen einer Minute auf das andere folgt, ohne dass "
         "jemand anders dazwischenkommt (0: jedes fünfte Mal oder seltener, 1: fast immer)",
         "how often one account of the group follows another within a minute with nobody else "
         "in between (0: every fifth time or less, 1: nearly always)"),
        ("Schlag auf Schlag, niemand kommt dazwischen",
         "one right after the other, nobody comes in between"),
        ("nicht Schlag auf Schlag", "not one right after the other"), 0.2),
}
# fmt: on
