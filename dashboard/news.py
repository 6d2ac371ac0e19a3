"""Whether a page that is open has become old: the browser asks every half minute, see app.js.

What is on the page stays as it is until the reader wants to see what is new. Each page comes with a
mark of what it was built of (the header X-News), with which the browser compares; a page that was
kept with the mark of when it was built.
"""

from flask import Flask, Response, abort, g, request

from dashboard.access import SEES_FIGURES, allowed
from dashboard.built_once import NEWS, address_of
from dashboard.here import engine
from data.page_reads.changed import news

PATH = "/neues"
LIVE = {  # the pages that look, and what on them may be new
    "/": ("posts", "decisions", "warnings", "sources"),
    "/bedarf": ("posts", "matches"),
    "/orte": ("posts",),
    "/fragen": ("posts", "decisions"),
    "/warnungen": ("warnings", "decisions"),
    "/datenquellen": ("posts", "sources"),
}


def add_news(server: Flask) -> None:
    """Add the address that is asked, and the mark that comes with a page."""
    server.add_url_rule(PATH, "news", show_news)
    server.before_request(_mark)
    server.after_request(_tell)


@allowed(*SEES_FIGURES)
def show_news() -> Response:
    """Give the mark of a page (`seite`) as it would be now."""
    page = request.args.get("seite", "")
    if page not in LIVE:
        abort(404)
    return Response(_news(page), mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _mark() -> None:
    """Take the mark before the page is built: what comes meanwhile is new on it."""
    asked = address_of(request)
    if asked is not None and asked[0] in LIVE:
        g.news = _news(asked[0])


def _tell(response: Response) -> Response:
    if "news" in g:
        response.headers[NEWS] = g.news
    return response


def _news(page: str) -> str:
    with engine().connect() as connection:
        return news(connection, LIVE[page])
