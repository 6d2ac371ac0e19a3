"""`hhhilft review block` and `hhhilft review appeal`: the block list, which takes two people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
from sqlalchemy import Connection

from data.account_names import keys_of_names
from data.config import Config
from data.decisions import (
    WAYS,
    DecisionConflict,
    DecisionError,
    decide_block,
    enter_appeal,
    history,
    list_blocks,
    propose,
)
from data.engine import open_store
from data.formats import this_moment
from data.page_reads.profiles import profiles_by_key
from monitor.commands.review_accounts import account_key
from monitor.commands.review_entry import done, say_how_to_go_on
from monitor.options import json_option, print_json, say, who_option, with_config
from monitor.review_words import block_json, print_block

MOST = 100_000  # accounts listed
WAITS, LISTED = ("proposed",), ("blocked", "appealed")
OVER = ("rejected", "withdrawn", "lifted")


@click.group("block")
def block() -> None:
    """Keep the block list: one person proposes, a second confirms, one lifts at any time.

    The program blocks nobody; the list is what people copy to the networks. Names are taken as
    given: who works at this terminal answers for --who.
    """


@click.group("appeal")
def appeal() -> None:
    """Enter and answer appeals; another person answers than who confirmed the block."""


@block.command("list")
@click.option("--all", "with_over", is_flag=True, help="Also what is rejected or lifted.")
@with_config
@json_option
def list_(config: Config, with_over: bool, as_json: bool) -> None:
    """List accounts on the block list and proposed for it, with their keys."""
    _list(config, (*WAITS, *LISTED, *(OVER if with_over else ())), as_json)


@appeal.command("list")
@with_config
@json_option
def list_appeals(config: Config, as_json: bool) -> None:
    """List accounts whose appeal waits for an answer."""
    _list(config, ("appealed",), as_json)


def _list(config: Config, states: tuple[str, ...], as_json: bool) -> None:
    with open_store(config.store_url).connect() as connection:
        found = list_blocks(connection, states, MOST)
    if as_json:
        print_json([block_json(each) for each in found])
        return
    if not found:
        say(config, "Hier steht niemand.", "Nobody is here.")
    for each in found:
        print_block(each, config.watch.lang)


def _stepping(group: click.Group, name: str, verdict: str) -> Callable[..., click.Command]:
    """Make a subcommand that takes this step about an account."""

    def made(function: Callable[..., None]) -> click.Command:
        @click.argument("account")
        @click.option("--reason", required=True, help="Why, in words.")
        @_who_and_seen
        @with_config
        @json_option
        def run(config: Config, as_json: bool, account: str, **given: Any) -> None:
            def step(connection: Connection, key: str) -> None:
                if verdict == "block_propose":
                    _refuse_institution(config, connection, key)
                    propose(connection, account=key, at=this_moment(), **given)
                else:
                    decide_block(
                        connection, account=key, verdict=verdict, at=this_moment(), **given
                    )

            _enter(config, account, step, as_json)

        run.__doc__ = function.__doc__
        return group.command(name)(run)

    return made


def _who_and_seen(function: Callable[..., None]) -> Callable[..., None]:
    seen = click.option("--seen", type=int, help="Number of the newest entry that you have read.")
    return who_option(seen(function))


@_stepping(block, "propose", "block_propose")
def propose_() -> None:
    """Propose an account (@name@server or network:id) for the block list."""


@_stepping(block, "confirm", "block_confirm")
def confirm() -> None:
    """Confirm a proposal of somebody else: the account gets on the list."""


@_stepping(block, "reject", "block_reject")
def reject() -> None:
    """Reject a proposal of somebody else."""


@_stepping(block, "withdraw", "block_withdraw")
def withdraw() -> None:
    """Withdraw your own proposal."""


@_stepping(block, "lift", "unblock")
def lift() -> None:
    """Take an account off the list; people undo the block in the network too."""


@_stepping(appeal, "grant", "appeal_grant")
def grant() -> None:
    """Grant an appeal: the block is lifted."""


@_stepping(appeal, "deny", "appeal_deny")
def deny() -> None:
    """Deny an appeal: the block stays."""


@appeal.command("enter")
@click.argument("account")
@click.option("--said", required=True, help="What the person says, in short; no names.")
@click.option(
    "--came", type=click.DateTime(["%Y-%m-%d"]), help="Day on which it came; by default today."
)
@click.option("--way", type=click.Choice(WAYS), default=WAYS[0], show_default=True)
@_who_and_seen
@with_config
@json_option
def enter(config: Config, as_json: bool, account: str, came: datetime | None, **given: Any) -> None:
    """Enter an appeal that came by mail or letter from somebody on the block list."""

    def step(connection: Connection, key: str) -> None:
        now = this_moment()
        day = (came or now).date()
        enter_appeal(connection, account=key, came=day, at=now, **given)

    _enter(config, account, step, as_json)


def _enter(
    config: Config, account: str, step: Callable[[Connection, str], None], as_json: bool
) -> None:
    try:
        with open_store(config.store_url).begin() as connection:
            key = account_key(connection, account)
            step(connection, key)
            newest = history(connection, "account", key)[-1]
    except DecisionConflict as conflict:
        say_how_to_go_on(config, conflict)
        raise
    done(config, newest, as_json)


def _refuse_institution(config: Config, connection: Connection, key: str) -> None:
    """Refuse an account that the settings name as a known institution."""
    profile = profiles_by_key(connection, [key]).get(key)
    handle = profile.handle if profile else None
    if key in keys_of_names(config.detect.institutions, {key: handle}):
        raise DecisionError(
            de=f"{key} steht in den Einstellungen als bekannte Einrichtung. Wer es trotzdem "
            "vorschlagen will, nimmt es dort heraus: [detect] institutions",
            en=f"The settings name {key} as a known institution. To propose it nevertheless, take "
            "it out there: [detect] institutions",
        )
