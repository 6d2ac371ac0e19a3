"""`hhhilft status`: how sources and jobs are doing, what the store holds, where gaps are."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from data import reads
from data.budgets import Budget, budgets
from data.config import Config
from data.engine import open_store
from data.formats import ago, ahead, moment, number, this_moment
from data.records import iso
from monitor.options import json_option, print_json, with_config

STATE_WORDS = {
    "ok": ("liefert", "delivers"),
    "empty": ("antwortet, nichts Neues", "answers, nothing new"),
    "denied": ("lässt uns nicht lesen", "does not let us read"),
    "not_found": ("gibt es dort nicht", "does not exist there"),
    "limited": ("bittet um eine Pause", "asks for a pause"),
    "unavailable": ("hat gerade einen Fehler", "has a fault just now"),
    "unreachable": ("ist nicht zu erreichen", "cannot be reached"),
    "garbled": ("antwortet Unlesbares", "answers unreadably"),
    "off": ("ist ausgeschaltet", "is switched off"),
    "quota": ("Kontingent verbraucht", "the quota is spent"),
    "running": ("läuft gerade", "is running"),
    "failed": ("ist fehlgeschlagen", "has failed"),
}
COUNT_WORDS = {  # of reads.counts
    "posts": ("Beiträge", "posts"),
    "deleted": ("gelöscht", "deleted"),
    "accounts": ("Konten", "accounts"),
    "tagged": ("eingeordnet", "tagged"),
    "untagged": ("noch nicht eingeordnet", "not tagged yet"),
    "labels": ("Merkmale", "labels"),
    "unmapped": ("noch nicht gelesen", "not read yet"),
    "quarantined": ("in Quarantäne", "quarantined"),
    "alerts": ("Warnungen", "alerts"),
    "watches": ("Beobachtungen", "to watch"),
    "communities": ("Gemeinschaften", "communities"),
}


@click.command("status")
@with_config
@json_option
def command(config: Config, as_json: bool) -> None:
    """Tell the state of sources, budgets, jobs and gaps."""
    engine = open_store(config.store_url)
    with engine.connect() as connection:
        sources = reads.source_states(connection)
        jobs = [run for run in reads.newest_runs(connection) if run.step != "collect"]
        counts = reads.counts(connection)
        left = budgets(connection, config, this_moment())
    if as_json:
        print_json(
            {
                "sources": [_source_json(each) for each in sources],
                "budgets": {network: each.to_json() for network, each in left.items()},
                "jobs": [_run_json(each) for each in jobs],
                "counts": counts,
            }
        )
        return
    _print(sources, left, jobs, counts, config.watch.lang, this_moment())


def _print(
    sources: list[reads.SourceState],
    left: Mapping[str, Budget],
    jobs: list[reads.Run],
    counts: Mapping[str, int],
    lang: str,
    now: datetime,
) -> None:
    de = lang == "de"
    click.echo("Quellen" if de else "Sources")
    if not sources:
        click.echo("  Noch keine Runde. " if de else "  No round yet. ", nl=False)
        click.echo("Beginnen: hhhilft collect" if de else "Begin: hhhilft collect")
    for each in sources:
        click.echo(f"  {each.source} {each.origin}: {_words(each.newest, lang, now)}")
        for start, end in _gaps(each):
            between = f"{moment(start, lang)} – {moment(end, lang)}"
            click.echo(("    Lücke: " if de else "    gap: ") + between)
        if each.quarantined:
            kept = number(each.quarantined, lang)
            click.echo(
                f"    {kept} unlesbar; welche: hhhilft quarantine"
                if de
                else f"    {kept} unreadable; which: hhhilft quarantine"
            )
    for network, budget in left.items():
        click.echo(f"  {network}: {budget.sentence(lang)}")
    click.echo("Arbeitsschritte" if de else "Jobs")
    if not jobs:
        click.echo("  Noch keiner gelaufen." if de else "  None has run yet.")
    for run in jobs:
        name = " ".join(part for part in (run.step, run.source, run.origin) if part)
        click.echo(f"  {name}: {_words(run, lang, now)}")
    click.echo("Speicher" if de else "Store")
    held = [(COUNT_WORDS.get(key, (key, key)), value) for key, value in counts.items()]
    click.echo("  " + ", ".join(f"{number(value, lang)} {de_en[not de]}" for de_en, value in held))


def _words(run: reads.Run, lang: str, now: datetime) -> str:
    words = STATE_WORDS.get(run.state, (run.state, run.state))[0 if lang == "de" else 1]
    text = f"{words}, {ago(run.finished_at or run.started_at, now, lang)}"
    if run.detail:
        text += f": {run.detail}"
    if run.next_try:
        text += " – " + ("nächster Versuch " if lang == "de" else "next try ")
        text += ahead(run.next_try, now, lang)
    return text


def _gaps(state: reads.SourceState) -> list[tuple[datetime, datetime]]:
    pairs = zip(state.covered, state.covered[1:], strict=False)
    return [(before[1], after[0]) for before, after in pairs]


def _source_json(state: reads.SourceState) -> dict[str, Any]:
    return {
        "source": state.source,
        "origin": state.origin,
        **_run_json(state.newest),
        "last_good": _iso(state.last_good),
        "covered": [[iso(start), iso(end)] for start, end in state.covered],
        "gaps": [[iso(start), iso(end)] for start, end in _gaps(state)],
        "quarantined": state.quarantined,
    }


def _run_json(run: reads.Run) -> dict[str, Any]:
    return {
        "step": run.step,
        "source": run.source,
        "origin": run.origin,
        "period": run.period,
        "state": run.state,
        "detail": run.detail,
        "started_at": iso(run.started_at),
        "finished_at": _iso(run.finished_at),
        "counts": dict(run.counts),
        "next_try": _iso(run.next_try),
    }


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None
