"""`hhhilft import`: posts from files, and what could not be read."""

import sys
import time

import click

from data.config import Config
from data.formats import number, this_moment
from data.quarantine import sentence
from monitor.options import json_option, note, print_json, say, with_config
from monitor.reports import Imported


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@json_option
@with_config
def command(config: Config, files: tuple[str, ...], as_json: bool) -> None:
    """Take posts from files of many programs; plain, gzip or zstd; - is standard input.

    Own JSON, Parquet, CSV of CooRTweet, coordination-network-toolkit, 4CAT and minet, JSON of
    snscrape, twarc2, 4CAT, Zeeschuimer and Bluesky, CAR, Mastodon's outbox.json. The format is told
    by the content. What is no post goes to quarantine with its line and reason.
    A file once more adds nothing. Exit 1 only if nothing at all could be read.
    """
    from data.engine import open_store
    from monitor import steps

    engine = open_store(config.store_url)
    progress = _Progress(config) if sys.stderr.isatty() else (lambda _file, _lines: None)
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
    """Says on standard error how far it is, at most once a second."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.start = self.last = time.monotonic()

    def __call__(self, file: str, lines: int) -> None:
        now = time.monotonic()
        if now - self.last < 1:
            return
        self.last = now
        lang = self.config.watch.lang
        read, rate = number(lines, lang), number(lines / (now - self.start), lang)
        note(
            self.config,
            f"{file}: {read} Zeilen, {rate} je Sekunde",
            f"{file}: {read} lines, {rate} a second",
        )
