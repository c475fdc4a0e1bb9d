"""Content-Security-Policy: the browser itself refuses whatever does not come from here."""

from __future__ import annotations

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def nonce() -> str:
    """The word of this answer that allows its own inline script."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def install(app: Flask) -> None:
    """Send the policy and its companions with every answer."""

    @app.after_request
    def add(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce())
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if request.path.startswith("/static/vendor/") and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=86400"
        # What says nothing of its age may be stale a moment later: it is asked for again.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
