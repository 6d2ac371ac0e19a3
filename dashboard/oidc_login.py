"""Logging in by the provider that [oidc] names: leading there, and taking in who comes back.

What belongs to one attempt waits in the signed session cookie: only the browser that left can come
back, once, within ten minutes.
"""

import hmac
import logging
import secrets
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_limiter import Limiter
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from dashboard.access import BY_PROVIDER, OIDC_BACK, OIDC_START, begin_session
from dashboard.here import engine, here
from dashboard.login import PROBLEM, TRIES, own_path
from data import decisions
from data.config import Config
from data.decisions import Arrival
from data.errors import MonitorError
from data.oidc import secret_of_client

if TYPE_CHECKING:
    from dashboard.oidc import Identity, Oidc, ProviderError

LONGEST_ABSENCE = timedelta(minutes=10)
LONGEST_PATH = 1_000  # characters of where a person wanted to go; a cookie holds four times that
_ATTEMPT = "oidc"  # in the session
log = logging.getLogger("hhhilft")


def add_oidc_login(server: Flask, limiter: Limiter) -> None:
    """Add the two addresses; without [oidc] nothing is there. ConfigError where it cannot work."""
    config: Config = server.config["HHHILFT"]
    server.config["OIDC"] = None
    if config.oidc.issuer and not server.config["DEMO"]:
        secret = secret_of_client()
        from dashboard.oidc import Oidc

        server.config["OIDC"] = Oidc(config.oidc, secret)
    server.add_url_rule(OIDC_START, "oidc_start", limiter.limit(TRIES)(lead_there))
    server.add_url_rule(OIDC_BACK, "oidc_back", limiter.limit(TRIES)(take_back))


def lead_there() -> Response:
    """Send a person to the provider."""
    oidc = _oidc()
    from dashboard.oidc import Attempt, ProviderError

    if current_user.is_authenticated:
        return redirect("/")
    wanted = own_path(request.args.get("next", ""))
    wanted = wanted if len(wanted) <= LONGEST_PATH else "/"
    attempt = Attempt(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        redirect=url_for("oidc_back", _external=True),
    )
    try:
        address = oidc.address(attempt)
    except ProviderError as error:
        return _refuse(error, wanted)
    until = (here().now + LONGEST_ABSENCE).timestamp()
    session[_ATTEMPT] = {**asdict(attempt), "next": wanted, "until": until}
    return redirect(address)


def take_back() -> Response:
    """Let a person in whom the provider has sent back, as what their groups say."""
    oidc, at = _oidc(), here()
    from dashboard.oidc import Attempt, ProviderError

    kept = session.pop(_ATTEMPT, None)  # a second return finds nothing
    if not kept or not hmac.compare_digest(kept["state"].encode(), _given("state").encode()):
        return _say("oidc_stale", "/")
    wanted = kept.pop("next")
    if at.now.timestamp() > kept.pop("until"):
        return _say("oidc_stale", wanted)
    if "error" in request.args or not _given("code"):
        log.warning("OIDC: the provider answers %.80r", _given("error"))
        return _say("oidc_denied", wanted)
    try:
        found = oidc.identify(_given("code"), Attempt(**kept), at.now)
    except ProviderError as error:
        return _refuse(error, wanted)
    return _let_in(found, wanted)


def _let_in(found: "Identity", wanted: str) -> Response:
    at = here()
    issuer = at.config.oidc.issuer
    role = at.config.oidc.role_of(found.groups)
    if role is None:
        with engine().begin() as connection:
            decisions.end_sessions(connection, issuer, found.subject)
        return _say("oidc_no_group", wanted)
    try:
        with engine().begin() as connection:
            arrival = Arrival(issuer, found.subject, found.name, role)
            user = decisions.take_in(connection, arrival, at.now)
    except MonitorError as error:
        return _to_login(error.text(at.lang), wanted)
    login_user(begin_session(user, at.now.timestamp()))
    session[BY_PROVIDER] = True
    return redirect(wanted)


def _oidc() -> "Oidc":
    found: Oidc | None = current_app.config["OIDC"]
    return found or abort(404)


def _given(name: str) -> str:
    return request.args.get(name, "")


def _refuse(error: "ProviderError", wanted: str) -> Response:
    log.warning("OIDC: %.500s", error)
    return _say(error.key, wanted)


def _say(key: str, wanted: str) -> Response:
    at = here()
    return _to_login(at.say(f"login.{key}", name=at.config.oidc.name), wanted)


def _to_login(problem: str, wanted: str) -> Response:
    """Show the login with what went wrong; what the provider sent stays in no address."""
    session[PROBLEM] = problem
    return redirect("/login" if wanted == "/" else f"/login?next={quote(wanted)}")
