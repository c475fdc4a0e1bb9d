"""What a command works with: a database that is running, migrated and has every layer's table."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import layers
from config import Settings
from geodata.store import cluster, database, tables

Report = Callable[[str], None]


@contextmanager
def running_database(settings: Settings, report: Report = cluster.silent) -> Iterator[str]:
    """Address of the database, its server running inside the block and left as it was found; nothing else is done.

    RISKMAP_DATABASE_URL's server where one is set, else the private cluster. Raises geodata.errors.Unavailable.
    """
    if settings.database_url is not None:
        yield settings.database_url
        return
    # Whatever server the user's other programs go to (PGSERVICE, PGOPTIONS, PGCLIENTENCODING=GBK …), this is ours.
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    with cluster.attached(settings.home, report) as location:
        yield location.url


@contextmanager
def ready_database(settings: Settings, report: Report = cluster.silent) -> Iterator[str]:
    """Address of the database with every migration applied and every layer's table made, for the length of the block.

    What most commands begin with:  with ready_database(settings) as url, database.connect(url) as connection: …
    """
    with running_database(settings, report) as url:
        prepare(url, report)
        yield url


def prepare(url: str, report: Report = cluster.silent) -> None:
    """Make the database where it is missing, apply the migrations, reconcile the tables."""
    database.ensure_database(url)
    database.migrate(url, report)
    with database.connect(url) as connection:
        tables.reconcile(connection, layers.ALL)
