"""What the browser may do with a page, and a refusal of what no page sends."""

from dash import Dash
from flask import Response, abort, request

# Dash's components write their styles into the page as style elements. No page depends on them,
# but each refused one is an error in the browser's console. These are those of Dash 4.4.1, the
# first the empty one that they start as. After an update of Dash the console names the new ones,
# and tests/dashboard/test_in_the_browser.py fails until they stand here.
_STYLES = (
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "+QoPrsxO0auPnxSulD3bAr9CoDGgzv7YRfYE0vfxeQI=",
    "0IJGrxhCP5NUIafylLkj5118xkZH1kp5FmNio7NOckI=",
    "Aq43X0SlmB69maWGob4rp/UuSHhwePalkRRExtsxOJ8=",
    "Do5Z9ZqsPvCQTUBQS9BnDm/2+on7omuzuLYk5sbA+2s=",
    "ITR5T9OwskhdqdsliUJRmgp9ltOFAHgXe1F7eRvGnmQ=",
    "MJs2ke1SA6Cy3tTCZu2QH0rj0r//iNqU0idy9bM4leg=",
    "SkhFDxgIcEjMhRh19uSHWrkdnAlZ9rlskgr9yLsipa8=",
    "VUA+tqvhK3niMn7AdszqidMFPRh9FLqxB2iINUrsiTw=",
    "X2TqJwnIiE/ceDVeAdr7v7BOWBU6CEzE6qxlNzBzvBk=",
    "Z8VokGxeiKThZOEmkdUgfW+jxbvItBwAXC8M1c4wqAM=",
    "uDiOZWps1U7E8/0BTaQrclYMhVhRVE4dT0vb5X6nXOw=",
)

_NOTHING = "default-src 'none'; frame-ancestors 'none'"  # what is no page runs nothing


def refuse_forged(app: Dash) -> None:
    """Refuse callbacks that no page sends, on which Dash would break with a traceback."""
    app.server.before_request(lambda: _refuse_forged(app))


def _refuse_forged(app: Dash) -> None:
    if request.path != "/_dash-update-component" or request.method != "POST":
        return
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or not isinstance(said.get("output"), str):
        abort(400)
    known = app.callback_map.get(said["output"])
    if known is None or not _fills_something(said.get("outputs")):
        abort(400)
    for part in ("inputs", "state"):
        given = said.get(part, [])
        if not isinstance(given, list) or len(given) != len(known[part]):
            abort(400)
        if not all(map(_may_be_sent, given)):
            abort(400)
    pressed = said.get("changedPropIds", [])
    if not isinstance(pressed, list) or not all(isinstance(each, str) for each in pressed):
        abort(400)


def _fills_something(outputs: object) -> bool:
    """Say whether this names what a callback fills: one place, or several."""
    several = outputs if isinstance(outputs, list) else [outputs]
    return bool(several) and all(
        isinstance(each, dict) and {"id", "property"} <= each.keys() for each in several
    )


def _may_be_sent(given: object) -> bool:
    """Say whether this may be a value that comes with a callback; an address is always a text."""
    if isinstance(given, list):  # of a pattern: one of each component that fits it
        return all(map(_may_be_sent, given))
    if not isinstance(given, dict):
        return False
    return given.get("id") != "_pages_location" or isinstance(given.get("value"), str)


def guard(app: Dash) -> None:
    """Put the security headers on every answer."""
    app.server.after_request(lambda response: _headers(app, response))


def _headers(app: Dash, response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    policy = _policy(app) if response.mimetype == "text/html" else _NOTHING
    response.headers.setdefault("Content-Security-Policy", policy)  # the digest has its own
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _policy(app: Dash) -> str:
    """Write the policy; Dash's own inline scripts are known by their hashes.

    The hashes are asked for on each answer: the pages add theirs with the first request.
    """
    styles = " ".join(f"'sha256-{each}'" for each in _STYLES)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(dict.fromkeys(app.csp_hashes()))}",
            f"style-src 'self' {styles}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
