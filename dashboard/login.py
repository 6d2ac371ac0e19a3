"""Logging in and out: two plain pages without scripts."""

from urllib.parse import quote, urlsplit

from flask import Flask, current_app, redirect, render_template, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from dashboard.access import BY_PROVIDER, OIDC_START, begin_session
from dashboard.frame import frame_values
from dashboard.here import engine, here
from dashboard.shared_tries import SHARED
from data import decisions

TRIES = "10 per minute;60 per hour"  # wrong or right, from one address
PROBLEM = "problem"  # in the session: the sentence that the next look at the form shows
LEFT = "left"  # in the address: who logged out had been let in by the provider of [oidc]


def add_login(server: Flask) -> Limiter:
    """Add /login and /logout; return what counts the tries, for other ways to log in."""
    limiter = Limiter(get_remote_address, app=server, storage_uri=f"{SHARED}://")
    server.add_url_rule("/login", "login", show_login, methods=["GET"])
    server.add_url_rule("/login", "try_login", limiter.limit(TRIES)(try_login), methods=["POST"])
    server.add_url_rule("/logout", "logout", log_out, methods=["POST"])
    server.register_error_handler(429, lambda _error: _page(here().say("login.too_often"), 429))
    return limiter


def show_login() -> Response | tuple[str, int]:
    """Show the form; who is logged in already goes on."""
    if current_user.is_authenticated:
        return redirect("/")
    problem = session.pop(PROBLEM, None)
    return _page(problem, 401 if problem else 200)


def try_login() -> Response | tuple[str, int]:
    """Let a person in who gives the right password, and send them where they wanted to go."""
    now = current_app.config["CLOCK"]()
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    with engine().begin() as connection:
        user = decisions.check_password(connection, name, password, now)
    if user is None:
        return _page(here().say("login.wrong"), 401)
    login_user(begin_session(user, now.timestamp()))
    return redirect(own_path(request.args.get("next", "")))


def log_out() -> Response:
    """End the session here; one at a provider is not ours to end, which the login then says."""
    by_provider = BY_PROVIDER in session
    logout_user()
    session.clear()
    return redirect(f"/login?{LEFT}=1" if by_provider else "/login")


def _page(problem: str | None = None, status: int = 200) -> tuple[str, int]:
    at = here()
    wanted = quote(own_path(request.args.get("next", "")))
    provider = at.config.oidc.name if current_app.config["OIDC"] else ""
    return (
        render_template(
            "login.html",
            **frame_values(at, title=at.say("login.title"), path="/login"),
            problem=problem,
            name=request.form.get("name", "")[:64],
            form_to=f"/login?next={wanted}",
            provider=provider,
            provider_link=f"{OIDC_START}?next={wanted}",
            left=bool(provider) and not problem and LEFT in request.args,
        ),
        status,
    )


def own_path(wanted: str) -> str:
    """Give the path back if it is one of this site; "/" otherwise."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if own and not parts.scheme and not parts.netloc else "/"
