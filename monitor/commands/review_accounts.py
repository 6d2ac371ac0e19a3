"""`hhhilft review accounts`: accounts that people have named, and how commands find one."""

import click
from sqlalchemy import Connection

from data.account_names import is_account_name
from data.config import Config
from data.decisions import DecisionError, named_accounts
from data.engine import open_store
from data.formats import moment
from data.page_reads.named import keys_of
from data.records import iso
from monitor.options import json_option, print_json, say, with_config
from monitor.review_words import VERDICTS


@click.command("accounts")
@with_config
@json_option
def accounts(config: Config, as_json: bool) -> None:
    """List accounts that people named as an institution or as declared automation."""
    with open_store(config.store_url).connect() as connection:
        named = named_accounts(connection)
    if as_json:
        print_json(
            [
                {
                    "account": each.subject,
                    "verdict": each.verdict,
                    "at": iso(each.at),
                    "who": each.who,
                    "reason": each.reason,
                    "id": each.id,
                }
                for each in named
            ]
        )
        return
    if not named:
        say(config, "Niemand hat ein Konto benannt.", "Nobody has named an account.")
    for each in named:
        when = moment(each.at, config.watch.lang)
        de, en = VERDICTS[each.verdict]
        say(
            config,
            f"{each.subject}: {de}. [{each.id}] {when} {each.who}: {each.reason}",
            f"{each.subject}: {en}. [{each.id}] {when} {each.who}: {each.reason}",
        )


def account_key(connection: Connection, name: str) -> str:
    """Find the one account of this name (key or handle); DecisionError with the fix if not one."""
    if not is_account_name(name):
        raise DecisionError(
            de=f"{name} ist kein Konto. Zum Beispiel so: @amt@norden.social oder mastodon:123",
            en=f"{name} is no account. For example: @amt@norden.social or mastodon:123",
        )
    found = keys_of(connection, name)
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionError(
            de=f"{name} heißen mehrere Konten; eines davon nennen: {', '.join(found)}",
            en=f"Several accounts are called {name}; name one of them: {', '.join(found)}",
        )
    raise DecisionError(
        de=f"Ein Konto {name} kennt der Bestand nicht. Wer noch nichts geschrieben hat, gehört in "
        "die Einstellungen: [detect] institutions",
        en=f"The store has no account {name}. Who has not written yet belongs in the settings: "
        "[detect] institutions",
    )
