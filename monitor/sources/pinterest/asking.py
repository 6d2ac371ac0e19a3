"""Asking API v5: what its refusals mean, and how a session with it is opened."""

from monitor.items.fields import at, word
from monitor.sources.http import Answer, Client, document_or_none
from monitor.sources.refused import Refused
from monitor.sources.source import Asking

SETTING = "[pinterest] server"


class Expired(Refused):
    """The token is not valid, or no longer."""


def connect(asking: Asking, token: str | None) -> Client:
    """Open a session."""
    here = asking.config.pinterest
    return Client(here.server, here.timeout_seconds, asking.patience, SETTING, token, _meaning)


def board_of(origin: str) -> str:
    """Return the number of the board at an origin."""
    return origin.rsplit("/", 1)[-1]


def _meaning(answer: Answer) -> Refused | None:
    """Read a refusal: `{"code": number, "message": words}`."""
    said = _said(answer)
    if answer.status == 401:
        return Expired(
            "denied",
            de="Der Zugang zu Pinterest gilt nicht oder ist abgelaufen. Einen neuen anlegen und "
            "als HHHILFT_PINTEREST_TOKEN setzen, oder ihn erneuern lassen ([pinterest] app).",
            en="The token for Pinterest is not valid or has ended. Make a new one and set it as "
            "HHHILFT_PINTEREST_TOKEN, or have it renewed ([pinterest] app).",
            said=said,
        )
    if answer.status == 403:
        return Refused(
            "denied",
            de="Dem Zugang zu Pinterest fehlt eine Berechtigung: Er braucht boards:read und "
            "pins:read, und die Pinnwand muss die eigene sein.",
            en="The token for Pinterest lacks a permission: it needs boards:read and pins:read, "
            "and the board must be its own.",
            said=said,
        )
    if answer.status == 404:
        return Refused(
            "not_found",
            de="Diese Pinnwand gibt es nicht, oder der Zugang sieht sie nicht. Die Nummer in "
            "[pinterest] prüfen.",
            en="There is no such board, or the token does not see it. Check the number in "
            "[pinterest].",
            said=said,
        )
    return None


def _said(answer: Answer) -> str:
    told = document_or_none(answer.body)
    code, message = at(told, "code"), word(at(told, "message"))
    number = f"({code})" if isinstance(code, int) else None
    return " ".join(each for each in (str(answer.status), number, message) if each)[:160]
