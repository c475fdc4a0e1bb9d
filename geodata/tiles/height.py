"""The height grid behind relief and contours: read from a GeoTIFF, kept in riskmap.height_grid, read back once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT

from geodata.errors import Refused
from geodata.store.version import raise_map
from geodata.tiles import contours

#: The longest side of a grid that is kept: enough for 30 m over a large county, 256 MB at the most.
MOST_CELLS = 8_000
#: Heights on earth, with room for the Dead Sea's shore and for ellipsoidal heights (m).
LOWEST, HIGHEST = -500.0, 9_000.0
WGS84 = CRS.from_epsg(4326)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HeightGrid:
    """Heights in metres, float32 (rows, columns), row 0 in the north; NaN where unknown. Edges in degrees, WGS 84."""

    heights: NDArray[np.float32]
    west: float
    south: float
    east: float
    north: float
    source: str


def read_geotiff(path: Path) -> HeightGrid:
    """Read band 1 of a GeoTIFF, brought to EPSG:4326 by bilinear resampling, at most MOST_CELLS a side.

    Raises Refused: no such file, not a raster, no coordinate system (it is asked for, never guessed), no height in it.
    """
    if not path.is_file():
        raise Refused("没有这个文件", str(path), "检查路径")
    try:
        with rasterio.open(path) as raster:
            if raster.crs is None:
                raise Refused("高程文件没有写坐标系", path.name, "用 gdal_edit.py -a_srs EPSG:… 写明后再导入")
            with WarpedVRT(raster, crs=WGS84, resampling=Resampling.bilinear, nodata=np.nan,
                           dtype="float32") as degrees:
                return _read(degrees, path.name)
    except RasterioError as error:
        raise Refused("读不成栅格", path.name, f"应是 GeoTIFF（.tif）高程文件：{error}") from error


def _read(degrees: WarpedVRT, name: str) -> HeightGrid:
    shrink = max(1.0, max(degrees.width, degrees.height) / MOST_CELLS)
    shape = (max(2, round(degrees.height / shrink)), max(2, round(degrees.width / shrink)))
    heights = degrees.read(1, out_shape=shape, resampling=Resampling.average if shrink > 1 else Resampling.nearest)
    heights = np.where((heights >= LOWEST) & (heights <= HIGHEST), heights, np.nan).astype(np.float32)
    if not np.isfinite(heights).any():
        raise Refused(f"没有 {LOWEST:.0f} 到 {HIGHEST:.0f} m 之间的高程值", name, "确认第一波段是以米为单位的高程")
    west, south, east, north = degrees.bounds
    return HeightGrid(heights, west, south, east, north, name)


def store(connection: psycopg.Connection, grid: HeightGrid, *, sample: bool = False, report: Report = print) -> int:
    """Keep `grid` and its contours in place of the former ones (sample replaces sample only); answers its id.

    Works in the caller's transaction and raises the map's version.
    """
    clear(connection, sample_only=sample)
    rows, columns = grid.heights.shape
    packed = zlib.compress(np.ascontiguousarray(grid.heights, dtype="<f4").tobytes(), 1)
    row = connection.execute(
        "INSERT INTO riskmap.height_grid (width, height, west, south, east, north, heights, source, sample)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
        (columns, rows, grid.west, grid.south, grid.east, grid.north, packed, grid.source, sample),
    ).fetchone()
    assert row is not None  # an INSERT answers its row
    report("等高线")
    contours.store(connection, contours.trace(grid.heights, (grid.west, grid.south, grid.east, grid.north)),
                   sample=sample)
    raise_map(connection)
    return int(row[0])


def clear(connection: psycopg.Connection, *, sample_only: bool) -> None:
    """Remove height grids and contours: the sample's, or all of them."""
    connection.execute("DELETE FROM riskmap.height_grid WHERE sample OR NOT %s", (sample_only,))
    connection.execute("DELETE FROM riskmap.contour WHERE sample OR NOT %s", (sample_only,))


def newest(connection: psycopg.Connection) -> int | None:
    """Id of the grid that is shown: a real one before the sample's; None where there is none."""
    row = connection.execute("SELECT id FROM riskmap.height_grid ORDER BY sample, id DESC LIMIT 1").fetchone()
    return None if row is None else int(row[0])


def load(connection: psycopg.Connection, grid_id: int) -> HeightGrid | None:
    """Read grid `grid_id` from the database; None where it has gone meanwhile."""
    row = connection.execute(
        "SELECT heights, width, height, west, south, east, north, source FROM riskmap.height_grid WHERE id = %s",
        (grid_id,),
    ).fetchone()
    if row is None:
        return None
    heights = np.frombuffer(zlib.decompress(row[0]), dtype="<f4").reshape(row[2], row[1])
    return HeightGrid(heights, *row[3:])
