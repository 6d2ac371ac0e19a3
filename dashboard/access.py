"""Who may see and do what: the login's rules, the roles, and the refusal to listen unprotected."""

import functools
import ipaddress
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, redirect, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import Engine
from werkzeug.wrappers import Response as Answer

from data import decisions
from data.config import SECRET_KEY, Config, secret
from data.errors import ConfigError

SEES_FIGURES = ("viewer", "coordinator", "press", "admin")
SEES_PEOPLE = ("coordinator", "press", "admin")  # calls for help, who acts with whom
DECIDES = ("press", "admin")
READS_PROTOCOL = ("press", "admin")
MANAGES = ("admin",)
CORRECTS = ("coordinator", "press", "admin")  # says what a post is about
HANDLES = ("coordinator", "press", "admin")  # takes and answers questions
LONGEST_SESSION = timedelta(hours=12)
_OPEN = (
    "/assets/",
    "/_dash-component-suites/",
    "/_favicon.ico",
)  # no secrets: the program's own files
PUBLIC = {  # path -> words: what everybody can read
    "/datenschutz": "privacy",
    "/barrierefreiheit": "accessible",
    "/transparenz": "transparent",
}
OIDC_START, OIDC_BACK = "/login/oidc", "/login/oidc/back"
_OPEN_PAGES = ("/login", OIDC_START, OIDC_BACK, *PUBLIC)
BY_PROVIDER = "by_provider"  # in the session of who was let in by the provider of [oidc]

Reply = TypeVar("Reply")


class Person(UserMixin):  # type: ignore[misc]
    """Who is logged in."""

    def __init__(self, name: str, role: str) -> None:
        self.id = name
        self.name = name
        self.role = role


DEMO = Person("demo", "press")


def check_exposure(config: Config, engine: Engine) -> None:
    """Refuse to listen beyond this machine without users and a lasting secret key."""
    host = config.dashboard.host
    if _is_loopback(host):
        return
    with engine.connect() as connection:
        users = [each for each in decisions.list_users(connection) if not each.disabled]
    if not users and not config.oidc.issuer:
        raise ConfigError(
            de=f"[dashboard] host ist {host}: Die Seiten wären für andere Rechner offen, aber noch "
            "darf sich niemand anmelden. Zuerst: hhhilft user add NAME --role admin",
            en=f"[dashboard] host is {host}: other machines could reach the pages, but nobody may "
            "log in yet. First: hhhilft user add NAME --role admin",
        )
    if not secret(SECRET_KEY):
        raise ConfigError(
            de=f"[dashboard] host ist {host}: Dafür muss {SECRET_KEY} gesetzt sein, sonst enden "
            "alle Sitzungen mit jedem Neustart. Zum Beispiel: "
            f"export {SECRET_KEY}=$(openssl rand -hex 32)",
            en=f"[dashboard] host is {host}: for that {SECRET_KEY} must be set, or every restart "
            f"ends all sessions. For example: export {SECRET_KEY}=$(openssl rand -hex 32)",
        )


def check_demo(config: Config) -> None:
    """Refuse to show the demo, which has no login, beyond this machine."""
    if not _is_loopback(config.dashboard.host):
        raise ConfigError(
            de=f"Die Vorschau hat keine Anmeldung und läuft nur auf 127.0.0.1, nicht auf "
            f'{config.dashboard.host}. In hhhilft.toml: [dashboard] host = "127.0.0.1"',
            en=f"The demo has no login and runs on 127.0.0.1 only, not on {config.dashboard.host}. "
            'In hhhilft.toml: [dashboard] host = "127.0.0.1"',
        )


def protect(server: Flask, *, demo: bool) -> None:
    """Ask everybody for a login before any page or answer; in the demo everybody is `demo`."""
    server.session_interface = _Sessions()
    server.config.update(
        SESSION_COOKIE_NAME="hhhilft",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LONGEST_SESSION,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    manager = LoginManager(server)
    manager.user_loader(_person_of_session)
    if demo:
        manager.request_loader(lambda _request: DEMO)
    server.before_request(_ask_for_login)


def allowed(*roles: str) -> Callable[[Callable[..., Reply]], Callable[..., Reply]]:
    """Let only these roles call the page, callback or route; others get 403."""

    def guard(function: Callable[..., Reply]) -> Callable[..., Reply]:
        @functools.wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Reply:
            if not may(*roles):
                abort(403)
            return function(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return guard


def may(*roles: str) -> bool:
    """Say whether the person who asks has one of these roles."""
    return bool(current_user.is_authenticated) and current_user.role in roles


def begin_session(user: decisions.User, now: float) -> Person:
    """Start the session of a person who has given the right password."""
    session.clear()  # no session of before the login lives on
    session.permanent = True
    session["epoch"], session["since"] = user.epoch, now
    return Person(user.name, user.role)


def _person_of_session(name: str) -> Person | None:
    """Give the person of an open session; None once it is 12 hours old or the password changed."""
    since = session.get("since")
    now = current_app.config["CLOCK"]().timestamp()
    if not isinstance(since, int | float) or now - since > LONGEST_SESSION.total_seconds():
        return None
    with current_app.config["ENGINE"].connect() as connection:
        user = decisions.find_user(connection, name)
    if user is None or user.disabled or user.epoch != session.get("epoch"):
        return None
    if user.issuer not in (None, current_app.config["HHHILFT"].oidc.issuer):
        return None  # who let them in is not asked any more
    return Person(user.name, user.role)


def _ask_for_login() -> Answer | None:
    if request.path.startswith(_OPEN) or request.path in _OPEN_PAGES:
        return None
    if current_user.is_authenticated:
        return None
    if request.method == "GET" and not request.path.startswith("/_"):
        wanted = request.full_path.removesuffix("?")
        return redirect("/login" if request.path == "/" else f"/login?next={quote(wanted)}")
    return Response("login", 401)


class _Sessions(SecureCookieSessionInterface):
    """Cookies are Secure where the page came over HTTPS, also through a proxy on this machine."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not request.path.startswith(_OPEN):  # the program's files do not vary by person
            super().save_session(app, session, response)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
