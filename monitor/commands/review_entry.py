"""What `hhhilft review` says after an entry, and where somebody has not read the newest one."""

from data.config import Config
from data.decisions import Decision, DecisionConflict
from monitor.options import note, print_json, say
from monitor.review_words import VERDICTS, entry_json


def done(config: Config, entry: Decision, as_json: bool) -> None:
    """Say what was entered."""
    if as_json:
        print_json(entry_json(entry))
        return
    de, en = VERDICTS[entry.verdict]
    say(
        config,
        f"{entry.subject}: {de}, Eintrag {entry.id} von {entry.who}.",
        f"{entry.subject}: {en}, entry {entry.id} by {entry.who}.",
    )


def say_how_to_go_on(config: Config, conflict: DecisionConflict) -> None:
    """Say with which option somebody goes on who has read the newest entry."""
    note(
        config,
        f"Gelesen und trotzdem? Dann mit --seen {conflict.newest.id}.",
        f"Read it, and still? Then with --seen {conflict.newest.id}.",
    )
