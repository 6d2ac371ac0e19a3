"""What an account says of itself: automated, or speaking for an office, a paper, an association."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

_AUTOMATED = re.compile(
    r"\b(bot|automat(isch|isiert|ed)|rss|feed|ticker)\b|newsbot|_bot\b|bot$", re.IGNORECASE
)
_INSTITUTION = re.compile(
    r"bezirksamt|behörde|behoerde|\bamt\b|^amt[ .-]|senat|\bstadt hamburg|stadthamburg|polizei"
    r"|feuerwehr|ministerium|pressestelle|\be\. ?v\.|\bev\b|verein\b|verband|stiftung|gemeinde"
    r"|diakonie|caritas|rotes kreuz|\bdrk\b|\basb\b|malteser|johanniter|initiative|helferkreis"
    r"|netzwerk|nachbarschaftshilfe|treffpunkt|stadtteilbüro|stadtteilbuero|bürgerhaus|kulturladen"
    r"|runder tisch|redaktion|nachrichten|zeitung|kurier|radio|rundfunk|blatt\b|verlag|universität"
    r"|hochschule|schule\b|offizieller? (account|kanal)|impressum",
    re.IGNORECASE,
)


def profiles(posts: pa.Table) -> dict[str, Mapping[str, Any]]:
    """Give each account's newest profile by its key (the columns of POST_SCHEMA)."""
    columns = [
        "account",
        "network",
        "handle",
        "name",
        "bio",
        "bot",
        "account_created",
        "created_at",
    ]
    order = np.argsort(posts["created_at"].to_numpy(), kind="stable")[::-1]
    accounts = posts["account"].combine_chunks().dictionary_encode().indices.to_numpy()
    _, first = np.unique(accounts[order], return_index=True)
    newest = posts.select(columns).take(pa.array(order[first]))
    return {row["account"]: row for row in newest.to_pylist()}


def declares_automation(profile: Mapping[str, Any]) -> bool:
    """Say whether the account is open about being automated: its flag, name or description."""
    said = (profile["name"], profile["handle"], profile["bio"])
    return profile["bot"] is True or any(_AUTOMATED.search(each or "") for each in said)


def is_institution(profile: Mapping[str, Any]) -> bool:
    """Say whether name or description read like an office's, a paper's or an association's.

    Anybody can write so: it explains why accounts act together, it does not prove who they are.
    """
    return any(_INSTITUTION.search(profile[each] or "") for each in ("name", "handle", "bio"))


def same_person(profile: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two accounts on different networks carry the same handle or full name."""
    if profile["network"] == other["network"]:
        return False
    handles = {_handle(profile), _handle(other)}
    if len(handles) == 1 and "" not in handles:
        return True
    names = {(each["name"] or "").strip().lower() for each in (profile, other)}
    return len(names) == 1 and all(" " in each for each in names)


def _handle(profile: Mapping[str, Any]) -> str:
    local = (profile["handle"] or "").lower().split("@")[0].removesuffix(".bsky.social")
    return re.sub(r"[\W_]+", "", local)
