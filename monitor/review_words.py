"""Groups, blocks and people's decisions as `hhhilft review` prints them."""

from dataclasses import asdict

import click

from data.changes import change_words
from data.decisions import Block, Decision, came_on, way_of
from data.formats import day, moment, number
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
    "block_propose": ("zum Sperren vorgeschlagen", "proposed for blocking"),
    "block_confirm": ("Sperre bestätigt", "block confirmed"),
    "block_reject": ("Vorschlag abgelehnt", "proposal rejected"),
    "block_withdraw": ("Vorschlag zurückgezogen", "proposal withdrawn"),
    "unblock": ("Sperre aufgehoben", "block lifted"),
    "appeal": ("Einspruch eingegangen", "appeal came in"),
    "appeal_grant": ("Einspruch stattgegeben, Sperre aufgehoben", "appeal granted, block lifted"),
    "appeal_deny": ("Einspruch abgelehnt, Sperre bleibt", "appeal denied, the block stays"),
}
STATES = {  # of an account towards the block list -> (German, English)
    "proposed": ("wartet auf eine zweite Person", "waits for a second person"),
    "blocked": ("auf der Sperrliste", "on the block list"),
    "appealed": ("auf der Sperrliste, Einspruch offen", "on the block list, appeal open"),
    "rejected": ("Vorschlag abgelehnt", "proposal rejected"),
    "withdrawn": ("Vorschlag zurückgezogen", "proposal withdrawn"),
    "lifted": ("Sperre aufgehoben", "block lifted"),
}
WAYS = {  # by which an appeal comes -> (German, English)
    "mail": ("per E-Mail", "by mail"),
    "letter": ("per Brief", "by letter"),
    "other": ("auf anderem Weg", "by another way"),
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
        print_entry(entry, lang)


def print_block(block: Block, lang: str) -> None:
    """Print an account with its state and the entries since it was proposed."""
    state = STATES[block.state][0 if lang == "de" else 1]
    click.echo(f"{block.account}  {state}  --seen {block.newest}")
    for entry in block.entries:
        print_entry(entry, lang)


def print_entry(entry: Decision, lang: str) -> None:
    """Print an entry of the protocol; of an appeal also when and how it came."""
    n = 0 if lang == "de" else 1
    verdict = VERDICTS[entry.verdict][n]
    if entry.verdict == "appeal":
        verdict += f" ({day(came_on(entry), lang)}, {WAYS[way_of(entry)][n]})"
    when = moment(entry.at, lang)
    click.echo(f"    [{entry.id}] {when} {entry.who}: {verdict}. {entry.reason}".rstrip())


def block_json(block: Block) -> dict[str, object]:
    """Give an account with its state and entries as JSON; `seen` is what to say to go on."""
    return {
        "account": block.account,
        "state": block.state,
        "seen": block.newest,
        "entries": [{**entry_json(each), "basis": each.basis} for each in block.entries],
    }


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
