"""Light answers: gzip, long caching of what has a fingerprint."""

import gzip
import re
from functools import lru_cache

from flask import Flask, Response, request

_SMALL = 1024  # bytes; below, gzip costs more than it saves
_PACKED = ("text/", "application/json", "application/javascript", "image/svg")
# Dash writes a version or a time into these addresses (`.v4_4_1m1732.min.js`, `?m=1732…`)
_FINGERPRINT = re.compile(r"\.v\w+m\d+\.|[?&]m=\d|chunk")


def lighten(server: Flask) -> None:
    """Pack every answer, and let browsers keep what never changes."""
    server.after_request(_pack)


def _pack(response: Response) -> Response:
    if _FINGERPRINT.search(request.full_path) and response.status_code == 200:
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = 31_536_000
        response.cache_control.immutable = True
    elif request.path.startswith("/_dash-component-suites/"):
        response.cache_control.max_age = 86_400
    elif (
        response.mimetype in ("text/html", "application/json", "text/csv")
        and response.cache_control.max_age is None  # else the page has said how long it keeps
    ):
        response.headers["Cache-Control"] = "no-store"  # what one person may see, nobody keeps
    if (
        response.status_code != 200
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(_PACKED)
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _SMALL:
        return response
    lasting = "max-age" in response.headers.get("Cache-Control", "")
    response.set_data(_packed_once(body) if lasting else gzip.compress(body, 5))
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(response.calculate_content_length())
    response.vary.add("Accept-Encoding")
    return response


@lru_cache(maxsize=64)
def _packed_once(body: bytes) -> bytes:
    return gzip.compress(body, 9)
