"""Whole profiles of authors: how they call themselves, whether they want to be shown or read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from monitor.sources.refused import Refused

AT_ONCE = 25  # profiles, or posts, in one reply; the server's limit
Ask = Callable[[str, Mapping[str, Any]], Any]  # path and parameters -> the JSON document


class People:
    """Asks for each author once in a round. Where the server refuses, they stay unknown."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, Mapping[str, Any] | None] = {}
        self.refused: Refused | None = None

    def profiles(self, dids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        """Return profiles by DID; those that the server does not tell are absent."""
        wanted = list(dict.fromkeys(dids))
        new = [did for did in wanted if did not in self._known]
        for start in range(0, len(new), AT_ONCE):
            if self.refused is None:
                self._learn(new[start : start + AT_ONCE])
        found = {did: self._known.get(did) for did in wanted}
        return {did: profile for did, profile in found.items() if profile is not None}

    def _learn(self, dids: list[str]) -> None:
        try:
            document = self._ask("/xrpc/app.bsky.actor.getProfiles", {"actors": dids})
        except Refused as refused:
            self.refused = refused
            return
        self._known |= dict.fromkeys(dids)
        for each in _listed(document, "profiles"):
            if each.get("did") in self._known:
                self._known[each["did"]] = each


def views(ask: Ask, uris: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Ask for posts by their addresses; those that are not there are absent. Refused if refused."""
    found: dict[str, Mapping[str, Any]] = {}
    wanted = list(uris)
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        document = ask("/xrpc/app.bsky.feed.getPosts", {"uris": part})
        found |= {str(each.get("uri")): each for each in _listed(document, "posts")}
    return found


def _listed(document: Any, field: str) -> list[Mapping[str, Any]]:
    each = document.get(field) if isinstance(document, Mapping) else None
    if not isinstance(each, list):
        raise Refused(
            "garbled",
            de="Bluesky antwortet anders als erwartet. Es wird wieder versucht.",
            en="Bluesky answers otherwise than expected. It is tried again.",
            said=f"no {field}",
        )
    return [item for item in each if isinstance(item, Mapping)]
