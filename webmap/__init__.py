"""WHO sees it: the web application. It holds no SQL and asks geodata for everything."""

from __future__ import annotations

from flask import Flask

from config import Settings
from geodata.store.database import Pool
from webmap import api, compression, csp, database, health, language, pages, protection, relief, rows


def create_app(settings: Settings, pool: Pool, *, token: str | None = None) -> Flask:
    """Build the application, in a fixed order; nothing is done at import.

    `pool` lends one connection a request; `token` is the one-time start token for pages that write (None: nobody
    may write).
    """
    app = Flask(__name__, static_folder="../static")
    app.config["SETTINGS"] = settings
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Chinese is the first language of the answers too
    database.install(app, pool)
    language.install(app)
    csp.install(app)
    compression.install(app)
    protection.protect(app, settings, token)
    for module in (health, pages, rows, relief):
        app.register_blueprint(module.blueprint)
    api.install(app)
    return app
