"""`hhhilft match`: offers that answer needs, of the store or of files, each with its reasons."""

from pathlib import Path

import click

from data.config import Config
from data.formats import this_moment
from data.records import read_time
from monitor.options import json_option, note, print_json, say, with_config
from monitor.reading import Refusals, expanded

SHOWN = 20  # matches that are printed for people; all with --json


@click.command("match")
@click.option("--posts", metavar="FILE…", help="Look at files instead of the store; - is input.")
@click.argument("more", metavar="[FILE]…", nargs=-1)
@click.option(
    "--wishes", "only_wishes", is_flag=True, help="With --posts: what each post seeks or offers."
)
@click.option(
    "--at",
    "moment",
    metavar="TIME",
    help="With --posts: leave out what is over by then (ISO 8601; default: the newest post).",
)
@json_option
@with_config
def command(
    config: Config,
    posts: str | None,
    more: tuple[str, ...],
    only_wishes: bool,
    moment: str | None,
    as_json: bool,
) -> None:
    """Find offers for needs (with --json: JSON Lines, best first for each need).

    Matches by meaning, item, size, language, place and time; nobody is written to.
    """
    if posts is None:
        if more or only_wishes or moment:
            raise click.UsageError(
                "Files, --wishes and --at need --posts: hhhilft match --posts FILE"
            )
        _match_store(config, as_json=as_json)
    else:
        _match_files(config, expanded((posts, *more)), moment, only_wishes, as_json=as_json)


def _match_store(config: Config, *, as_json: bool) -> None:
    from data.engine import open_store
    from monitor import steps

    counts = steps.match(open_store(config.store_url), config, this_moment())
    if as_json:
        print_json(counts)
        return
    _tell(config, counts)


def _match_files(
    config: Config, paths: list[Path], moment: str | None, only_wishes: bool, *, as_json: bool
) -> None:
    from data.errors import RecordError
    from data.match_words import item_name, sentence
    from monitor.matching import as_document, counted, line, newest, read_told
    from nlp.answers import answers
    from nlp.pipeline import load

    try:
        now = read_time(moment) if moment else None
    except RecordError as error:
        raise click.BadParameter(f"{moment}: 2026-11-27T18:00:00Z", param_hint="--at") from error
    refusals = Refusals(config)
    told = read_told(paths, load(), refusals)
    refusals.tell()
    if only_wishes:
        for wish in (wish for each in told for wish in each.wishes):
            if as_json:
                print_json(line(wish))
            else:
                click.echo(f"{wish.post}  {wish.side}  {wish.item.name(config.watch.lang)}")
        return
    found = answers(told, now or newest(told))
    if as_json:
        for each in found:
            print_json(as_document(each, config.watch.lang))
        return
    _tell(config, counted(told, found))
    for each in found[:SHOWN]:
        name = item_name(each.item, config.watch.lang)
        click.echo(f"{each.need} ← {each.offer}  {name}  {each.score:.2f}")
        for reason in each.reasons:
            click.echo(f"    {sentence(reason, config.watch.lang)}")
    if len(found) > SHOWN:
        rest = len(found) - SHOWN
        note(
            config,
            f"{rest} weitere; --json zeigt alle.",
            f"{rest} more; --json shows all.",
        )


def _tell(config: Config, counts: dict[str, int]) -> None:
    say(
        config,
        f"Gesuche: {counts['needs']}, Angebote: {counts['offers']}. Für {counts['answered']} "
        "Gesuche gibt es ein passendes Angebot.",
        f"Needs: {counts['needs']}, offers: {counts['offers']}. {counts['answered']} needs have a "
        "fitting offer.",
    )
