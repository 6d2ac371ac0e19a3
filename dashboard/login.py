"""Logging in and out: two plain pages without scripts."""

from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, render_template, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from dashboard.access import begin_session
from dashboard.frame import frame_values
from dashboard.here import engine, here
from data import decisions

TRIES = "10 per minute;60 per hour"  # wrong or right, from one address


def add_login(server: Flask) -> None:
    """Add /login and /logout. Tries are counted in memory: one process serves all pages."""
    limiter = Limiter(get_remote_address, app=server, storage_uri="memory://")
    server.add_url_rule("/login", "login", show_login, methods=["GET"])
    server.add_url_rule("/login", "try_login", limiter.limit(TRIES)(try_login), methods=["POST"])
    server.add_url_rule("/logout", "logout", log_out, methods=["POST"])
    server.register_error_handler(429, lambda _error: _page("login.too_often", 429))


def show_login() -> Response | str:
    """Show the form; who is logged in already goes on."""
    return redirect("/") if current_user.is_authenticated else _page()[0]


def try_login() -> Response | tuple[str, int]:
    """Let a person in who gives the right password, and send them where they wanted to go."""
    now = current_app.config["CLOCK"]()
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    with engine().begin() as connection:
        user = decisions.check_password(connection, name, password, now)
    if user is None:
        return _page("login.wrong", 401)
    login_user(begin_session(user, now.timestamp()))
    return redirect(_own_path(request.args.get("next", "")))


def log_out() -> Response:
    """End the session."""
    logout_user()
    session.clear()
    return redirect("/login")


def _page(problem: str | None = None, status: int = 200) -> tuple[str, int]:
    at = here()
    return (
        render_template(
            "login.html",
            **frame_values(at, title=at.say("login.title"), path="/login"),
            problem=at.say(problem) if problem else None,
            name=request.form.get("name", "")[:64],
        ),
        status,
    )


def _own_path(wanted: str) -> str:
    """Give the path back if it is one of this site; "/" otherwise."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if own and not parts.scheme and not parts.netloc else "/"
