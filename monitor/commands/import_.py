"""`hhhilft import`: posts from files, and what could not be read."""

import gc
import sys
import time
from pathlib import Path

import click

from data.config import Config
from data.formats import number, this_moment
from data.quarantine import sentence
from monitor.options import json_option, note, print_json, say, with_config
from monitor.reports import Imported

SECONDS_BETWEEN = 0.5  # two lines of progress


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@json_option
@with_config
def command(config: Config, files: tuple[str, ...], as_json: bool) -> None:
    """Take posts from files of many programs; plain, gzip or zstd; - is standard input.

    Own JSON, Parquet, CSV of CooRTweet, coordination-network-toolkit, 4CAT and minet, JSON of
    snscrape, twarc2, 4CAT, Zeeschuimer and Bluesky, CAR, Mastodon's outbox.json, RSS and Atom. The
    format is told by the content. What is no post goes to quarantine with its line and reason.
    A file once more adds nothing; after an interruption it brings what is missing. Exit 1 only if
    nothing at all could be read.
    """
    from data.engine import open_store
    from monitor import steps
    from monitor.sources.files.batches import ALLOCATIONS

    gc.set_threshold(ALLOCATIONS)
    engine = open_store(config.store_url)
    progress = _Progress(config) if sys.stderr.isatty() else (lambda _file, _items, _share: None)
    reports = steps.import_files(engine, config, files, this_moment(), progress)
    if as_json:
        total = {
            name: sum(getattr(report, name) for report in reports)
            for name in ("new", "known", "updated", "quarantined")
        }
        print_json({**total, "files": [report.to_json() for report in reports]})
    else:
        for report in reports:
            _say(config, report)
    if not any(report.read for report in reports):
        note(
            config,
            "Nichts davon ließ sich lesen. Erwartet werden Beiträge als JSONL (network, id, "
            "created_at, account.id) oder eine Datei eines der Programme, die "
            "hhhilft import --help nennt; was in der Quarantäne liegt: hhhilft quarantine",
            "Nothing of it could be read. Expected are posts as JSONL (network, id, created_at, "
            "account.id) or a file of one of the programs that hhhilft import --help names; what "
            "is in quarantine: hhhilft quarantine",
        )
        sys.exit(1)


def _say(config: Config, report: Imported) -> None:
    lang = config.watch.lang
    if report.de:
        say(config, report.de, report.en)
        return
    new, known, updated, quarantined = (
        number(each, lang)
        for each in (report.new, report.known, report.updated, report.quarantined)
    )
    say(
        config,
        f"{report.file}: {new} neu, {known} bekannt, {updated} geändert, "
        f"{quarantined} in Quarantäne",
        f"{report.file}: {new} new, {known} known, {updated} updated, {quarantined} quarantined",
    )
    for code, lines in sorted((report.reasons or {}).items()):
        count = number(lines, lang)
        say(config, f"  {count} × {sentence(code, 'de')}", f"  {count} × {sentence(code, 'en')}")
    if report.latin1:
        count = number(report.latin1, lang)
        say(
            config,
            f"  {count} Zeilen sind kein UTF-8 und wurden als Latin-1 gelesen.",
            f"  {count} lines are no UTF-8 and were read as Latin-1.",
        )


class _Progress:
    """Draws on standard error how far each file is: a bar, the rate, the time that remains."""

    WIDTH = 24  # of the bar, in characters

    def __init__(self, config: Config) -> None:
        self.config = config
        self.file = ""
        self.start = self.last = time.monotonic()

    def __call__(self, file: str, items: int, share: float | None) -> None:
        now = time.monotonic()
        if file != self.file:
            self.file, self.start = file, self.last
        if share != 1 and now - self.last < SECONDS_BETWEEN:
            return
        self.last = now
        line = progress_line(file, items, share, now - self.start, self.config.watch.lang)
        click.echo(f"\r\x1b[K{line}", nl=share == 1, err=True)


def progress_line(file: str, items: int, share: float | None, seconds: float, lang: str) -> str:
    """Say how far a file is, in one line of a terminal."""
    count = number(items, lang)
    rate = number(items / seconds, lang) if seconds > 0 else "–"
    words = (f"{count} Einträge", f"{rate} je Sekunde", "noch")
    if lang == "en":
        words = (f"{count} items", f"{rate} a second", "left")
    parts = [Path(file).name, words[0], words[1]]
    if share is not None:
        full = round(share * _Progress.WIDTH)
        parts.insert(1, "█" * full + "░" * (_Progress.WIDTH - full) + f" {share:4.0%}")
        if 0 < share < 1:
            minutes, rest = divmod(round(seconds * (1 - share) / share), 60)
            parts.append(f"{words[2]} {minutes}:{rest:02}")
    return "  ".join(parts)
