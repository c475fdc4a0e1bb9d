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
        look_and_tell(pool)
        sleep(LOOK_EVERY)


def look_and_tell(pool: Pool) -> None:
    """Look, and write to the log what came of it: whatever it was, the next look comes in a minute."""
    log = logging.getLogger(__name__)
    try:
        changed = look(pool)
    except Refused as refused:
        # The database is away; the page says so itself.
        log.warning("%s", refused)
    except Exception:
        # A deadlock with an import, say. A clock that stands still would leave grades of yesterday for today's.
        log.exception("grades were not renewed")
    else:
        if changed:
            log.info("grades renewed: %s changed", changed)
