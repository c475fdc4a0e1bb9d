"""Time alone changes grades: permits expire, readings go stale, monitoring falls silent. They are renewed hourly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg

import layers
from geodata.risk import grading
from geodata.store import settings

EVERY = timedelta(hours=1)
#: Held while one process renews, so that of several workers one does it.
HOURLY_LOCK = 5_2_0_2029
#: Setting that keeps when all grades were renewed last, and by which editions of the rules.
LAST = "grades_renewed"


def renew(connection: psycopg.Connection, now: datetime | None = None) -> int | None:
    """Regrade every layer where the last time is an hour ago, or a rule's edition is new; in the caller's transaction.

    Answers how many grades changed; None where nothing was due or another process is at it.
    """
    moment = now or datetime.now(UTC)
    taken = connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (HOURLY_LOCK,)).fetchone()
    if not taken or not taken[0] or not due(connection, moment):
        return None
    changed = sum(
        grading.regrade(connection, layer, None, moment).changed for layer in layers.ALL.values() if layer.risk
    )
    settings.put(connection, LAST, {"at": moment.isoformat(), "editions": _editions()})
    return changed


def due(connection: psycopg.Connection, moment: datetime) -> bool:
    """Whether grades were renewed longer than an hour ago, or under other editions of the rules."""
    last = settings.get(connection, LAST)
    return (
        not last
        or last["editions"] != _editions()
        or abs(moment - datetime.fromisoformat(last["at"])) >= EVERY  # a clock set back counts too
    )


def _editions() -> dict[str, str]:
    return {name: layer.risk.edition for name, layer in layers.ALL.items() if layer.risk}
