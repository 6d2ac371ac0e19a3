"""`hhhilft quarantine`: what could not be read, where it stands, and why."""

from collections.abc import Mapping, Sequence

import click

from data.config import Config
from data.engine import open_store
from data.formats import number
from data.quarantine import sentence
from data.quarantine_reads import Quarantined, counts_by_code, quarantined
from data.records import iso
from monitor.options import json_option, note, print_json, say, with_config

_SHOWN = 80  # characters of an item on a terminal


@click.command("quarantine")
@click.option("--code", help="Only this reason, e.g. time_implausible.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Items shown.")
@with_config
@json_option
def command(config: Config, code: str | None, limit: int, as_json: bool) -> None:
    """List what could not be read, with the reason: first how much, then the newest items.

    Nothing is thrown away: a later version of the program may be able to read it.
    """
    lang = config.watch.lang
    with open_store(config.store_url).connect() as connection:
        counts = counts_by_code(connection)
        items = quarantined(connection, code, limit)
    if as_json:
        print_json({"counts": counts, "items": [_as_json(each, lang) for each in items]})
        return
    if not counts:
        say(config, "Nichts in Quarantäne.", "Nothing in quarantine.")
        return
    _print(counts, items, lang)
    left = sum(counts.values()) if code is None else counts.get(code, 0)
    if left > len(items):
        note(
            config,
            f"{number(len(items), lang)} von {number(left, lang)}; mehr mit --limit.",
            f"{number(len(items), lang)} of {number(left, lang)}; more with --limit.",
        )


def _print(counts: Mapping[str, int], items: Sequence[Quarantined], lang: str) -> None:
    for code, count in counts.items():
        click.echo(f"{number(count, lang):>8}  {code}: {sentence(code, lang)}")
    for each in items:
        click.echo(f"\n{_place(each, lang)}: {sentence(each.code, lang)} {each.detail}".rstrip())
        body = " ".join(each.body.split())
        click.echo("    " + (body if len(body) <= _SHOWN else body[:_SHOWN] + "…"))


def _place(item: Quarantined, lang: str) -> str:
    if item.line is None:
        return f"{item.source} {item.origin}"
    return f"{item.origin}, {'Zeile' if lang == 'de' else 'line'} {item.line}"


def _as_json(item: Quarantined, lang: str) -> dict[str, object]:
    return {
        "id": item.id,
        "source": item.source,
        "origin": item.origin,
        "line": item.line,
        "code": item.code,
        "reason": sentence(item.code, lang),
        "detail": item.detail,
        "body": item.body,
        "mapper": item.mapper,
        "at": iso(item.at),
    }
