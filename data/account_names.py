"""Accounts as people write them: "@name@server", "@name", or network and id."""

import re
from collections.abc import Iterable, Mapping

_HANDLE = re.compile(r"@[^\s@:/]+(@[^\s@:/]+\.[^\s@:/]+)?")
_KEY = re.compile(r"[a-z][a-z0-9_-]*:[^\s]+")


def is_account_name(name: str) -> bool:
    """Say whether this names an account: a handle with its @, or a key (network:account id)."""
    if name.startswith(("http://", "https://")):
        return False
    return bool(_HANDLE.fullmatch(name) or _KEY.fullmatch(name))


def keys_of_names(names: Iterable[str], handles: Mapping[str, str | None]) -> frozenset[str]:
    """Give the keys of the accounts that are named, by `handles` (account key -> handle).

    A key stands for itself. A handle must be the whole one, large or small: "@amt" is not
    "@amt@elsewhere.example", because anybody can take that name on another server.
    """
    wanted = {name.removeprefix("@").lower() for name in names if name.startswith("@")}
    found = {key for key, handle in handles.items() if handle and _bare(handle) in wanted}
    return frozenset(found | {name for name in names if not name.startswith("@")})


def _bare(handle: str) -> str:
    return handle.removeprefix("@").lower()
