"""What an instance lets one read: its own word, in /api/v2/instance (Mastodon 4.5 and later)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from monitor.sources.http import Client
from monitor.sources.refused import Refused

_OPEN = ("public", None)  # None: an older server, which tells nothing and shows all


@dataclass(frozen=True, slots=True)
class Access:
    """Parameters that ask for what may be read, and what a person should know of it."""

    params: Mapping[str, str]
    note: tuple[str, str] | None = None


def read_access(client: Client, *, has_token: bool) -> Access:
    """Ask the instance whether its hashtag feeds are open; Refused where none is."""
    feeds = _feeds(client)
    local, remote = (
        feeds.get(which) in _OPEN or (has_token and feeds.get(which) == "authenticated")
        for which in ("local", "remote")
    )
    if local and remote:
        return Access({})
    if local:
        return Access(
            {"local": "true"},
            (
                f"{client.origin} zeigt nur Beiträge eigener Konten.{_hint_de(client.origin)}",
                f"{client.origin} shows only posts of its own accounts.{_hint_en(client.origin)}",
            ),
        )
    if remote:
        return Access(
            {"remote": "true"},
            (
                f"{client.origin} zeigt nur Beiträge anderer Server.{_hint_de(client.origin)}",
                f"{client.origin} shows only posts of other servers.{_hint_en(client.origin)}",
            ),
        )
    told = ", ".join(f"{which}: {feeds.get(which)}" for which in ("local", "remote"))
    if "authenticated" in feeds.values():
        raise denied(client.origin, f"hashtag_feeds {told}", has_token=has_token)
    raise Refused(
        "off",
        de=f"{client.origin} hat die Hashtag-Seiten abgeschaltet. "
        "In [mastodon] instances einen anderen Server nennen.",
        en=f"{client.origin} has switched its hashtag feeds off. "
        "Name another server in [mastodon] instances.",
        said=f"hashtag_feeds {told}",
    )


def denied(origin: str, said: str | None, *, has_token: bool) -> Refused:
    """Say that a login is needed, or is not enough, and where it is set."""
    name = token_name(origin)
    if has_token:
        de = (
            f"Der Zugangsschlüssel in {name} reicht nicht oder gilt nicht mehr; einen neuen setzen."
        )
        en = f"The access token in {name} is not enough or no longer valid; set a new one."
    else:
        de = f"Einen Zugangsschlüssel dieses Servers in die Umgebungsvariable {name} setzen."
        en = f"Put an access token of this server into the environment variable {name}."
    return Refused(
        "denied",
        de=f"{origin} zeigt den Hashtag nur Angemeldeten. {de}",
        en=f"{origin} shows the hashtag only to people who are logged in. {en}",
        said=said,
    )


def token_name(origin: str) -> str:
    """Name the environment variable that `data.config.mastodon_token` reads."""
    return "HHHILFT_MASTODON_TOKEN_" + re.sub(r"\W", "_", urlsplit(origin).netloc).upper()


def _feeds(client: Client) -> Mapping[str, Any]:
    try:
        document = client.get("/api/v2/instance").document
    except Refused as refused:
        if refused.state in ("denied", "not_found") and not (refused.said or "").startswith("3"):
            return {}  # a server before 4.0, or one that hides this: the timeline will tell
        raise
    try:
        feeds = document["configuration"]["timelines_access"]["hashtag_feeds"]
    except (KeyError, TypeError, IndexError):
        return {}
    return feeds if isinstance(feeds, Mapping) else {}


def _hint_de(origin: str) -> str:
    return f" Mit einem Zugangsschlüssel in {token_name(origin)} vielleicht mehr."


def _hint_en(origin: str) -> str:
    return f" With an access token in {token_name(origin)} perhaps more."
