"""`hhhilft user`: who may log in to the dashboard, and what they may do there."""

import sys
from collections.abc import Callable

import click
from sqlalchemy import Connection

from data import decisions
from data.config import Config
from data.engine import open_store
from data.formats import this_moment
from monitor.options import json_option, print_json, say, who_option, with_config


@click.group("user")
def command() -> None:
    """Add people, change roles and passwords, disable logins and enable them again.

    Roles: viewer sees figures; coordinator sees calls, offers and the network; press decides about
    warnings; admin also manages users. A password is asked for, or read from standard input. Each
    change stands in the protocol, with who made it and when.
    """


def _managing(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every change, and hand over the config."""
    for option in (
        with_config,
        who_option,
        click.option("--reason", default="", help="Why, in words; stays in the protocol."),
    ):
        function = option(function)
    return function


@command.command("add")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(list(decisions.ROLES)), default="viewer", show_default=True
)
@_managing
def add(config: Config, name: str, role: str, who: str, reason: str) -> None:
    """Add a person."""
    password = _ask_password()
    with open_store(config.store_url).begin() as connection:
        decisions.add_user(connection, name, role, password, this_moment(), who, reason)
    say(config, f"{name} kann sich jetzt anmelden ({role}).", f"{name} can log in now ({role}).")


@command.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(list(decisions.ROLES)))
@_managing
def role(config: Config, name: str, role: str, who: str, reason: str) -> None:
    """Change what a person may do."""
    with open_store(config.store_url).begin() as connection:
        decisions.set_role(connection, name, role, _by(connection, name, who, reason))
    say(config, f"{name} ist jetzt {role}.", f"{name} is {role} now.")


@command.command("password")
@click.argument("name")
@_managing
def password(config: Config, name: str, who: str, reason: str) -> None:
    """Set a new password; open sessions of that person end."""
    new = _ask_password()
    with open_store(config.store_url).begin() as connection:
        decisions.set_password(connection, name, new, _by(connection, name, who, reason))
    say(
        config,
        f"Das neue Passwort von {name} gilt. Offene Sitzungen sind beendet.",
        f"The new password of {name} is in force. Open sessions have ended.",
    )


@command.command("disable")
@click.argument("name")
@_managing
def disable(config: Config, name: str, who: str, reason: str) -> None:
    """Let a person log in no more; what they decided stays in the protocol."""
    with open_store(config.store_url).begin() as connection:
        decisions.disable_user(connection, name, _by(connection, name, who, reason))
    say(
        config,
        f"{name} kann sich nicht mehr anmelden. Offene Sitzungen sind beendet.",
        f"{name} can log in no more. Open sessions have ended.",
    )


@command.command("enable")
@click.argument("name")
@_managing
def enable(config: Config, name: str, who: str, reason: str) -> None:
    """Let a person log in again."""
    with open_store(config.store_url).begin() as connection:
        decisions.enable_user(connection, name, _by(connection, name, who, reason))
    say(config, f"{name} kann sich wieder anmelden.", f"{name} can log in again.")


@command.command("list")
@with_config
@json_option
def list_(config: Config, as_json: bool) -> None:
    """List who may log in."""
    with open_store(config.store_url).connect() as connection:
        users = decisions.list_users(connection)
    if as_json:
        print_json(
            [{"name": each.name, "role": each.role, "disabled": each.disabled} for each in users]
        )
        return
    for each in users:
        off = " (gesperrt)" if config.watch.lang == "de" else " (disabled)"
        click.echo(f"{each.name}\t{each.role}{off if each.disabled else ''}")
    if not users:
        say(
            config,
            "Noch niemand. Anlegen: hhhilft user add NAME --role admin",
            "Nobody yet. Add one: hhhilft user add NAME --role admin",
        )


def _by(connection: Connection, name: str, who: str, reason: str) -> decisions.By:
    """Say who changes a login; on the command line what stands in the protocol counts as seen."""
    user = decisions.find_user(connection, name)
    made = decisions.history(connection, "user", user.name) if user else []
    return decisions.By(who, this_moment(), reason, made[-1].id if made else None)


def _ask_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Passwort", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
