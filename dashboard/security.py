"""What the browser may do with a page: a strict content policy and its companions."""

from dash import Dash
from flask import Response, request

# Graphs add two style elements that hold no or a fixed text; everything else comes from app.css.
_STYLES: tuple[str, ...] = ()


def guard(app: Dash) -> None:
    """Put the security headers on every answer."""
    app.server.after_request(lambda response: _headers(app, response))


def _headers(app: Dash, response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Content-Security-Policy"] = _policy(app)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _policy(app: Dash) -> str:
    """Write the policy; Dash's own inline scripts are known by their hashes.

    The hashes are asked for on each answer: the pages add theirs with the first request.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(dict.fromkeys(app.csp_hashes()))}",
            f"style-src 'self' {' '.join(_STYLES)}".strip(),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
