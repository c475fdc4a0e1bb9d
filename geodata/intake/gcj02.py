"""GCJ-02 (国测局) and BD-09 (百度) to and from WGS-84: the unofficial public algorithm, vectorised.

Neither has an official inverse: intake only, the original value is always kept beside the result.
All functions take and give (lon, lat) arrays in degrees, in that order, and broadcast like numpy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_A = 6378245.0
_EE = 0.00669342162296594323
_X_PI = np.pi * 3000.0 / 180.0
#: Inside this box (west, east, south, north) the algorithm shifts; outside it changes nothing.
_BOX = (72.004, 137.8347, 0.8293, 55.8271)
#: Four fixed-point steps leave less than a millimetre everywhere in China.
_STEPS = 4


def shifted(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """True where a WGS-84 position lies in the box in which GCJ-02 differs from it."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    west, east, south, north = _BOX
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def _offset(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Offset in degrees that the algorithm adds to WGS-84 positions."""
    x, y, pi = lon - 105.0, lat - 35.0, np.pi
    root, sin = np.sqrt(np.abs(x)), np.sin
    common = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1.0 - _EE * np.sin(phi) ** 2
    root_magic = np.sqrt(magic)
    return (
        np.degrees(east / (_A / root_magic * np.cos(phi))),
        np.degrees(north / (_A * (1.0 - _EE) / (magic * root_magic))),
    )


def wgs_to_gcj(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """WGS-84 to GCJ-02; positions outside the box come back unchanged."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    east, north = _offset(x, y)
    inside = shifted(x, y)
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def gcj_to_wgs(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """GCJ-02 to WGS-84 by four fixed-point steps; round trip below 1 mm."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    guess_x, guess_y = x.copy(), y.copy()
    for _ in range(_STEPS):
        there_x, there_y = wgs_to_gcj(guess_x, guess_y)
        guess_x, guess_y = guess_x + (x - there_x), guess_y + (y - there_y)
    return guess_x, guess_y


def gcj_to_bd(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """GCJ-02 to BD-09."""
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    z = np.hypot(x, y) + 0.00002 * np.sin(y * _X_PI)
    theta = np.arctan2(y, x) + 0.000003 * np.cos(x * _X_PI)
    return z * np.cos(theta) + 0.0065, z * np.sin(theta) + 0.006


def bd_to_gcj(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """BD-09 to GCJ-02: the closed form (errs up to 0.2 m), then two fixed-point steps."""
    target_x, target_y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    x, y = target_x - 0.0065, target_y - 0.006
    z = np.hypot(x, y) - 0.00002 * np.sin(y * _X_PI)
    theta = np.arctan2(y, x) - 0.000003 * np.cos(x * _X_PI)
    x, y = z * np.cos(theta), z * np.sin(theta)
    for _ in range(2):
        there_x, there_y = gcj_to_bd(x, y)
        x, y = x + (target_x - there_x), y + (target_y - there_y)
    return x, y


def wgs_to_bd(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """WGS-84 to BD-09."""
    return gcj_to_bd(*wgs_to_gcj(lon, lat))


def bd_to_wgs(lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
    """BD-09 to WGS-84."""
    return gcj_to_wgs(*bd_to_gcj(lon, lat))
