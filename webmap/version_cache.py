"""Answers that cost the database a walk over everything, kept until the map's next version."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from cachetools import LRUCache
from flask import Flask

_KEY = "riskmap.answers"
_MAKING = Lock()

T = TypeVar("T")


def remembered(app: Flask, version: int, name: Hashable, make: Callable[[], T]) -> T:
    """The answer `name` for this version of the map; made once, also where many ask at once."""
    with _MAKING:
        of, answers = app.extensions.get(_KEY, (None, None))
        if of != version:
            # A request that still saw the version before throws the newer answers away; they are made again.
            answers = LRUCache(256)
            app.extensions[_KEY] = (version, answers)
        if name not in answers:
            answers[name] = make()
        return cast(T, answers[name])
