"""The token for API v5: one that people set, or one that renews itself.

A token lives 30 days. Where an app is named, its secret and a refresh token bring the next one; the
refresh token changes with it. What came last is kept in `var/pinterest-token.json`, which only its
owner can read; a refresh token that people set anew goes before it.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from data.config import Config
from data.records import iso
from data.tokens import token_variable
from monitor.items.fields import at, count, word
from monitor.sources.http import document_or_none
from monitor.sources.pinterest.asking import connect
from monitor.sources.pinterest.mapping import NETWORK
from monitor.sources.refused import Refused
from monitor.sources.source import Asking
from monitor.sources.token_of import token_of
from monitor.whole_file import whole_file

APP_SECRET = "HHHILFT_PINTEREST_APP_SECRET"  # noqa: S105 - where it stands, not what it is
FILE = "pinterest-token.json"
EARLY = timedelta(days=1)  # so long before its end a token is renewed


class Kept(NamedTuple):
    """A token that renews itself."""

    access: str
    until: datetime  # of `access`
    refresh: str
    ends: datetime | None  # of `refresh`: then people have to log in again
    root: str  # hash of the refresh token that people had set


def tokens_to_try(asking: Asking) -> Iterator[str]:
    """Yield the token, and where it can be renewed a new one; Refused where there is none."""
    variable = token_variable(asking.config, NETWORK, asking.origin) or ""
    given = token_of(variable)
    if not asking.config.pinterest.app:
        yield given
        return
    kept = read_kept(asking.config)
    kept = kept if kept is not None and kept.root == _hash(given) else None
    if kept is not None and kept.until - asking.now > EARLY:
        yield kept.access
    yield _renew(asking, kept.refresh if kept else given, _hash(given)).access


def read_kept(config: Config) -> Kept | None:
    """Read what is kept; None where nothing is, or not in this form."""
    try:
        told = json.loads(_path(config).read_text("utf-8"))
        ends = told["ends"]
        return Kept(
            str(told["access"]),
            datetime.fromisoformat(told["until"]),
            str(told["refresh"]),
            datetime.fromisoformat(ends) if ends else None,
            str(told["root"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _renew(asking: Asking, refresh: str, root: str) -> Kept:
    pair = f"{asking.config.pinterest.app}:{token_of(APP_SECRET)}"
    basic = base64.b64encode(pair.encode()).decode()
    client = connect(asking, None)
    try:
        answer = client.post_form(
            "/v5/oauth/token",
            {"grant_type": "refresh_token", "refresh_token": refresh},
            {"Authorization": f"Basic {basic}"},
        )
    except Refused as refused:
        if refused.state != "denied":
            raise
        raise Refused(
            "denied",
            de="Pinterest erneuert den Zugang nicht. HHHILFT_PINTEREST_REFRESH_TOKEN neu anlegen; "
            f"[pinterest] app und {APP_SECRET} prüfen.",
            en="Pinterest does not renew the token. Make a new HHHILFT_PINTEREST_REFRESH_TOKEN; "
            f"check [pinterest] app and {APP_SECRET}.",
            said=refused.said,
        ) from refused
    finally:
        client.close()
    kept = _read(answer.body, refresh, root, asking.now)
    if kept is None:
        raise client.garbled("/v5/oauth/token")
    _keep(asking.config, kept)
    return kept


def _read(body: bytes, refresh: str, root: str, now: datetime) -> Kept | None:
    told = document_or_none(body)
    access, lives = word(at(told, "access_token")), count(at(told, "expires_in"))
    if access is None or lives is None:
        return None
    rest = count(at(told, "refresh_token_expires_in"))
    return Kept(
        access,
        now + timedelta(seconds=min(lives, 10**9)),
        word(at(told, "refresh_token")) or refresh,
        now + timedelta(seconds=min(rest, 10**9)) if rest else None,
        root,
    )


def _keep(config: Config, kept: Kept) -> None:
    path = _path(config)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        **kept._asdict(),
        "until": iso(kept.until),
        "ends": iso(kept.ends) if kept.ends else None,
    }
    whole_file(path, json.dumps(told), 0o600)


def _path(config: Config) -> Path:
    return config.folder / "var" / FILE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:16]
