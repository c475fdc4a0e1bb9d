"""The county's edge: near a drawn outline, moved aside to the ridges that part the waters."""

from __future__ import annotations

import numpy as np
from scipy import interpolate, ndimage

from geodata.sample.plane import Floats
from geodata.sample.terrain import Land

#: The drawn outline, km east and north of the county's middle, clockwise from the west.
DRAWN = ((-19.2, 8.3), (-18.4, 11.9), (-15.2, 13.0), (-12.6, 12.9), (-10.8, 14.4), (-8.2, 13.4), (-4.9, 13.2),
         (-2.0, 12.0), (2.7, 10.1), (6.3, 9.6), (9.2, 7.9), (12.0, 7.3), (15.2, 4.4), (16.3, 1.7), (18.4, 0.6),
         (19.2, -2.9), (18.0, -5.2), (14.9, -6.9), (12.0, -8.3), (8.1, -11.1), (5.0, -13.1), (2.9, -13.6),
         (1.0, -14.3), (-1.8, -13.7), (-6.1, -13.3), (-8.8, -11.3), (-12.6, -10.7), (-14.8, -9.0), (-17.0, -7.8),
         (-17.7, -5.6), (-17.1, -3.4), (-17.8, -0.4), (-18.9, 2.6), (-19.3, 5.6))  # fmt: skip
#: How far the edge may leave the drawn line (m), in how many steps to each side, and the bearings tried.
REACH, STEPS, BEARINGS = 1_500.0, 20, 720


def _drawn() -> tuple[Floats, Floats]:
    """Middle (2,) and radius in metres at each of BEARINGS bearings of the drawn outline."""
    corners = np.array(DRAWN) * 1000
    middle = corners.mean(axis=0)
    away = corners - middle
    angle, radius = np.arctan2(away[:, 1], away[:, 0]), np.hypot(*away.T)
    order = np.argsort(angle)
    angle, radius = angle[order], radius[order]
    smooth = interpolate.CubicSpline(np.r_[angle, angle[0] + 2 * np.pi], np.r_[radius, radius[0]], bc_type="periodic")
    return middle, smooth(np.linspace(-np.pi, np.pi, BEARINGS, endpoint=False))


def outline(land: Land) -> Floats:
    """The county's edge as a ring (n, 2) in metres, first point not repeated."""
    middle, radius = _drawn()
    angle = np.linspace(-np.pi, np.pi, BEARINGS, endpoint=False)
    offsets = np.linspace(-REACH, REACH, 2 * STEPS + 1)
    reach = radius[:, None] + offsets[None, :]
    at = middle + np.stack([np.cos(angle)[:, None] * reach, np.sin(angle)[:, None] * reach], axis=-1)
    high = land.height_at(at.reshape(-1, 2)).reshape(reach.shape)
    ridge = (high - ndimage.uniform_filter(high, (1, 15))) / 35.0
    cost = -ridge + (offsets[None, :] / REACH) ** 2 * 0.9
    chosen = _cheapest_ring(cost)
    found = ndimage.gaussian_filter1d(reach[np.arange(BEARINGS), chosen], 1.1, mode="wrap")
    return np.asarray(middle + np.stack([np.cos(angle) * found, np.sin(angle) * found], axis=1))


def _cheapest_ring(cost: Floats) -> np.ndarray:
    """Offset index at each bearing of the cheapest closed way round (Viterbi, twice round so that the ends meet)."""
    twice = np.concatenate([cost, cost])
    total, before = twice[0].copy(), np.zeros(twice.shape, dtype=np.int64)
    width = cost.shape[1]
    change = np.abs(np.arange(width)[:, None] - np.arange(width)[None, :])
    turn = np.where(change <= 3, 0.05 * change**2, np.inf)
    for step in range(1, len(twice)):
        ways = total[None, :] + turn
        before[step] = ways.argmin(axis=1)
        total = twice[step] + ways.min(axis=1)
    chosen = np.empty(len(twice), dtype=np.int64)
    chosen[-1] = total.argmin()
    for step in range(len(twice) - 1, 0, -1):
        chosen[step - 1] = before[step, chosen[step]]
    half = len(cost)
    return np.concatenate([chosen[half : half + half // 2], chosen[half // 2 : half]])
