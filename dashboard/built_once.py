"""A page is built once for all who ask for the same while nothing has changed.

What people of one role see of it is kept, packed as it was sent, until the store changes or the
minute ends: the times that a page tells ("3 minutes ago") are no older than that. While something
is being written nothing is kept. Who asks for what is just being built waits for it. What is kept
is built as for nobody (`here`), so that nothing of one person can be in it.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import parse_qs

import dash
from flask import Flask, Request, Response, current_app, g, request
from flask_login import current_user

from dashboard.here import chosen_lang, engine
from dashboard.routes import Alike, readable
from data.page_reads.changed import mark

MOST = 64  # answers kept, of some ten KB
WAITS = 20.0  # seconds; whoever waited longer builds the page too
NEWS = "X-News"  # header: of what the page was built, with which `dashboard/news.py` compares
_CONTENT = ".._pages_content.children..._pages_store.data.."

Key = tuple[object, ...]
Answer = tuple[bytes, str | None]  # as it was sent, and its NEWS


class Kept:
    """The answers that are kept, and who is building which."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._building: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()

    def take(self, key: Key) -> tuple[Answer | None, bool]:
        """Give what is kept, or None and whether to build it for all who wait."""
        with self._lock:
            if key in self._answers:
                return self._answers[key], False
            if key not in self._building:
                self._building[key] = threading.Event()
                return None, True
            built = self._building[key]
        built.wait(WAITS)
        with self._lock:
            return self._answers.get(key), False

    def put(self, key: Key, answer: Answer | None) -> None:
        """Keep what was built and let those go on who wait; None: it was not built."""
        with self._lock:
            if answer is not None:
                self._answers[key] = answer
                while len(self._answers) > MOST:
                    self._answers.popitem(last=False)
            built = self._building.pop(key, None)
        if built is not None:
            built.set()


def build_once(server: Flask) -> None:
    """Answer from what is kept: after login and token were checked, before `news` and packing."""
    server.extensions["built_once"] = Kept()
    server.before_request(_kept_answer)
    server.after_request(_keep_answer)
    server.teardown_request(_let_go)


def _kept_answer() -> Response | None:
    key = _key()
    if key is None:
        return None
    answer, builds = current_app.extensions["built_once"].take(key)
    if builds:
        g.builds = key
    if answer is None:
        return None
    body, news = answer
    headers = {"Content-Encoding": "gzip", **({} if news is None else {NEWS: news})}
    return Response(body, mimetype="application/json", headers=headers)


def _keep_answer(response: Response) -> Response:
    if "builds" in g and response.status_code == 200 and response.content_encoding == "gzip":
        answer = response.get_data(), response.headers.get(NEWS)
        current_app.extensions["built_once"].put(g.pop("builds"), answer)
    return response


def _let_go(_error: BaseException | None) -> None:
    if "builds" in g:
        current_app.extensions["built_once"].put(g.pop("builds"), None)


def address_of(asked: Request) -> tuple[str, str] | None:
    """Give path and search of the page whose content is asked for; None where it is none."""
    if asked.path != "/_dash-update-component":
        return None
    said = asked.get_json(silent=True)
    if not isinstance(said, dict) or said.get("output") != _CONTENT:
        return None
    address = {each.get("property"): each.get("value") for each in said.get("inputs", ())}
    return str(address.get("pathname")), str(address.get("search"))


def _is_of(page: Mapping[str, str | None], path: str) -> bool:
    """Say whether a path is of this page; a template's variable is the last part of its paths."""
    template: str | None = page["path_template"]
    if template is None:
        return path == page["path"]
    return path.rpartition("/")[0] == template.rpartition("/")[0]


def _alike(path: str) -> bool | Alike:
    """Say of the page with this path whether all of a role see the same, or who can say so."""
    for each in dash.page_registry.values():
        if each.get("alike") and _is_of(each, path):
            found: bool | Alike = each["alike"]
            return found
    return False


def _named_in(search: str) -> dict[str, str]:
    """Read what an address names, as the page is given it."""
    named = parse_qs(search[1:] if search.startswith("?") else "", keep_blank_values=True)
    return readable({name: said[0] for name, said in named.items() if len(said) == 1})


def _key() -> Key | None:
    """Name what is asked for; None where the answer is not the same for all of a role."""
    address = address_of(request)
    if address is None or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return None
    path, search = address
    alike = _alike(path)
    if not alike:
        return None
    with engine().connect() as connection:
        store = mark(connection)
        if store is None:
            return None
        if alike is not True and not alike(connection, current_user.name, _named_in(search)):
            return None
    config = current_app.config
    lang = chosen_lang(config["HHHILFT"].watch.lang)
    minute = config["CLOCK"]().replace(second=0, microsecond=0)
    return path, search, current_user.role, lang, minute, store
