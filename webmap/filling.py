"""The first start: an empty database gets the sample county, so that there is something to see."""

from __future__ import annotations

from geodata import sample
from geodata.store import database, settings
from webmap.progress import Steps


def fill_empty(url: str, steps: Steps) -> None:
    """Load the sample county where the database has neither sample nor real data."""
    with database.connect(url) as connection:
        if settings.get(connection, "data") in ("sample", "real"):
            return
        with steps.step("示例县") as report:
            sample.load(connection, report)
