"""How the tagger did, as one HTML file that stands alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from data.formats import number
from data.intents import read_intents
from data.topics import read_topics
from monitor.evaluation.pictures import key, lines
from monitor.evaluation.words import WORDS
from nlp.corrected import FEWEST, FOLDS, Compared, Right
from nlp.crossval import Report
from nlp.measures import NOTHING
from nlp.score import FIELDS, FieldScore

_TRAINED = FIELDS[:3]
_CONFUSED = 5  # labels given instead, a row


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the key of its lines and the table of its figures."""

    title: str
    note: str
    drawing: Markup
    key: Markup
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def page(
    report: Report,
    lang: str,
    compared: Compared | None = None,
    with_encoder: Mapping[str, Any] | None = None,
) -> str:
    """Write the page in `lang`; `compared` is None where nobody corrected anything.

    `with_encoder` is what `nlp.standing.held_out` returns.
    """
    environment = Environment(
        loader=PackageLoader("monitor.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    say = {**WORDS[lang]}
    names = {
        **{topic.key: topic.name(lang) for topic in read_topics()},
        **{intent.key: intent.name(lang) for intent in read_intents()},
    }
    return environment.get_template("evaluation.html.j2").render(
        lang=lang,
        say=say,
        invented=say["invented"].format(posts=number(sum(report.posts.values()), lang)),
        with_encoder=None if with_encoder is None else _with_encoder(with_encoder, say, lang),
        opposed=say["opposed"].format(
            posts=report.opposed.posts, taken=report.opposed.taken_for_hostile
        ),
        parts=[
            _scores(say["all"] if part == "all" else part, scores, report.rules[part], lang)
            for part, scores in report.model.items()
        ],
        languages=[
            _scores(say["all"] if name == "all" else name, scores, None, lang)
            for name, scores in report.languages.items()
        ],
        labels=_labels(report, {**say, **names}, lang),
        pictures=[_calibration(report, say), _curves(report, say), _learning(report, say)],
        corrections=None if compared is None else _corrections(compared, say, lang),
        confusion=[
            (say[field], _confused(confused, {**names, NOTHING: say["nothing"]}))
            for field, confused in report.confusion.items()
        ],
    )


def _scores(
    name: str, scores: Mapping[str, FieldScore], rules: Mapping[str, FieldScore] | None, lang: str
) -> list[str]:
    def told(field: str, *, macro: bool = False) -> str:
        value = scores[field].macro_f1 if macro else _whole(field, scores[field])
        if rules is None:
            return number(value, lang, 2)
        beside = rules[field].macro_f1 if macro else _whole(field, rules[field])
        return f"{number(value, lang, 2)} ({number(beside, lang, 2)})"

    posts = scores["lang"].micro.right + scores["lang"].micro.missed
    return [
        name,
        number(posts, lang),
        told("topics"),
        told("topics", macro=True),
        told("intents"),
        told("intents", macro=True),
        *(told(field) for field in FIELDS[2:]),
    ]


def _whole(field: str, score: FieldScore) -> float:
    return score.micro.precision if field == "lang" else score.micro.f1


def _with_encoder(found: Mapping[str, Any], say: Mapping[str, str], lang: str) -> str:
    told = ", ".join(f"{say[field]} {number(f1, lang, 2)}" for field, f1 in found["f1"].items())
    return say["with_encoder"].format(posts=number(found["posts"], lang), told=told)


def _corrections(
    compared: Compared, say: Mapping[str, str], lang: str
) -> tuple[str, str, list[list[str]]]:
    """Give what the corrected posts are, how they were judged, and a row a field."""

    def told(found: Right | None) -> str:
        if found is None or not found.posts:
            return "–"
        right = say["right"].format(right=number(found.right, lang), of=number(found.posts, lang))
        return f"{right} ({number(found.f1, lang, 2)})"

    rows = [
        [
            say[field],
            told(had),
            told(compared.without[field] if compared.without else None),
            told(compared.learned[field] if compared.learned else None),
        ]
        for field, had in compared.had.items()
    ]
    what = say["corrected_note"].format(posts=number(compared.posts, lang))
    how = "learned_note" if compared.learned else "too_few_corrections"
    return what, say[how].format(folds=FOLDS, fewest=FEWEST), rows


def _labels(
    report: Report, names: Mapping[str, str], lang: str
) -> list[tuple[str, str, str, str, str, int]]:
    rows = []
    for field in _TRAINED:
        rules = report.rules["all"][field].labels
        for label, each in report.model["all"][field].labels.items():
            name = names["urgent"] if label is True else names.get(str(label), str(label))
            beside = number(rules[label].f1, lang, 2) if label in rules else "–"
            precision, recall, f1 = (
                number(value, lang, 2) for value in (each.precision, each.recall, each.f1)
            )
            rows.append((name, precision, recall, f1, beside, round(100 * each.f1)))
    return rows


def _calibration(report: Report, say: Mapping[str, str]) -> Picture:
    series = {
        say[field]: [(each.said, each.true) for each in bins]
        for field, bins in report.calibration.items()
    }
    return Picture(
        say["calibration"],
        say["calibration_note"],
        lines(say["calibration"], say["said"], say["true"], series, diagonal=True),
        key(list(series)),
        ("", say["said"], say["true"], say["posts"]),
        [
            (say[field], f"{each.said:.2f}", f"{each.true:.2f}", str(each.labels))
            for field, bins in report.calibration.items()
            for each in bins
        ],
    )


def _curves(report: Report, say: Mapping[str, str]) -> Picture:
    series = {
        say[name]: [(each.recall, each.precision) for each in points]
        for name, points in report.curves.items()
    }
    return Picture(
        say["curves"],
        "",
        lines(say["curves"], say["recall"], say["precision"], series),
        key(list(series)),
        ("", say["said"], say["precision"], say["recall"]),
        [
            (say[name], f"≥ {each.cut:.2f}", f"{each.precision:.2f}", f"{each.recall:.2f}")
            for name, points in report.curves.items()
            for each in points
        ],
    )


def _learning(report: Report, say: Mapping[str, str]) -> Picture:
    series = {
        say[field]: [(share, found[field]) for share, found in report.learning.items()]
        for field in _TRAINED
    }
    marks = {0.0: "0 %", 0.25: "25 %", 0.5: "50 %", 0.75: "75 %", 1.0: "100 %"}
    return Picture(
        say["learning"],
        "",
        lines(say["learning"], say["share"], "F1", series, mark=marks),
        key(list(series)),
        (say["share"], *(say[field] for field in _TRAINED)),
        [
            (f"{share:.0%}", *(f"{found[field]:.2f}" for field in _TRAINED))
            for share, found in report.learning.items()
        ],
    )


def _confused(
    confused: Mapping[str, Mapping[str, int]], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [
        (
            names.get(missed, missed),
            ", ".join(
                f"{names.get(each, each)} ({count})"
                for each, count in list(row.items())[:_CONFUSED]
            ),
        )
        for missed, row in confused.items()
    ]
