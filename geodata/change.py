"""A change of records, whole: written, graded and drawn anew in the caller's one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg

from geodata.risk import grading
from geodata.store import records
from geodata.store.records import Row, Written
from layers._vocabulary import Layer


def apply(
    connection: psycopg.Connection, layer: Layer, rows: Sequence[Row], actor: str, import_id: int | None = None
) -> Written:
    """Write `rows` (see geodata.store.records.write) and bring grades, cells and layers that read this one up to date.

    Raises Refused as records.write does; nothing is half done, since the caller's transaction is rolled back.
    """
    written = records.write(connection, layer, rows, actor, import_id)
    settle(connection, layer, written.ids)
    return written


def settle(connection: psycopg.Connection, layer: Layer, ids: Sequence[int]) -> None:
    """What follows a write of records `ids`, for those who write in batches and settle once: grades and cells."""
    if ids:
        grading.regrade(connection, layer, ids)
