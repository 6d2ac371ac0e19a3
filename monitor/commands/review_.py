"""`hhhilft review`: people's decisions about groups that act together, and about accounts."""

from collections.abc import Callable
from typing import Any

import click
from sqlalchemy import Connection

from data.config import Config
from data.decisions import NAMING, DecisionConflict, DecisionError, decide, history
from data.engine import open_store
from data.formats import this_moment
from data.page_reads import warnings
from monitor.commands.review_accounts import account_key, accounts
from monitor.commands.review_blocks import appeal, block
from monitor.commands.review_entry import done, say_how_to_go_on
from monitor.options import json_option, print_json, say, who_option, with_config
from monitor.review_words import LEVELS, group_json, print_group


@click.group("review")
def command() -> None:
    """Decide about groups that act together, name known accounts, keep the block list.

    Each entry says who, when and why, and stays. Who decides past an entry they have not seen is
    shown it first; --seen with its number says that it has been read.
    """


for each in (accounts, block, appeal):
    command.add_command(each)


@command.command("list")
@click.option("--all", "with_decided", is_flag=True, help="Also those that are decided.")
@click.option(
    "--level", type=click.Choice(list(LEVELS)), multiple=True, help="By default alert and watch."
)
@with_config
@json_option
def list_(config: Config, with_decided: bool, level: tuple[str, ...], as_json: bool) -> None:
    """List groups, those to decide first."""
    with open_store(config.store_url).connect() as connection:
        found = warnings.groups_of_levels(connection, level or ("alert", "watch"))
        shown = [
            (each, history(connection, "cluster", each.id))
            for each in found
            if with_decided or each.open
        ]
    if as_json:
        print_json([group_json(*each) for each in shown])
        return
    if not shown:
        say(config, "Nichts zu entscheiden.", "Nothing to decide.")
    for group, entries in shown:
        print_group(group, entries, config.watch.lang)


_METAVAR = {
    "reopen": "CLUSTER|ACCOUNT", "note": "CLUSTER|ACCOUNT",
    **dict.fromkeys(NAMING, "ACCOUNT"),
}  # fmt: skip


def _deciding(verdict: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a subcommand that adds an entry of this verdict."""
    needed: dict[str, Any] = {"default": ""} if verdict == "reopen" else {"required": True}

    def made(function: Callable[..., None]) -> click.Command:
        @click.argument("subject", metavar=_METAVAR.get(verdict, "CLUSTER"))
        @click.option("--reason", help="Why, in words.", **needed)
        @who_option
        @click.option("--seen", type=int, help="Number of the newest entry that you have read.")
        @with_config
        @json_option
        def run(config: Config, as_json: bool, **given: Any) -> None:
            _decide(config, verdict=verdict, as_json=as_json, **given)

        run.__doc__ = function.__doc__
        return command.command(verdict)(run)

    return made


@_deciding("confirm")
def confirm() -> None:
    """Confirm: this is coordinated, and not as a community does it."""


@_deciding("dismiss")
def dismiss() -> None:
    """Dismiss: this is harmless, or an error of the program."""


@_deciding("reopen")
def reopen() -> None:
    """Take a decision back: the group is open again, the account is no longer named."""


@_deciding("note")
def note_() -> None:
    """Add a note, without a decision."""


@_deciding("institution")
def institution() -> None:
    """Name an account (@name@server or network:id) as a known institution.

    What known accounts do together is no warning; among others they do not count.
    """


@_deciding("automated")
def automated() -> None:
    """Name an account (@name@server or network:id) as automation that is declared."""


def _decide(
    config: Config,
    *,
    verdict: str,
    subject: str,
    reason: str,
    who: str,
    seen: int | None,
    as_json: bool,
) -> None:
    try:
        with open_store(config.store_url).begin() as connection:
            kind, subject = _found(connection, verdict, subject)
            decide(connection, who, kind, subject, verdict, reason, seen, this_moment())
            newest = history(connection, kind, subject)[-1]
    except DecisionConflict as conflict:
        say_how_to_go_on(config, conflict)
        raise
    done(config, newest, as_json)


def _found(connection: Connection, verdict: str, subject: str) -> tuple[str, str]:
    """Say whether the subject is a cluster or an account, and how it is called in the store."""
    if verdict in NAMING or (":" in subject or "@" in subject):
        if verdict in ("confirm", "dismiss"):
            raise DecisionError(
                de=f"{subject} ist ein Konto. Bekannte Konten: hhhilft review institution, oder "
                "automated. Entschieden wird über Gruppen: hhhilft review list",
                en=f"{subject} is an account. Known accounts: hhhilft review institution, or "
                "automated. Decisions are about groups: hhhilft review list",
            )
        return "account", account_key(connection, subject)
    if warnings.group(connection, subject) is None:
        raise DecisionError(
            de=f"Eine Gruppe {subject} gibt es nicht. Alle: hhhilft review list --all",
            en=f"There is no group {subject}. All: hhhilft review list --all",
        )
    return "cluster", subject
