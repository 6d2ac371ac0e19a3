"""A stream that does not deliver, in words."""

from collections.abc import Mapping
from typing import Any

from websockets.exceptions import InvalidStatus

from monitor.sources.http import document_or_none
from monitor.sources.refused import Refused

_SETTING = "[bluesky] stream"


def error_name(error: InvalidStatus) -> str:
    """Return the name of an error that a connection is refused with, "" where it has none."""
    told = document_or_none(error.response.body or b"")
    return str(told.get("error")) if isinstance(told, Mapping) else ""


def refused(origin: str, error: InvalidStatus) -> Refused:
    """Say why a connection is refused."""
    status = error.response.status_code
    said = f"{status} {error_name(error)}".strip()
    if status == 429:
        return Refused(
            "limited",
            de=f"{origin} nimmt gerade keine weiteren Verbindungen an. Es geht nach der Pause da "
            "weiter, wo es aufgehört hat.",
            en=f"{origin} takes no more connections just now. After the pause it goes on where it "
            "stopped.",
            said=said,
        )
    if status >= 500:
        return Refused(
            "unavailable",
            de=f"{origin} ist gestört (Antwort {status}). Es wird wieder versucht.",
            en=f"{origin} is out of order (it answers {status}). It is tried again.",
            said=said,
        )
    if status in (404, 410) or status < 400:
        return Refused(
            "not_found",
            de=f"Unter {origin} gibt es keinen Strom dieser Art. Die Adresse in {_SETTING} prüfen.",
            en=f"There is no stream of this kind at {origin}. Check the address in {_SETTING}.",
            said=said,
        )
    return Refused(
        "denied",
        de=f"{origin} verweigert den Strom (Antwort {status}).",
        en=f"{origin} refuses the stream (it answers {status}).",
        said=said,
    )


def unreachable(origin: str, said: str) -> Refused:
    """Say that there is no connection, or none that lasts."""
    return Refused(
        "unreachable",
        de=f"{origin} antwortet nicht oder bricht ab. Es geht da weiter, wo es aufgehört hat.",
        en=f"{origin} does not answer or breaks off. It goes on where it stopped.",
        said=said[:160],
    )


def ended(origin: str, message: Mapping[str, Any]) -> Refused:
    """Say what the server said when it ended the stream."""
    return Refused(
        "unavailable",
        de=f"{origin} hat den Strom beendet. Es geht da weiter, wo es aufgehört hat.",
        en=f"{origin} has ended the stream. It goes on where it stopped.",
        said=f"{message.get('error')} {message.get('message', '')}".strip()[:160],
    )
