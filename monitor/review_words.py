"""Groups and people's decisions as `hhhilft review` prints them."""

from dataclasses import asdict

import click

from data.changes import change_words
from data.decisions import Decision
from data.formats import moment, number
from data.page_reads import warnings
from data.records import iso

LEVELS = {  # level -> (German, English)
    "alert": ("Warnung", "alert"),
    "watch": ("Beobachten", "watch"),
    "community": ("Gemeinschaft", "community"),
}
VERDICTS = {  # verdict -> (German, English)
    "confirm": ("bestätigt", "confirmed"),
    "dismiss": ("verworfen", "dismissed"),
    "reopen": ("wieder offen", "reopened"),
    "note": ("Notiz", "note"),
    "institution": ("als Einrichtung bekannt", "known as an institution"),
    "automated": ("als offene Automatik bekannt", "known as declared automation"),
}


def print_group(group: warnings.Group, entries: list[Decision], lang: str) -> None:
    """Print a group with what was decided and noted about it."""
    de = lang == "de"
    level = LEVELS[group.level][0 if de else 1]
    size = f"{number(group.accounts, lang)} {'Konten' if de else 'accounts'}"
    span = f"{moment(group.first, lang)} – {moment(group.last, lang)}"
    click.echo(f"{group.id}  {level} {number(group.score, lang, 2)}  {size}  {span}")
    if group.change is not None:
        click.echo(f"    {change_words(group.change, lang)}")
    for entry in entries:
        verdict = VERDICTS[entry.verdict][0 if de else 1]
        when = moment(entry.at, lang)
        click.echo(f"    [{entry.id}] {when} {entry.who}: {verdict}. {entry.reason}".rstrip())


def group_json(group: warnings.Group, entries: list[Decision]) -> dict[str, object]:
    """Give a group with its entries as JSON."""
    return {
        "id": group.id,
        "level": group.level,
        "score": group.score,
        "name": group.name,
        "kinds": list(group.kinds),
        "accounts": group.accounts,
        "first": iso(group.first),
        "last": iso(group.last),
        "open": group.open,
        "verdict": group.verdict,
        "changed": None if group.change is None else asdict(group.change),
        "entries": [entry_json(each) for each in entries],
    }


def entry_json(entry: Decision) -> dict[str, object]:
    """Give an entry of the protocol as JSON; its subject under the name of its kind."""
    return {
        "id": entry.id,
        "at": iso(entry.at),
        "who": entry.who,
        entry.subject_kind: entry.subject,
        "verdict": entry.verdict,
        "reason": entry.reason,
        "seen": entry.seen,
    }
