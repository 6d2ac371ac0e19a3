"""`hhhilft detect`: accounts that act together, in the store or in files; or their raw pairs."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from data.config import Config
from data.enough import note_words, notes
from data.errors import ConfigError
from monitor.options import json_option, note, print_json, say, with_config
from monitor.pairing import MODES, OBJECTS, Rule, pairs
from monitor.reading import Refusals, expanded

Command = TypeVar("Command", bound=Callable[..., None])


def _number(
    flag: str, name: str, usual: int, words: str, least: int = 1
) -> Callable[[Command], Command]:
    kind = click.IntRange(min=least)
    return click.option(flag, name, type=kind, default=usual, show_default=True, help=words)


@click.command("detect")
@click.option("--posts", metavar="FILE…", help="Look at files instead of the store; - is input.")
@click.argument("more", metavar="[FILE]…", nargs=-1)
@click.option("--pairs", "only_pairs", is_flag=True, help="With --posts: raw pairs, JSON Lines.")
@click.option(
    "--mode",
    type=click.Choice(MODES),
    default="own",
    show_default=True,
    help="Pairs by the program's own rule, or exactly as CooRTweet or the "
    "coordination-network-toolkit (directed) count them.",
)
@click.option(
    "--object",
    type=click.Choice(OBJECTS),
    default="any",
    show_default=True,
    help="What two accounts must share. CooRTweet's CSV names its objects itself.",
)
@_number("--window", "window_seconds", 60, "Pairs: longest gap in seconds.", least=0)
@_number("--min-shared", "min_shared", 2, "Pairs, own: fewest distinct objects.")
@_number("--min-participation", "min_participation", 2, "Pairs, coortweet: shares of an account.")
@_number("--min-weight", "min_weight", 2, "Pairs, toolkit: fewest posts, in each direction.")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What computes the pairs. spark is not part of this version.",
)
@click.option(
    "--explain",
    metavar="CLUSTER",
    help="Tell the story of one group (its id or how it begins), of the store or of --posts.",
)
@json_option
@with_config
def command(
    config: Config,
    posts: str | None,
    more: tuple[str, ...],
    only_pairs: bool,
    engine: str,
    explain: str | None,
    as_json: bool,
    **rule: Any,
) -> None:
    """Find accounts that act together: alert, watch or community, with the reasons.

    Looks at the store, or with --posts at files of any import format (globs are expanded).
    """
    if engine == "spark":
        raise ConfigError(
            de="Spark gehört nicht zu dieser Version. Die Option --engine weglassen.",
            en="Spark is not part of this version. Leave the option --engine out.",
        )
    if explain is not None and (only_pairs or not explain.strip()):
        raise click.UsageError("--explain needs the id of a group, and no --pairs.")
    if explain is not None and (posts is not None or not more):
        _explain(config, explain.strip(), () if posts is None else (posts, *more), as_json=as_json)
    elif posts is None:
        if more or only_pairs:
            raise click.UsageError("Files and --pairs need --posts: hhhilft detect --posts FILE")
        _detect_store(config, as_json=as_json)
    elif only_pairs:
        _print_pairs(config, expanded((posts, *more)), Rule(**rule), as_json=as_json)
    else:
        _detect_files(config, expanded((posts, *more)), as_json=as_json)


def _detect_store(config: Config, *, as_json: bool) -> None:
    from data.engine import open_store
    from data.formats import this_moment
    from monitor import steps
    from monitor.detecting import notes_json

    counts = steps.detect(open_store(config.store_url), config, this_moment())
    if as_json:
        print_json({**counts, "notes": notes_json(counts, config.watch.lang)})
        return
    _tell_notes(config, counts)
    say(
        config,
        f"Angesehene Beiträge: {counts['posts']}. Warnungen: {counts['alert']}, davon zu "
        f"entscheiden {counts['alert_to_decide']}. Beobachtungen: {counts['watch']}, davon zu "
        f"entscheiden {counts['watch_to_decide']}. Gemeinschaften: {counts['community']}.",
        f"Posts looked at: {counts['posts']}. Alerts: {counts['alert']}, of these to decide "
        f"{counts['alert_to_decide']}. To watch: {counts['watch']}, of these to decide "
        f"{counts['watch_to_decide']}. Communities: {counts['community']}.",
    )


def _detect_files(config: Config, paths: list[Path], *, as_json: bool) -> None:
    from data.reasons import sentence
    from monitor.detecting import document, find, measured, read_files

    refusals = Refusals(config)
    table = read_files(paths, refusals)
    refusals.tell()
    found = find(table, config).clusters
    if as_json:
        print_json(document(table, found, config.watch.lang))
        return
    _tell_notes(config, measured(table))
    if not found:
        say(config, "Keine Gruppe handelt auffällig gleich.", "No group acts strikingly alike.")
    names = {"alert": ("WARNUNG", "ALERT"), "watch": ("BEOBACHTEN", "WATCH")}
    for each in found:
        de, en = names.get(each.level, ("Gemeinschaft", "community"))
        first = each.reasons[0]
        say(
            config,
            f"{each.id}  {de}: {sentence(first, 'de')}",
            f"{each.id}  {en}: {sentence(first, 'en')}",
        )


def _tell_notes(config: Config, counts: Mapping[str, int]) -> None:
    for each in notes(counts):
        say(config, note_words(each, "de"), note_words(each, "en"))


def _explain(config: Config, start: str, files: tuple[str, ...], *, as_json: bool) -> None:
    from data.engine import open_store
    from monitor.explaining import found_story, stored_story
    from monitor.story_text import story_json, story_text

    if files:
        from monitor.detecting import read_files

        refusals = Refusals(config)
        table = read_files(expanded(files), refusals)
        refusals.tell()
        story = found_story(table, config, start)
    else:
        story = stored_story(open_store(config.store_url), start)
    lang, zone = config.watch.lang, ZoneInfo(config.watch.timezone)
    if as_json:
        print_json(story_json(story, lang, zone))
    else:
        click.echo(story_text(story, lang, zone))


def _print_pairs(config: Config, paths: list[Path], rule: Rule, *, as_json: bool) -> None:
    refusals, count = Refusals(config), 0
    for block in pairs(paths, rule, config, refusals):
        count += block.count("\n")
        if as_json:
            sys.stdout.write(block)
    refusals.tell()
    if as_json:
        note(config, f"{count} Paare.", f"{count} pairs.")
    else:
        say(
            config,
            f"{count} Paare. Mit --json werden sie ausgegeben.",
            f"{count} pairs. --json prints them.",
        )
