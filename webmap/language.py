"""Chinese first, English second. The sentences of page and templates are Chinese; English is their translation."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_babel import Babel, get_locale, gettext

LANGUAGES = ("zh", "en")
COOKIE = "lang"
LONG = 365 * 86400


def install(app: Flask) -> None:
    """Give the application its languages; `?lang=en` chooses one and the browser remembers it."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    Babel(app, locale_selector=chosen)
    app.after_request(remember)


def chosen() -> str:
    """The language of this request: asked for, remembered, or Chinese (the browser's own list does not decide)."""
    for wanted in (request.args.get(COOKIE), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return LANGUAGES[0]


def remember(response: Response) -> Response:
    """Keep a language that was asked for on a page in a cookie."""
    wanted = request.args.get(COOKIE)
    if wanted in LANGUAGES and not request.path.startswith("/api"):
        response.set_cookie(COOKIE, str(wanted), max_age=LONG, samesite="Lax")
    return response


def say(text: str, **values: object) -> str:
    """A sentence of the screen in its language; modules import it as `_`, by which the catalogue finds its texts."""
    return str(gettext(text, **values))


def english() -> bool:
    """Whether the screen is English now."""
    return str(get_locale() or "zh").startswith("en")


def titled(title: str, title_en: str) -> str:
    """The title of a declared thing in the language of the screen."""
    return title_en if english() and title_en else title
