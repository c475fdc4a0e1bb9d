"""The plane on which 示例县 is drawn: metres east and north of its middle, and the way to degrees and back.

A local equirectangular plane is linear in degrees, so a grid that is regular in metres is regular in lon/lat too,
which is what a height grid needs. Over 56 km its scale is off by less than 0.5 %, which an invented county bears.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

#: Middle of the county, degrees (WGS 84; CGCS2000 agrees to centimetres).
LON0, LAT0 = 105.42, 35.11
#: Metres in a degree of longitude and latitude there (WGS 84 ellipsoid, rounded).
PER_LON = 111_320.0 * math.cos(math.radians(LAT0))
PER_LAT = 110_945.0

#: The height field on which water runs: cell edge in metres, columns, rows. Row 0 is the northern edge.
CELL = 150.0
COLUMNS, ROWS = 360, 296
#: The western and northern edge, metres.
WEST, NORTH = -COLUMNS * CELL / 2, ROWS * CELL / 2


def to_degrees(xy: Floats) -> Floats:
    """Metres (…, 2) east, north → degrees (…, 2) lon, lat."""
    return np.asarray(xy, float) / (PER_LON, PER_LAT) + (LON0, LAT0)


def to_metres(lonlat: Floats) -> Floats:
    """Degrees (…, 2) lon, lat → metres (…, 2) east, north."""
    return (np.asarray(lonlat, float) - (LON0, LAT0)) * (PER_LON, PER_LAT)


def cell_centres() -> tuple[Floats, Floats]:
    """Metres east and north of every cell's middle, each (ROWS, COLUMNS)."""
    x = WEST + (np.arange(COLUMNS) + 0.5) * CELL
    y = NORTH - (np.arange(ROWS) + 0.5) * CELL
    east, north = np.meshgrid(x, y)
    return east, north


def centre_of(cells: Indices) -> Floats:
    """Flat cell indices (n,) → metres (n, 2) of their middles."""
    rows, columns = np.divmod(np.asarray(cells), COLUMNS)
    return np.stack([WEST + (columns + 0.5) * CELL, NORTH - (rows + 0.5) * CELL], axis=-1)


def cell_at(xy: Floats) -> Indices:
    """Metres (…, 2) → flat index of the cell; points outside fall to the nearest edge cell."""
    xy = np.asarray(xy, float)
    columns = np.clip((xy[..., 0] - WEST) // CELL, 0, COLUMNS - 1).astype(np.int64)
    rows = np.clip((NORTH - xy[..., 1]) // CELL, 0, ROWS - 1).astype(np.int64)
    return rows * COLUMNS + columns


def corners() -> Floats:
    """The north-western and the south-eastern corner of the land, metres (2, 2)."""
    return np.array([[WEST, NORTH], [WEST + COLUMNS * CELL, NORTH - ROWS * CELL]])
