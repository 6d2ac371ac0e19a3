"""The digest's own files, as the worker wrote them: to print, and for programs."""

from typing import Any

from flask import Flask, Response, abort, request, send_file

from dashboard.access import SEES_PEOPLE, allowed
from dashboard.here import engine, here
from data.digest_files import digest_file, is_week, read_digest, written_weeks
from data.page_reads.quoted import still_there
from data.records import from_iso

# The file has its styles within and nothing else; a page of its own, without scripts.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)


def add_digest_files(server: Flask) -> None:
    """Add the addresses of the files."""
    server.add_url_rule("/wochenbericht/html", "digest_html", digest_html)
    server.add_url_rule("/wochenbericht/json", "digest_json", digest_json)


@allowed(*SEES_PEOPLE)
def digest_html() -> Response:
    """Give the two pages to print, of the week in the address or the newest."""
    response = _given("html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@allowed(*SEES_PEOPLE)
def digest_json() -> Response:
    """Give the same for programs."""
    return _given("json")


def whole(made: dict[str, Any]) -> bool:
    """Say whether all posts are still there that a digest quotes: else nobody gets its files."""
    quotes = [(from_iso(each["created_at"]), each["text"]) for each in made["unanswered"]]
    with engine().connect() as connection:
        return all(still_there(connection, quotes))


def _given(ending: str) -> Response:
    """Give a week's file; 404 where there is none, 410 where it quotes what was deleted since."""
    folder = here().config.digest_folder
    week = request.args.get("woche") or next(iter(written_weeks(folder)), "")
    made = read_digest(folder, week) if is_week(week) else None
    path = digest_file(folder, week, ending)
    if made is None or not path.is_file():
        abort(404)
    if not whole(made):
        abort(410, here().say("digest.outdated", week=week))
    return send_file(path.absolute(), as_attachment=ending == "json", download_name=path.name)
