"""The pool of the running application: a view borrows a connection, a query of geodata uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, current_app

from geodata.store.database import Connection, Pool

_KEY = "riskmap.pool"


def install(app: Flask, pool: Pool) -> None:
    """Give the application its pool."""
    app.extensions[_KEY] = pool


@contextmanager
def connection() -> Iterator[Connection]:
    """Borrow a connection to read: it sees one moment, also while somebody imports."""
    with pool_of(current_app).snapshot() as lent:
        yield lent


def pool_of(app: Flask) -> Pool:
    """The application's pool."""
    return cast(Pool, app.extensions[_KEY])


@contextmanager
def reading(pool: Pool) -> Iterator[Connection]:
    """Borrow a connection for single statements that only read: no BEGIN, no COMMIT, two round trips less."""
    with pool.connection() as lent:
        lent.autocommit = True
        try:
            yield lent
        finally:
            if not lent.closed:
                lent.autocommit = False
