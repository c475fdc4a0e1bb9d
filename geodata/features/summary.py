"""How the county stands: counts by layer and level, the townships' overlay, times, bounds, version of the map."""

from __future__ import annotations

from typing import Any

import psycopg

import layers
from geodata.errors import NotFound
from geodata.features.counts import counts
from geodata.features.items import extents
from geodata.features.sources import sources
from geodata.risk import overlay
from geodata.store import settings
from geodata.store.version import map_version


def summary(connection: psycopg.Connection, township: str | None = None) -> dict[str, Any]:
    """What stands in DESIGN.md under `/api/summary`: of the whole county, or with the counts of one township.

    Raises NotFound where no township has that code: counts of nothing would read as "nothing there".
    """
    rows = [row for row in overlay.townships(connection) if township in (None, row.code)]
    if township is not None and not rows:
        raise NotFound("没有这个乡镇", f"township={township}", "编码见 /api/collections/townships/items")
    return {
        "county": settings.get(connection, "county"),
        "data": settings.get(connection, "data"),
        "version": map_version(connection),
        "graded_at": settings.get(connection, "graded_at"),
        "bounds": bounds(connection),
        "sources": sources(connection),
        "layers": [_described(row) for row in counts(connection, township)],
        "townships": [row.as_json() for row in rows],
    }


def bounds(connection: psycopg.Connection) -> list[float] | None:
    """West, south, east, north of the townships, or of all layers where there are none; None where nothing is."""
    found = extents(connection, [layers.ALL["townships"]]) if "townships" in layers.ALL else {}
    found = found or extents(connection, list(layers.ALL.values()))
    if not found:
        return None
    west, south, east, north = zip(*found.values(), strict=True)
    return [min(west), min(south), max(east), max(north)]


def _described(row: dict[str, Any]) -> dict[str, Any]:
    layer = layers.ALL[row["name"]]
    about = {
        "name": layer.name, "title": layer.title, "title_en": layer.title_en, "shape": layer.style.shape.value,
        "group": layer.style.group, "graded": layer.risk is not None,
    }  # fmt: skip
    return about | row
