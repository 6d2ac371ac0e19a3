"""Puts the pages together: one Dash app over one store."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import dash
from dash import Dash
from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy import Engine

from dashboard import (
    access,
    built_once,
    digest_files,
    exports,
    frame,
    in_turn,
    login,
    news,
    oidc_login,
    public,
    quick_elements,
    quick_json,
    security,
    weight,
)
from dashboard.here import clock
from dashboard.pages import (
    blocks,
    check,
    contacts,
    digest,
    manage,
    missing,
    needs,
    network,
    overview,
    person,
    places,
    protocol,
    question,
    queue,
    review,
    review_account,
    search,
    sources,
    warning,
    warnings,
)
from data.config import SECRET_KEY, Config, secret

PAGES = (
    overview,
    needs,
    places,
    network,
    queue,
    question,
    contacts,
    warnings,
    warning,
    review,
    review_account,
    blocks,
    search,
    check,
    digest,
    sources,
    protocol,
    manage,
    person,
    missing,
)


def create_app(
    config: Config, engine: Engine, demo: bool = False, now: Callable[[], datetime] = clock
) -> Dash:
    """Build the pages. `demo`: nobody logs in, everybody is "demo"; for this machine only."""
    server = Flask("dashboard", template_folder="templates", static_folder=None)
    server.secret_key = secret(SECRET_KEY) or secrets.token_hex(32)
    server.config.update(HHHILFT=config, ENGINE=engine, DEMO=demo, CLOCK=now)
    server.config.update(
        WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False
    )  # as long as the session
    server.jinja_env.trim_blocks = server.jinja_env.lstrip_blocks = True
    app = frame.FramedDash(
        "dashboard",
        server=server,  # type: ignore[arg-type]
        use_pages=True,
        pages_folder="",
        include_pages_meta=False,
        assets_folder=str(Path(__file__).parent / "assets"),
        suppress_callback_exceptions=True,
        update_title="",
        title="HHhilft-Monitor",
    )
    CSRFProtect(server)
    access.protect(server, demo=demo)
    security.refuse_forged(app)
    oidc_login.add_oidc_login(server, login.add_login(server))
    public.add_public_pages(server)
    exports.add_exports(server)
    digest_files.add_digest_files(server)
    built_once.build_once(server)
    in_turn.build_in_turn(server)
    news.add_news(server)
    weight.lighten(server)
    quick_elements.make_quickly()
    quick_json.write_quickly()
    server.after_request(frame.keep_choices)
    security.guard(app)
    dash.page_registry.clear()  # an earlier app of this process left its pages there
    for page in PAGES:
        page.register(app)
    app.layout = dash.page_container
    return app
