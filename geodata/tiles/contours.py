"""Contours of a height grid: traced on a smoothed grid, with corners cut, simplified, in EPSG:3857."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import psycopg
import shapely
from contourpy import LineType, contour_generator
from numpy.typing import NDArray
from scipy import ndimage

#: Web Mercator's radius (m).
RADIUS = 6_378_137.0
#: Interval by relief: up to so many metres between the lowest and the highest point, contours every so many metres.
INTERVALS = ((120.0, 5), (300.0, 10), (650.0, 20), (2_500.0, 50), (math.inf, 100))
#: Every fifth contour is an index contour.
INDEX_EVERY = 5
#: Contours are traced on at most so many cells a side; beyond that the grid is averaged.
MOST_TRACED = 1_200
#: A closed contour shorter than this many cells is a speck and is left out.
SHORTEST_CELLS = 9.0
#: Points of one stored piece: a tile then reads what it shows and little else.
PIECE = 160


@dataclass(frozen=True, slots=True)
class Contour:
    """A piece of a contour: its elevation (m), whether it is an index contour, its line (n, 2) in EPSG:3857."""

    elevation: int
    is_index: bool
    line: NDArray[np.float64]


def interval(lowest: float, highest: float) -> int:
    """Metres between contours for land between two heights (m)."""
    relief = highest - lowest
    return next(step for most, step in INTERVALS if relief <= most)


def to_mercator(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees → EPSG:3857 metres, x and y."""
    return RADIUS * np.radians(lon), RADIUS * np.arctanh(np.sin(np.radians(np.clip(lat, -85.05, 85.05))))


def trace(heights: NDArray[np.float32], bounds: tuple[float, float, float, float]) -> list[Contour]:
    """Contours of `heights` (rows, columns; row 0 north; NaN unknown); `bounds`: west, south, east, north, degrees."""
    west, south, east, north = bounds
    smooth = _smoothed(heights)
    rows, columns = smooth.shape
    lon = west + (np.arange(columns) + 0.5) * (east - west) / columns
    lat = north - (np.arange(rows) + 0.5) * (north - south) / rows
    x, y = to_mercator(lon, lat)
    cell = float(abs(x[1] - x[0]))
    lowest, highest = float(np.nanmin(smooth)), float(np.nanmax(smooth))
    step = interval(lowest, highest)
    generator = contour_generator(x, y, np.ma.masked_invalid(smooth), line_type=LineType.Separate)
    found = []
    for elevation in range(math.floor(lowest / step) * step + step, math.ceil(highest), step):
        for line in generator.lines(float(elevation)):
            for piece in _pieces(np.asarray(line), cell):
                found.append(Contour(elevation, elevation % (step * INDEX_EVERY) == 0, piece))
    return found


def _smoothed(heights: NDArray[np.float32]) -> NDArray[np.float64]:
    """The grid at a size for tracing, its small roughness taken out; unknown cells stay unknown."""
    factor = max(1, math.ceil(max(heights.shape) / MOST_TRACED))
    rows, columns = (size // factor * factor for size in heights.shape)
    known = np.isfinite(heights[:rows, :columns])
    blocks = (rows // factor, factor, columns // factor, factor)
    weight = known.reshape(blocks).mean(axis=(1, 3))
    total = np.where(known, heights[:rows, :columns], 0.0).reshape(blocks).mean(axis=(1, 3))
    soft_weight = ndimage.gaussian_filter(weight, 1.6, mode="nearest")
    soft = ndimage.gaussian_filter(total, 1.6, mode="nearest") / np.maximum(soft_weight, 1e-9)
    return np.where(weight > 0, soft, np.nan)


def _pieces(line: NDArray[np.float64], cell: float) -> Iterator[NDArray[np.float64]]:
    """The line simplified to a third of a cell and with its corners cut, in pieces of at most PIECE points."""
    closed = bool((line[0] == line[-1]).all())
    if len(line) < 4 or closed and np.hypot(*np.diff(line, axis=0).T).sum() < SHORTEST_CELLS * cell:
        return
    simple = np.array(shapely.LineString(line).simplify(cell / 3.0).coords)
    early, late = simple[:-1] * 0.75 + simple[1:] * 0.25, simple[:-1] * 0.25 + simple[1:] * 0.75
    cut = np.stack([early, late], axis=1).reshape(-1, 2)
    cut = np.concatenate([cut, cut[:1]]) if closed else np.concatenate([simple[:1], cut[1:-1], simple[-1:]])
    for start in range(0, len(cut) - 1, PIECE - 1):
        yield cut[start : start + PIECE]


def store(connection: psycopg.Connection, found: list[Contour], *, sample: bool) -> None:
    """Add contours to riskmap.contour, in the caller's transaction."""
    shapes = shapely.to_wkb(shapely.set_srid([shapely.LineString(each.line) for each in found], 3857), hex=True,
                            include_srid=True)  # fmt: skip
    with connection.cursor() as cursor, cursor.copy(
        "COPY riskmap.contour (elevation, is_index, geom3857, sample) FROM STDIN"
    ) as copy:
        for each, shape in zip(found, shapes, strict=True):
            copy.write_row((each.elevation, each.is_index, shape, sample))
