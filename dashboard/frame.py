"""The frame around every page: head, navigation, footer; written by the server, before scripts."""

from typing import Any
from urllib.parse import urlencode

from dash import Dash
from flask import render_template, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from dashboard.access import (
    DECIDES,
    MANAGES,
    PUBLIC,
    READS_PROTOCOL,
    SEES_FIGURES,
    SEES_PEOPLE,
    may,
)
from dashboard.here import LANG_COOKIE, Here, chosen_theme, here
from dashboard.post_view import CHECK_PATH
from dashboard.queue_address import CONTACTS_PATH, QUESTION_PATH
from data.config import LANGS

EVERY_DAY = (  # path, words, who sees it: what stands in the head of every page
    ("/", "overview", SEES_FIGURES),
    ("/bedarf", "needs", SEES_PEOPLE),
    ("/orte", "map", SEES_FIGURES),
    ("/netzwerk", "network", SEES_PEOPLE),
    ("/fragen", "queue", SEES_PEOPLE),
    ("/warnungen", "warnings", SEES_PEOPLE),
    ("/suche", "search", SEES_PEOPLE),
)
NOW_AND_THEN = (  # the same: what opens under "more"
    ("/konten", "review", DECIDES),
    ("/sperrliste", "blocks", DECIDES),
    ("/wochenbericht", "digest", SEES_FIGURES),
    ("/datenquellen", "sources", SEES_FIGURES),
    ("/protokoll", "protocol", READS_PROTOCOL),
    ("/verwaltung", "manage", MANAGES),
)
PERSON_PATH = "/verwaltung/zugang"  # where an admin changes one person's login
CSRF_COOKIE = "_csrf_token"  # Dash sends it back as X-CSRFToken


class FramedDash(Dash):
    """Dash within this program's own frame."""

    def interpolate_index(self, **kwargs: str) -> str:  # type: ignore[override]
        """Write the frame in the person's language, with Dash's scripts at its end."""
        at = here()
        key = _page_key(request.path)
        generate_csrf()  # for the callbacks of this page
        return render_template(
            "page.html",
            **frame_values(at, title=at.say(f"{key}.title"), path=request.path),
            **{name: Markup(_needed(text)) for name, text in kwargs.items() if name != "title"},  # noqa: S704
        )


def _needed(lines: str) -> str:
    """Leave out Dash's own table, which no page uses (it weighs as much as all other scripts)."""
    return "\n".join(line for line in lines.splitlines() if "/dash_table/" not in line)


def frame_values(at: Here, title: str, path: str) -> dict[str, Any]:
    """Give what the frame's template needs."""
    other = LANGS[1 - LANGS.index(at.lang)]
    return {
        "lang": at.lang,
        "other_lang": other,
        "theme": chosen_theme(),
        "title": title,
        "path": path,
        "in_other_lang": f"{path}?{urlencode({**request.args.to_dict(), 'lang': other})}",
        "say": at.say,
        "who": at.who,
        "demo": at.demo,
        "logged_in": bool(current_user.is_authenticated) and not at.demo,
        "hashtags": " ".join(f"#{tag}" for tag in at.config.watch.hashtags),
        "csrf": generate_csrf,
        "every_day": _links(at, EVERY_DAY, path),
        "now_and_then": _links(at, NOW_AND_THEN, path),
        "public": [
            {"path": to, "name": at.say(f"{key}.name"), "current": path == to}
            for to, key in PUBLIC.items()
        ],
    }


def _links(
    at: Here, pages: tuple[tuple[str, str, tuple[str, ...]], ...], path: str
) -> list[dict[str, Any]]:
    """Name the pages that the person may see, and which of them is the one shown."""
    return [
        {
            "path": to,
            "name": at.say(f"{key}.name"),
            "current": path == to or (to != "/" and path.startswith(to + "/")),
        }
        for to, key, roles in pages
        if may(*roles)
    ]


def keep_choices(response: Any) -> Any:
    """Keep a language named in the address, and the token that Dash sends with each callback."""
    if response.mimetype != "text/html":
        return response
    if request.args.get("lang") in LANGS:
        response.set_cookie(
            LANG_COOKIE,
            request.args["lang"],
            max_age=31_536_000,
            samesite="Lax",
            secure=request.is_secure,
            httponly=True,
        )
    if "csrf_token" in session:
        response.set_cookie(
            CSRF_COOKIE, generate_csrf(), samesite="Strict", secure=request.is_secure
        )
    return response


def _page_key(path: str) -> str:
    if path.startswith("/warnungen/"):
        return "warning"
    if path.startswith("/konten/"):
        return "review_account"
    if path.startswith("/fragen/"):
        return {QUESTION_PATH: "question", CONTACTS_PATH: "contacts"}.get(path, "missing")
    named = {to: key for to, key, _roles in (*EVERY_DAY, *NOW_AND_THEN)}
    named |= {CHECK_PATH: "check", PERSON_PATH: "person"}
    return named.get(path, "missing")
