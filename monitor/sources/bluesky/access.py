"""Logging in with an app password, and asking with it; what a person can do where that fails."""

import json
from collections.abc import Mapping
from typing import Any

from data.config import Config
from monitor.items.fields import at
from monitor.sources.http import Answer, Client, Patience, document_or_none
from monitor.sources.refused import Refused
from monitor.sources.token_of import token_of

SETTING = "[bluesky] server"
PASSWORD = "HHHILFT_BLUESKY_PASSWORD"  # noqa: S105 - its name
_ACCEPT = {"Accept": "application/json"}
_SPENT = ("ExpiredToken", "InvalidToken")  # 400 or 401: the access token's two hours are over
_TOLD = (400, 401, 403)


class Session:
    """One login at one server. Tokens live as long as this object and are stored nowhere."""

    def __init__(self, client: Client, handle: str, password: str) -> None:
        self.client = client
        self._handle, self._password = handle, password
        self._access: str | None = None
        self._refresh: str | None = None

    def get(self, path: str, params: Mapping[str, Any]) -> Any:
        """Ask; a token that is spent is changed for a new one. Refused where access is denied."""
        if self._access is None:
            self._log_in()
        answer = self._ask(path, params)
        if _error(answer) in _SPENT:
            self._renew()
            answer = self._ask(path, params)
        if answer.status in _TOLD:
            raise self._denied(answer)
        return _document(self.client, answer)

    def _ask(self, path: str, params: Mapping[str, Any]) -> Answer:
        headers = {**_ACCEPT, "Authorization": f"Bearer {self._access}"}
        return self.client.fetch(path, params, headers, passing=_TOLD)

    def _log_in(self) -> None:
        answer = self.client.post(
            "/xrpc/com.atproto.server.createSession",
            {"identifier": self._handle, "password": self._password},
            _ACCEPT,
            passing=_TOLD,
        )
        if answer.status in _TOLD:
            raise self._denied(answer)
        self._take(answer)

    def _renew(self) -> None:
        answer = self.client.post(
            "/xrpc/com.atproto.server.refreshSession",
            headers={**_ACCEPT, "Authorization": f"Bearer {self._refresh}"},
            passing=_TOLD,
        )
        if answer.status in _TOLD:
            self._log_in()
        else:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        document = _document(self.client, answer)
        try:
            self._access, self._refresh = document["accessJwt"], document["refreshJwt"]
        except (KeyError, TypeError) as error:
            raise self.client.garbled("a login without tokens") from error

    def _denied(self, answer: Answer) -> Refused:
        where = self.client.origin
        said = f"{answer.status} {_error(answer)} {_message(answer)}".strip()[:160]
        return Refused(
            "denied",
            de=f"{where} lässt {self._handle} nicht suchen. Den Namen in [bluesky] handle und "
            f"das App-Passwort in {PASSWORD} prüfen; ein neues geben Blueskys Einstellungen.",
            en=f"{where} does not let {self._handle} search. Check the name in [bluesky] handle "
            f"and the app password in {PASSWORD}; Bluesky's settings give a new one.",
            said=said,
        )


def open_session(config: Config, origin: str, patience: Patience) -> Session:
    """Make a session, not logged in yet; Refused where the settings have no login."""
    here = config.bluesky
    if not here.handle:
        raise Refused(
            "no_token",
            de="Bluesky lässt nur Angemeldete suchen. Ein Konto in [bluesky] handle nennen und "
            f"sein App-Passwort in die Umgebungsvariable {PASSWORD} setzen.",
            en="Bluesky lets only people who are logged in search. Name an account in [bluesky] "
            f"handle and put its app password into the environment variable {PASSWORD}.",
        )
    password = token_of(PASSWORD)
    client = Client(origin, here.timeout_seconds, patience, SETTING)
    return Session(client, here.handle, password)


def _document(client: Client, answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise client.garbled(answer.body[:160].decode("utf-8", "replace")) from error


def _error(answer: Answer) -> str:
    return _named(answer, "error") if answer.status in _TOLD else ""


def _message(answer: Answer) -> str:
    return _named(answer, "message")


def _named(answer: Answer, field: str) -> str:
    value = at(document_or_none(answer.body), field)
    return value if isinstance(value, str) else ""
