"""Relief shading of the height grid as PNG tiles: black where the land turns from the light, clear where it is flat.

Heights are read between grid cells by cubic B-splines, so no facet of the grid shows however deep the zoom; light
falls from four directions (Mark 1992), most of it from the north-west. The page sets the picture's opacity.
"""

from __future__ import annotations

import io
import math
import threading
from dataclasses import dataclass

import numpy as np
import psycopg
from numpy.typing import NDArray
from PIL import Image

from geodata.tiles import height
from geodata.tiles.contours import RADIUS
from geodata.tiles.height import HeightGrid

#: Pixels of a tile's side.
SIZE = 256
#: Bearing the light comes from (degrees) and its share.
LIGHTS = ((315.0, 0.55), (270.0, 0.18), (360.0, 0.18), (225.0, 0.09))
ALTITUDE = 42.0
#: Highlights are this strong beside the darkest shade.
HIGHLIGHT = 0.22
#: The picture fades out towards the grid's edge over this share of its width.
FADE = 0.03

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Relief:
    """A grid ready for shading: itself and its halves, quarters … (each the mean of four cells), without gaps."""

    grid: HeightGrid
    halves: tuple[Array, ...]
    known: Array | None


#: The grid of this process, by (server, port, database, grid id): a process that serves one map keeps one grid.
_lock = threading.Lock()
_kept: dict[tuple[str, int, str, int], _Relief] = {}


def relief_tile(connection: psycopg.Connection, z: int, x: int, y: int) -> bytes | None:
    """PNG of tile z/x/y (XYZ, 256 px, grey and alpha); None where there is no grid or the tile lies outside it."""
    grid_id = height.newest(connection)
    if grid_id is None:
        return None
    relief = _relief_of(connection, grid_id)
    return None if relief is None else shade_tile(relief, z, x, y)


def _relief_of(connection: psycopg.Connection, grid_id: int) -> _Relief | None:
    """The grid from memory, or from the database once a process."""
    info = connection.info
    key = (info.host, info.port, info.dbname, grid_id)
    with _lock:
        if key not in _kept:
            grid = height.load(connection, grid_id)
            if grid is None:
                return None
            _kept.clear()
            _kept[key] = prepare(grid)
        return _kept[key]


def prepare(grid: HeightGrid) -> _Relief:
    """Fill unknown cells with the mean height (they are drawn clear) and make the coarser copies."""
    gaps = ~np.isfinite(grid.heights)
    known = None
    if gaps.any():
        known = (~gaps).astype(np.float32)
        grid = HeightGrid(np.where(gaps, np.nanmean(grid.heights), grid.heights).astype(np.float32),
                          grid.west, grid.south, grid.east, grid.north, grid.source)  # fmt: skip
    halves = [np.ascontiguousarray(grid.heights, dtype=np.float32)]
    while min(halves[-1].shape) >= 16:
        last = halves[-1][: halves[-1].shape[0] // 2 * 2, : halves[-1].shape[1] // 2 * 2]
        halves.append(last.reshape(last.shape[0] // 2, 2, last.shape[1] // 2, 2).mean(axis=(1, 3), dtype=np.float32))
    return _Relief(grid, tuple(halves), known)


def shade_tile(relief: _Relief, z: int, x: int, y: int) -> bytes | None:
    """PNG of tile z/x/y of a prepared grid; None where the tile does not touch it."""
    grid = relief.grid
    pixel = 2 * math.pi / (SIZE * 2**z)
    lon = np.degrees((np.arange(-1, SIZE + 1) + 0.5 + x * SIZE) * pixel - math.pi)
    lat = np.degrees(np.arctan(np.sinh(math.pi - (np.arange(-1, SIZE + 1) + 0.5 + y * SIZE) * pixel)))
    across, down = (lon - grid.west) / (grid.east - grid.west), (grid.north - lat) / (grid.north - grid.south)
    if across[-2] <= 0 or across[1] >= 1 or down[-2] <= 0 or down[1] >= 1:
        return None
    metres = RADIUS * pixel * math.cos(math.radians(float(lat[SIZE // 2])))
    heights = _between(relief, across, down)
    edge = np.outer(_fade(down[1:-1]), _fade(across[1:-1]))
    if relief.known is not None:
        edge *= _sampled(relief.known, across, down)[1:-1, 1:-1]
    return _png(_shade(heights, metres, _exaggeration(z)), edge)


def _between(relief: _Relief, across: NDArray[np.float64], down: NDArray[np.float64]) -> Array:
    """Heights at the shares `across` and `down` of the grid, from the copy whose cells are about a pixel wide."""
    step = (across[-1] - across[0]) / (len(across) - 1) * relief.halves[0].shape[1]
    level = min(max(0, math.floor(math.log2(max(step, 1e-9)))), len(relief.halves) - 1)
    return _sampled(relief.halves[level], across, down)


def _sampled(cells: Array, across: NDArray[np.float64], down: NDArray[np.float64]) -> Array:
    """Cubic B-spline surface over `cells` at every pair of (down, across), as two products of small matrices."""
    first_row, rows = _weights(down * cells.shape[0] - 0.5, cells.shape[0])
    first_column, columns = _weights(across * cells.shape[1] - 0.5, cells.shape[1])
    window = cells[first_row : first_row + rows.shape[1], first_column : first_column + columns.shape[1]]
    return np.asarray(rows @ window @ columns.T, dtype=np.float32)


def _weights(places: NDArray[np.float64], size: int) -> tuple[int, Array]:
    """First cell that is needed, and the weight of each cell from there for every place (cell middles are whole)."""
    whole = np.floor(places).astype(np.int64)
    t = places - whole
    parts = ((1 - t) ** 3 / 6, (3 * t**3 - 6 * t**2 + 4) / 6, (-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6, t**3 / 6)
    cells = np.clip(whole[:, None] + np.arange(-1, 3), 0, size - 1)
    first = int(cells.min())
    matrix = np.zeros((len(places), int(cells.max()) - first + 1), dtype=np.float32)
    for column, part in enumerate(parts):
        np.add.at(matrix, (np.arange(len(places)), cells[:, column] - first), part)
    return first, matrix


def _exaggeration(z: int) -> float:
    """Slopes look flatter the further away one stands: heights are stretched more at small scales."""
    return float(np.clip(3.3 * 1.22 ** (12 - z), 1.7, 9.0))


def _shade(heights: Array, metres: float, stretch: float) -> Array:
    """−1 (darkest) … 0 (flat) … 1 (brightest) for each inner pixel; `metres` is a pixel's width on the ground."""
    east = (heights[1:-1, 2:] - heights[1:-1, :-2]) * np.float32(stretch / (2 * metres))
    north = (heights[:-2, 1:-1] - heights[2:, 1:-1]) * np.float32(stretch / (2 * metres))
    sin, cos = math.sin(math.radians(ALTITUDE)), math.cos(math.radians(ALTITUDE))
    normal = 1 / np.sqrt(1 + east * east + north * north)
    light = np.zeros_like(east)
    for bearing, share in LIGHTS:
        a = math.radians(bearing)
        lit = (sin - np.float32(cos * math.sin(a)) * east - np.float32(cos * math.cos(a)) * north) * normal
        light += np.float32(share) * np.maximum(lit, 0)
    return np.asarray(np.where(light < sin, light / sin - 1, (light - sin) / (1 - sin)), dtype=np.float32)


def _fade(share: NDArray[np.float64]) -> NDArray[np.float64]:
    inside = np.clip(np.minimum(share, 1 - share) / FADE, 0, 1)
    return inside * inside * (3 - 2 * inside)


def _png(shade: Array, edge: NDArray[np.float64]) -> bytes:
    """Black (white for highlights) with alpha."""
    dark = shade < 0
    alpha = np.where(dark, np.clip(-shade * 1.2, 0, 1) ** 1.1, shade * HIGHLIGHT) * edge
    grey = np.stack([np.where(dark, 0, 255), np.rint(255 * np.clip(alpha, 0, 1))], axis=-1).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey, mode="LA").save(out, "PNG", compress_level=3)
    return out.getvalue()
