"""The digest as one HTML file that stands alone: two A4 pages one would pin to a wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined

from data.changes import change_words
from data.formats import change, day, day_span, moment, number, short_day, span, weekday
from data.page_reads.warnings import CLOSING, Group
from data.plain import isolated, plain
from data.reasons import against, sentence, speaking
from monitor.digest.communities import named
from monitor.digest.sentences import counted, sentences
from monitor.digest.summary import Digest, Source
from monitor.digest.words import source_name, words

TOPICS, PLACES, COMMUNITIES, WARNINGS = 13, 6, 4, 2  # rows that fit on two pages
LONGEST_ORIGIN = 120  # characters
_RIGHT_TO_LEFT = ("ar", "fa", "ps", "ur")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with two bars: the numbers as text, the bars' widths in per cent of the widest."""

    name: str
    first: str
    second: str
    difference: str
    difference_before: str
    first_width: int
    second_width: int


def render(digest: Digest, hashtag: str, topics: Mapping[str, str], lang: str) -> str:
    """Write the page in `lang`. `topics`: key -> name in `lang`."""
    environment = Environment(
        loader=PackageLoader("monitor.digest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("digest.html.j2").render(
        lang=lang,
        say=words(lang),
        digest=digest,
        hashtag=hashtag,
        number=int(digest.name[-2:]),
        days=day_span(digest.week.days[0], digest.week.days[-1], lang),
        made=moment(digest.made_at, lang, digest.week.zone),
        sentences=sentences(digest, topics, lang),
        balance_title=_balance_title(digest, topics, lang),
        balance=_balance(digest, topics, lang),
        days_title=_days_title(digest, lang),
        per_day=_per_day(digest, lang),
        quotes=_quotes(digest, topics, lang),
        quotes_more=_quotes_more(digest.quotes_left, lang),
        places=_places(digest, lang),
        network=_network(digest, lang),
        communities=_communities(digest, topics, lang),
        warnings=[_warning(each, digest, lang) for each in digest.warnings[:WARNINGS]],
        warnings_more=_warnings_more(len(digest.warnings) - WARNINGS, lang),
        decided=_decided(digest, lang),
        sources=[_source(each, lang) for each in digest.sources],
    )
    # mail programs drop <style>; what depends on paper or width stays in a second one
    return css_inline.CSSInliner(load_remote_stylesheets=False).inline(html)


def _balance_title(digest: Digest, topics: Mapping[str, str], lang: str) -> str:
    """Say what the table shows: the title is the finding."""
    widest = next((each for each in digest.topics if each.now.gap > 0), None)
    if widest is None:
        return words(lang)["enough"]
    name = topics.get(widest.key, widest.key)
    return f"Am meisten fehlt: {name}" if lang == "de" else f"Most is missing: {name}"


def _days_title(digest: Digest, lang: str) -> str:
    liveliest = max(digest.days, key=lambda each: each.posts)
    name = weekday(liveliest.day, lang)
    return f"{name} war am meisten los" if lang == "de" else f"{name} was the liveliest day"


def _balance(digest: Digest, topics: Mapping[str, str], lang: str) -> list[Row]:
    shown = digest.topics[:TOPICS]
    most = max((max(each.now.needs, each.now.offers) for each in shown), default=0) or 1
    return [
        Row(
            name=topics.get(each.key, each.key),
            first=number(each.now.needs, lang),
            second=number(each.now.offers, lang),
            difference=_signed(each.now.gap, lang),
            difference_before=_signed(each.before.gap, lang),
            first_width=_width(each.now.needs, most),
            second_width=_width(each.now.offers, most),
        )
        for each in shown
    ]


def _per_day(digest: Digest, lang: str) -> list[Row]:
    most = max((max(each.posts, each.before) for each in digest.days), default=0) or 1
    return [
        Row(
            name=short_day(each.day, lang),
            first=number(each.posts, lang),
            second=number(each.before, lang),
            difference=_signed(each.posts - each.before, lang),
            difference_before="",
            first_width=_width(each.posts, most),
            second_width=_width(each.before, most),
        )
        for each in digest.days
    ]


def _quotes(digest: Digest, topics: Mapping[str, str], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "text": each.text,
            "lang": each.lang or lang,
            "dir": "rtl" if each.lang in _RIGHT_TO_LEFT else "ltr",
            "urgent": each.urgent,
            "about": " · ".join(
                (
                    short_day(each.at.astimezone(digest.week.zone).date(), lang),
                    *(topics.get(key, key) for key in each.topics[:2]),
                    *each.places[:2],
                )
            ),
        }
        for each in digest.quotes
    ]


def _quotes_more(count: int, lang: str) -> str:
    if not count:
        return ""
    if lang == "de":
        return f"Dazu {counted(count, 'weiteres Gesuch|weitere Gesuche', lang)} auf der Übersicht."
    return f"And {counted(count, 'more call|more calls', lang)} on the overview."


def _places(digest: Digest, lang: str) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "posts": number(each.posts, lang),
            "before": number(each.before, lang),
            "needs": number(each.needs, lang),
            "offers": number(each.offers, lang),
        }
        for each in digest.places[:PLACES]
    ]


def _network(digest: Digest, lang: str) -> list[str]:
    now, before, net = digest.gathered.talk, digest.gathered.talk_before, digest.gathered.net
    than = ("in der Vorwoche", "the week before")
    de = lang == "de"
    replies = counted(now.replies, "Antwort|Antworten" if de else "reply|replies", lang)
    shared = counted(
        now.reposts, "geteilter Beitrag|geteilte Beiträge" if de else "share|shares", lang
    )
    lines = [
        f"{replies}, {change(now.replies, before.replies, lang, *than)}.",
        f"{shared}, {change(now.reposts, before.reposts, lang, *than)}.",
    ]
    if net.connectors:
        lines.append(
            f"{counted(net.connectors, 'Konto verbindet|Konten verbinden', lang)} "
            "drei und mehr Gemeinschaften."
            if de
            else f"{counted(net.connectors, 'account links|accounts link', lang)} "
            "three communities or more."
        )
    return lines


def _communities(digest: Digest, topics: Mapping[str, str], lang: str) -> list[str]:
    noun = "Konto|Konten" if lang == "de" else "account|accounts"
    return [
        f"{name} ({counted(accounts, noun, lang)})"
        for name, accounts in named(digest.gathered.net, topics)
        if name
    ][:COMMUNITIES]


def _warning(group: Group, digest: Digest, lang: str) -> dict[str, Any]:
    zone = digest.week.zone
    noun = "Konto|Konten" if lang == "de" else "account|accounts"
    return {
        "level": group.level,
        "accounts": counted(group.accounts, noun, lang),
        "networks": ", ".join(name.capitalize() for name in group.networks),
        "days": day_span(
            group.first.astimezone(zone).date(), group.last.astimezone(zone).date(), lang
        ),
        "verdict": _verdict(group, digest, lang),
        "changed": change_words(group.change, lang) if group.change else "",
        "reasons": [sentence(each, lang) for each in speaking(group.reasons)[:2]],
        "against": [sentence(each, lang) for each in against(group.reasons)[:1]],
    }


def _verdict(group: Group, digest: Digest, lang: str) -> str:
    """Say what people decided and when; not who and why, for the digest goes to many."""
    made = group.decision
    said = words(lang)[group.verdict if group.verdict in CLOSING else "open"]
    if made is None or group.verdict not in CLOSING:
        return said
    return f"{said} ({day(made.at.astimezone(digest.week.zone).date(), lang)})"


def _warnings_more(count: int, lang: str) -> str:
    if count <= 0:
        return ""
    if lang == "de":
        return f"{counted(count, 'weitere steht|weitere stehen', lang)} auf der Seite Warnungen."
    return f"{counted(count, 'more is|more are', lang)} on the page of warnings."


def _decided(digest: Digest, lang: str) -> str:
    confirmed = digest.gathered.decided.get("confirm", 0)
    dismissed = digest.gathered.decided.get("dismiss", 0)
    if not confirmed and not dismissed:
        return (
            "In dieser Woche hat niemand über eine Warnung entschieden."
            if lang == "de"
            else "Nobody decided about a warning this week."
        )
    if lang == "de":
        return f"In dieser Woche von Menschen bestätigt: {confirmed}, verworfen: {dismissed}."
    return f"This week people confirmed {confirmed} and dismissed {dismissed}."


def _source(source: Source, lang: str) -> dict[str, str]:
    say = words(lang)
    state = source.run.state if source.run else "read_once"
    missing = sum((gap.end - gap.start for gap in source.gaps), timedelta())
    name = source_name(source.name, lang)
    if source.origin:
        name += f" ({isolated(plain(source.origin.removeprefix('https://'))[:LONGEST_ORIGIN])})"
    return {
        "name": name,
        "posts": "–" if source.posts is None else number(source.posts, lang),
        "state": say.get(state, state),
        "missing": span(missing.total_seconds(), lang) if source.gaps else say["missing_none"],
    }


def _signed(value: int, lang: str) -> str:
    """Write a difference with its sign, a real minus for less than nothing."""
    if not value:
        return "0"
    return ("+" if value > 0 else "−") + number(abs(value), lang)


def _width(value: int, most: int) -> int:
    return max(1, round(100 * value / most)) if value else 0
