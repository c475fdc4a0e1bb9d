"""Simplified copies: no gap between townships, coarser copies have fewer vertices, copies follow their records."""

from __future__ import annotations

import numpy as np
import psycopg
import pytest
import shapely
from shapely.geometry import LineString, Polygon

import layers
from geodata.store import records
from geodata.tiles import cells
from geodata.tiles.reference import BANDS, band_of, pixel

TOWNSHIPS, ROADS = layers.ALL["townships"], layers.ALL["roads"]


def wavy_townships(n: int) -> list[Polygon]:
    """`n` strips side by side whose shared borders are wavy lines of 400 vertices."""
    t = np.linspace(0, 1, 400)
    waves = [0.02 * np.sin(40 * t + i) if 0 < i < n else 0 * t for i in range(n + 1)]
    borders = [np.column_stack([110 + i * 0.2 + wave, 38 + t]) for i, wave in enumerate(waves)]
    return [Polygon([*borders[i], *borders[i + 1][::-1]]) for i in range(n)]


@pytest.fixture
def townships(connection: psycopg.Connection) -> psycopg.Connection:
    rows = [
        {"code": f"61088100{i}", "name": f"镇{i}", "geom": area} for i, area in enumerate(wavy_townships(6))
    ]  # fmt: skip
    cells.refresh(connection, TOWNSHIPS, records.write(connection, TOWNSHIPS, rows, "测试").ids)
    return connection


def copies(connection: psycopg.Connection, layer: str, band: int) -> list[shapely.Geometry]:
    return [
        shapely.from_wkb(row[0])
        for row in connection.execute(
            "SELECT ST_AsBinary(geom3857) FROM riskmap.generalised WHERE layer = %s AND band = %s ORDER BY site_id",
            (layer, band),
        )
    ]


@pytest.mark.parametrize("band", BANDS)
def test_no_gap_opens_between_simplified_townships(townships: psycopg.Connection, band: int) -> None:
    areas = copies(townships, "townships", band)
    assert len(areas) == 6 and all(area.is_valid and not area.is_empty for area in areas)
    assert shapely.coverage_is_valid(np.array(areas))
    whole = shapely.union_all(areas)
    assert whole.geom_type == "Polygon" and not whole.interiors


def test_coarser_copies_have_fewer_vertices(townships: psycopg.Connection) -> None:
    counts = [sum(shapely.get_num_coordinates(copies(townships, "townships", band))) for band in BANDS]
    assert counts == sorted(counts) and counts[0] * 20 < counts[-1]


def test_a_copy_strays_by_few_pixels_at_its_largest_zoom(townships: psycopg.Connection) -> None:
    rows = townships.execute("SELECT ST_AsBinary(geom3857) FROM layer.townships ORDER BY id").fetchall()
    exact = [shapely.from_wkb(row[0]) for row in rows]
    for band in BANDS:
        for area, copy in zip(exact, copies(townships, "townships", band), strict=True):
            assert area.symmetric_difference(copy).area < 4 * pixel(band) * area.length


def test_copies_leave_with_their_township(townships: psycopg.Connection) -> None:
    ids = [row[0] for row in townships.execute("SELECT id FROM layer.townships ORDER BY id LIMIT 1")]
    records.mark_deleted(townships, TOWNSHIPS, ids, "测试")
    cells.refresh(townships, TOWNSHIPS, ids)
    assert len(copies(townships, "townships", 8)) == len(copies(townships, "township_labels", 0)) == 5


def test_overlapping_townships_are_simplified_one_by_one(connection: psycopg.Connection) -> None:
    area = wavy_townships(1)[0]
    rows = [{"code": f"61088100{i}", "name": f"镇{i}", "geom": area} for i in range(2)]
    cells.refresh(connection, TOWNSHIPS, records.write(connection, TOWNSHIPS, rows, "测试").ids)
    assert [copy.is_empty for copy in copies(connection, "townships", 8)] == [False, False]


def test_a_road_has_copies_from_its_rank_on_and_they_follow_it(connection: psycopg.Connection) -> None:
    line = LineString([(110, 38), (110.1, 38.1)])
    rows = [{"code": c, "name": c, "class": c, "geom": line} for c in ("national", "county", "village")]
    done = records.write(connection, ROADS, rows, "测试")
    cells.refresh(connection, ROADS, done.ids)
    assert [len(copies(connection, "roads", band)) for band in BANDS] == [0, 1, 1, 2, 3]
    changed = records.write(connection, ROADS, [{"code": "village", "class": "national"}], "测试")
    cells.refresh(connection, ROADS, changed.ids)
    assert [len(copies(connection, "roads", band)) for band in BANDS] == [0, 2, 2, 3, 3]


def test_each_zoom_has_the_band_that_is_fine_enough() -> None:
    assert [band_of(z) for z in (0, 4, 5, 6, 7, 12, 13)] == [4, 4, 6, 6, 8, 12, None]
