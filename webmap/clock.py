"""The server's clock: renews the grades every hour while it runs."""

from __future__ import annotations

import logging
import threading
from time import sleep

from geodata.errors import Refused
from geodata.risk import hourly
from geodata.store.database import Pool

#: Seconds between two looks at the clock; a look costs one small query.
LOOK_EVERY = 60


def start(pool: Pool) -> None:
    """Begin to look, in a thread that ends with the process."""
    threading.Thread(target=_run, args=(pool,), daemon=True, name="clock").start()


def look(pool: Pool) -> int | None:
    """Renew the grades if it is time; answers how many changed, None where nothing was due."""
    with pool.connection() as lent:
        return hourly.renew(lent)


def _run(pool: Pool) -> None:
    while True:
        try:
            changed = look(pool)
        except Refused as refused:
            # The database is away: the page says so itself, and the next look comes in a minute.
            logging.getLogger(__name__).warning("%s", refused)
        else:
            if changed:
                logging.getLogger(__name__).info("grades renewed: %s changed", changed)
        sleep(LOOK_EVERY)
