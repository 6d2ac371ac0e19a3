"""The tokens by which networks let us read: where they stand, and when they end.

When, is known as far as the networks say so.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from data.config import Config
from data.formats import moment
from data.tables import cursors

ENDS = "token ends"  # name of the cursor: an ISO time; empty where it never ends or nobody told
WARN_BEFORE = timedelta(days=14)


def token_variable(config: Config, network: str, origin: str) -> str | None:
    """Name where the token for an origin stands, None where the network needs none."""
    if network == "bluesky":  # its stream needs none
        return "HHHILFT_BLUESKY_PASSWORD" if origin.startswith("http") else None
    renewed = "REFRESH_" if config.pinterest.app else ""
    return {
        "instagram": "HHHILFT_INSTAGRAM_TOKEN",
        "facebook": f"HHHILFT_FACEBOOK_TOKEN_{origin.rsplit('/', 1)[-1]}",
        "x": "HHHILFT_X_TOKEN",
        "pinterest": f"HHHILFT_PINTEREST_{renewed}TOKEN",
    }.get(network)


def token_end(cursors: Mapping[str, str]) -> datetime | None:
    """Read the end out of an origin's cursors by name."""
    told = cursors.get(ENDS)
    return datetime.fromisoformat(told) if told else None


def token_ends(connection: Connection) -> dict[tuple[str, str], datetime]:
    """Return all ends that are known, by network and origin."""
    query = select(cursors.c.source, cursors.c.origin, cursors.c.value).where(
        cursors.c.name == ENDS, cursors.c.value != ""
    )
    return {
        (network, origin): datetime.fromisoformat(value)
        for network, origin, value in connection.execute(query)
    }


def end_words(origin: str, at: datetime, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Say in German and English when the token for `origin` ends, and what to do."""
    de, en = moment(at, "de", zone), moment(at, "en", zone)
    if at <= now:
        return (
            f"Der Zugang zu {origin} ist am {de} abgelaufen. Einen neuen anlegen und eintragen.",
            f"The token for {origin} ended on {en}. Make a new one and put it in its place.",
        )
    return (
        f"Der Zugang zu {origin} gilt nur noch bis {de}. Vorher einen neuen anlegen und eintragen.",
        f"The token for {origin} is valid only until {en}. Make a new one before that and put it "
        "in its place.",
    )
