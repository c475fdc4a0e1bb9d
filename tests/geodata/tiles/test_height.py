"""Height grids: read from GeoTIFF in any system, kept, shaded without facets, traced to contours."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import psycopg
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rasterio import Affine

from geodata.errors import Refused
from geodata.tiles import contours, height, relief
from geodata.tiles.height import HeightGrid

BOUNDS = (105.0, 35.0, 105.4, 35.4)


def nothing(_sentence: str) -> None:
    """Storing tells somebody what it does; nobody listens here."""


def cone(size: int = 200, top: float = 600.0) -> HeightGrid:
    """A cone of `top` metres over a plain at 1,000 m, in the middle of BOUNDS."""
    row, column = np.mgrid[:size, :size]
    away = np.hypot(row - (size - 1) / 2, column - (size - 1) / 2) / (size / 2)
    return HeightGrid((1000 + top * np.clip(1 - away, 0, 1)).astype(np.float32), *BOUNDS, "cone")


def write(path: Path, heights: np.ndarray, crs: str | None, transform: object, nodata: float | None = None) -> Path:
    with rasterio.open(path, "w", driver="GTiff", width=heights.shape[1], height=heights.shape[0], count=1,
                       dtype="float32", crs=crs, transform=transform, nodata=nodata) as out:  # fmt: skip
        out.write(heights.astype("float32"), 1)
    return path


def tile_of(lon: float, lat: float, z: int) -> tuple[int, int]:
    x = (lon + 180) / 360 * 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z
    return int(x), int(y)


def test_a_geotiff_in_degrees_is_read_as_it_is(tmp_path: Path) -> None:
    heights = np.arange(12.0).reshape(3, 4) + 100
    heights[0, 0] = -32768
    path = write(tmp_path / "h.tif", heights, "EPSG:4326", Affine(0.01, 0, 105, 0, -0.01, 36), nodata=-32768)
    grid = height.read_geotiff(path)
    assert np.isnan(grid.heights[0, 0])
    assert grid.heights[1].tolist() == [104.0, 105.0, 106.0, 107.0]
    assert (grid.west, grid.north) == pytest.approx((105, 36))
    assert (grid.east, grid.south) == pytest.approx((105.04, 35.97))


def test_a_projected_geotiff_is_brought_to_degrees(tmp_path: Path) -> None:
    """CGCS2000 zone 35 (central meridian 105°): the grid must land around 105.4°E 35.1°N."""
    path = write(tmp_path / "h.tif", np.full((50, 50), 1234.0), "EPSG:4523", Affine(90, 0, 35_536_000, 0, -90,
                                                                                    3_887_000))
    grid = height.read_geotiff(path)
    assert 105.35 < (grid.west + grid.east) / 2 < 105.45
    assert 35.05 < (grid.south + grid.north) / 2 < 35.15
    assert np.nanmedian(grid.heights) == pytest.approx(1234.0)


@pytest.mark.parametrize(("crs", "value", "word"), [(None, 100.0, "坐标系"), ("EPSG:4326", 60_000.0, "高程值")])
def test_what_cannot_be_placed_or_is_no_height_is_refused(tmp_path: Path, crs: str | None, value: float,
                                                          word: str) -> None:
    path = write(tmp_path / "h.tif", np.full((4, 4), value), crs, Affine(0.01, 0, 105, 0, -0.01, 36))
    with pytest.raises(Refused, match=word):
        height.read_geotiff(path)


def test_a_file_that_is_no_raster_is_refused(tmp_path: Path) -> None:
    (tmp_path / "h.tif").write_text("not a raster")
    with pytest.raises(Refused, match="读不成栅格"):
        height.read_geotiff(tmp_path / "h.tif")
    with pytest.raises(Refused, match="没有这个文件"):
        height.read_geotiff(tmp_path / "none.tif")


def test_a_real_grid_replaces_the_sample_and_comes_back_whole(connection: psycopg.Connection) -> None:
    height.store(connection, cone(60), sample=True, report=nothing)
    real = cone(80, 300.0)
    grid_id = height.store(connection, real, report=nothing)
    assert height.newest(connection) == grid_id
    back = height.load(connection, grid_id)
    assert back is not None
    assert (back.heights == real.heights).all()
    assert (back.west, back.south, back.east, back.north) == BOUNDS
    assert connection.execute("SELECT count(*) FROM riskmap.height_grid").fetchone() == (1,)
    rows = connection.execute(
        "SELECT count(*), bool_or(sample), min(ST_SRID(geom3857)) FROM riskmap.contour"
    ).fetchone()
    assert rows is not None and rows[0] > 0 and rows[1:] == (False, 3857)


def test_contours_of_a_cone_are_rings_at_their_height() -> None:
    grid = cone()
    found = contours.trace(grid.heights, BOUNDS)
    assert {c.elevation for c in found} == set(range(1020, 1600, 20))
    assert {c.elevation for c in found if c.is_index} == {1100, 1200, 1300, 1400, 1500}
    mid_x, mid_y = contours.to_mercator(np.array([105.2]), np.array([35.2]))
    half = contours.RADIUS * math.radians(0.2)
    for line in (c.line for c in found if c.elevation == 1300):
        away = np.abs(line[:, 0] - mid_x[0]) / half
        assert away.max() == pytest.approx(0.5, abs=0.02)
        assert abs(line[:, 1].mean() - mid_y[0]) < 0.05 * half


@given(st.floats(-400, 8_000), st.floats(1, 6_000))
def test_the_interval_gives_a_readable_number_of_contours(lowest: float, relief_m: float) -> None:
    step = contours.interval(lowest, lowest + relief_m)
    assert relief_m / step <= 60
    assert step in (5, 10, 20, 50, 100)


def test_unknown_ground_has_no_contours() -> None:
    grid = cone()
    heights = grid.heights.copy()
    heights[:, :100] = np.nan
    middle = contours.to_mercator(np.array([105.2]), np.array([35.2]))[0][0]
    slack = contours.RADIUS * math.radians(0.4 / 200) * 2
    assert all(c.line[:, 0].min() > middle - slack for c in contours.trace(heights, BOUNDS))


def alpha(picture: bytes | None) -> np.ndarray:
    assert picture is not None
    image = Image.open(io.BytesIO(picture))
    assert image.size == (relief.SIZE, relief.SIZE)
    return np.asarray(image.convert("RGBA")).astype(int)


def test_the_side_away_from_the_light_is_darker(connection: psycopg.Connection) -> None:
    height.store(connection, cone(top=3000.0), report=nothing)
    z = 13
    south_east = alpha(relief.relief_tile(connection, z, *tile_of(105.25, 35.15, z)))
    north_west = alpha(relief.relief_tile(connection, z, *tile_of(105.15, 35.25, z)))
    assert south_east[..., :3].max() == 0 and south_east[..., 3].mean() > 40  # black
    assert north_west[..., :3].min() == 255 and north_west[..., 3].max() < 70  # a little highlight


def test_flat_ground_is_clear_and_nothing_is_drawn_outside(connection: psycopg.Connection) -> None:
    assert relief.relief_tile(connection, 10, *tile_of(105.2, 35.2, 10)) is None
    flat = HeightGrid(np.full((50, 50), 700.0, np.float32), *BOUNDS, "flat")
    height.store(connection, flat, report=nothing)
    assert alpha(relief.relief_tile(connection, 12, *tile_of(105.2, 35.2, 12)))[..., 3].max() <= 1
    assert relief.relief_tile(connection, 12, *tile_of(20.0, 50.0, 12)) is None


def test_no_facet_of_the_grid_shows_when_zoomed_in() -> None:
    """Deep inside a coarse grid neighbouring pixels differ by a step of grey at most."""
    row, column = np.mgrid[:40, :40]
    rough = (50 * np.sin(row / 3) * np.cos(column / 4) + 1000).astype(np.float32)
    prepared = relief.prepare(HeightGrid(rough, *BOUNDS, "waves"))
    picture = alpha(relief.shade_tile(prepared, 15, *tile_of(105.2, 35.2, 15)))
    shade = np.where(picture[..., 0] == 0, picture[..., 3], -picture[..., 3])
    assert np.abs(np.diff(shade, axis=0)).max() <= 6
    assert np.abs(np.diff(shade, axis=1)).max() <= 6


def test_tiles_meet_without_a_seam() -> None:
    prepared = relief.prepare(cone())
    x, y = tile_of(105.22, 35.18, 12)
    left, right = (alpha(relief.shade_tile(prepared, 12, x + step, y)) for step in (0, 1))
    seam = np.abs(left[:, -1, 3] - right[:, 0, 3]).max()
    inside = np.abs(np.diff(left[..., 3], axis=1)).max()
    assert seam <= inside + 2


def test_unknown_ground_is_clear() -> None:
    heights = cone().heights.copy()
    heights[:, 100:] = np.nan
    prepared = relief.prepare(HeightGrid(heights, *BOUNDS, "half"))
    picture = alpha(relief.shade_tile(prepared, 13, *tile_of(105.30, 35.10, 13)))
    assert picture[..., 3].max() == 0
