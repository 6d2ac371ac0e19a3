"""Asking X with the app's bearer token, and what its refusals mean."""

from collections.abc import Mapping
from typing import Any

from data.config import Config
from monitor.items.fields import at, objects
from monitor.sources.http import Answer, Client, Patience, document_or_none
from monitor.sources.refused import Refused
from monitor.sources.token_of import token_of

SETTING = "[x] server"
TOKEN = "HHHILFT_X_TOKEN"  # noqa: S105 - its name
_CONSOLE = "console.x.com"
_QUOTED = 200  # characters of X's own words that are kept


def open_client(config: Config, origin: str, patience: Patience) -> Client:
    """Make a client; Refused where there is no token."""
    token = token_of(TOKEN)
    return Client(origin, config.x.timeout_seconds, patience, SETTING, token, meaning)


def meaning(answer: Answer) -> Refused | None:
    """Read a refusal by its status and its problem; None where the status says it all."""
    problem = _problem(answer.body)
    kind = str(problem.get("type", "")).rsplit("/", 1)[-1]
    told = _told(answer.status, kind, str(problem.get("title", "")))
    if told is None:
        return None
    state, de, en = told
    return Refused(state, de, en, said=_said(answer.status, problem))


def _told(status: int, kind: str, title: str) -> tuple[str, str, str] | None:
    """Return state and sentences."""
    if kind == "usage-capped":
        return (
            "quota",
            "X gibt bis zum Ende des Abrechnungsmonats keine Beiträge mehr heraus: Die Grenze, "
            f"die X dem Zugang setzt, ist erreicht. Sie steht in {_CONSOLE}.",
            "X hands out no more posts until the billing month ends: the limit that X sets for "
            f"this access is reached. It is shown in {_CONSOLE}.",
        )
    if title == "SpendCapReached":
        return (
            "quota",
            "X gibt bis zum Ende des Abrechnungsmonats keine Beiträge mehr heraus: Die "
            f"Ausgabengrenze, die in {_CONSOLE} eingestellt ist, ist erreicht.",
            "X hands out no more posts until the billing month ends: the spending limit that is "
            f"set in {_CONSOLE} is reached.",
        )
    if status == 402 or kind == "credits":
        return (
            "quota",
            f"Das Guthaben bei X ist verbraucht. In {_CONSOLE} aufladen; dann geht es weiter.",
            f"The credits at X are spent. Buy some in {_CONSOLE}; then it goes on.",
        )
    if status == 401:
        return (
            "denied",
            f"X nimmt das Token in {TOKEN} nicht an: Es ist falsch, abgelaufen oder "
            f"widerrufen. In {_CONSOLE} ein neues Bearer Token erzeugen und dort setzen.",
            f"X does not accept the token in {TOKEN}: it is wrong, expired or revoked. Make a "
            f"new bearer token in {_CONSOLE} and set it there.",
        )
    if kind == "unsupported-authentication":
        return (
            "denied",
            f"Das Token in {TOKEN} ist von der falschen Art. X verlangt hier das Bearer Token "
            f"der App; {_CONSOLE} zeigt es unter Keys and tokens.",
            f"The token in {TOKEN} is of the wrong kind. X wants the bearer token of the app "
            f"here; {_CONSOLE} shows it under Keys and tokens.",
        )
    if kind == "client-forbidden":
        return (
            "denied",
            "Die App darf bei X nicht suchen: Sie gehört zu keinem Projekt, oder ihr Zugang "
            f"umfasst die Suche nicht. Beides lässt sich in {_CONSOLE} ändern.",
            "The app may not search at X: it belongs to no project, or its access does not "
            f"include the search. Both can be changed in {_CONSOLE}.",
        )
    if status == 400:
        return (
            "denied",
            "X versteht die Frage nicht. Stimmen die Hashtags in [watch] hashtags, und geht die "
            "Uhr dieses Rechners richtig?",
            "X does not understand the question. Are the hashtags in [watch] hashtags right, and "
            "is this computer's clock?",
        )
    return None


def _said(status: int, problem: Mapping[str, Any]) -> str:
    more = [at(each, "message") for each in objects(problem.get("errors"))]
    told = [problem.get("title"), problem.get("detail"), *more]
    said = dict.fromkeys(each for each in told if isinstance(each, str) and each)
    return f"{status} {': '.join(said)}".strip()[:_QUOTED]


def _problem(body: bytes) -> Mapping[str, Any]:
    told = document_or_none(body)
    return told if isinstance(told, Mapping) else {}
