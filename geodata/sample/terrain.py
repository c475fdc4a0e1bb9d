"""The land of 示例县: hills carved by its own rivers, from a fixed seed.

A few river courses are given (the 清水河 across the county, two rivers beyond its ridges); everything else is where
water finds its way: a drainage tree grows from those courses over rough ground, the land takes the heights that
such streams leave, and both are repeated until ridges stand between valleys. Heights are metres above sea level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import interpolate, ndimage

from geodata.sample import drainage, plane
from geodata.sample.plane import CELL, COLUMNS, ROWS, Floats, Indices

SEED = 20_260_714
#: River courses, km east and north of the county's middle, source to mouth, with height at both ends (m).
MAIN_RIVER = ((-30, 15.5), (-24, 13.6), (-19.5, 11.6), (-15, 10.4), (-11.2, 7.4), (-7.6, 5.6), (-4.4, 3.3),
              (-0.6, 0.9), (3.2, -0.9), (7.3, -2.3), (11.8, -3.6), (15.4, -6.3), (19.3, -9.4), (24, -11.2),
              (30, -14.5))  # fmt: skip
OUTER_RIVERS = (((15.0, 25), (17.5, 19), (21.5, 13.5), (23.5, 6), (30, 0)),
                ((-22.5, 6.5), (-23.2, 0.5), (-21.5, -7), (-23.5, -14), (-20, -25)))  # fmt: skip
MAIN_HEIGHTS, OUTER_HEIGHTS = (1_395.0, 1_165.0), (1_330.0, 1_190.0)
ROUNDS = 28
#: Middle of the basin in which the county seat lies, metres.
TOWN = (-700.0, 1_900.0)


@dataclass(frozen=True, slots=True)
class Land:
    """The height field (ROWS, COLUMNS) and the water that made it.

    `heights` m; `receivers` the drainage tree; `area` km² through each cell; `courses` the given rivers as metres
    (n, 2), the 清水河 first; `fine` the same land at a third of the cell edge, float32.
    """

    heights: Floats
    receivers: Indices
    area: Floats
    courses: tuple[Floats, ...]
    fine: np.ndarray

    def height_at(self, xy: Floats) -> Floats:
        """Heights (m) at metres (n, 2), bilinear."""
        return np.asarray(ndimage.map_coordinates(self.heights, _grid_place(xy), order=1, mode="nearest"))

    def away_from_water(self, area: float) -> Floats:
        """Metres (ROWS, COLUMNS) from each cell to the given rivers and to streams with `area` km² behind them."""
        wet = self.area >= area
        wet[plane.cell_at(np.concatenate(self.courses))] = True
        return np.asarray(ndimage.distance_transform_edt(~wet.reshape(ROWS, COLUMNS)) * CELL)


def _grid_place(xy: Floats) -> Floats:
    xy = np.asarray(xy, float)
    return np.stack([(plane.NORTH - xy[..., 1]) / CELL - 0.5, (xy[..., 0] - plane.WEST) / CELL - 0.5])


def roughness(rng: np.random.Generator, shape: tuple[int, int], falling: float, longest: float) -> Floats:
    """Smooth noise with mean 0 and deviation 1; its spectrum falls with `falling`, waves end at `longest` cells."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :]
    wave = np.hypot(rows, columns)
    strength = np.where(wave > 1 / longest, np.maximum(wave, 1 / longest) ** -falling, 0.0)
    phase = np.exp(2j * np.pi * rng.random(wave.shape))
    field = np.fft.irfft2(strength * phase, s=shape)
    return np.asarray((field - field.mean()) / field.std())


def course(points: tuple[tuple[float, float], ...], rng: np.random.Generator, swing: float) -> Floats:
    """A river course through control points (km): a smooth curve (m) with bends of about `swing` metres."""
    given = np.array(points, float) * 1000
    along = np.r_[0, np.cumsum(np.hypot(*np.diff(given, axis=0).T))]
    way = np.linspace(0, along[-1], int(along[-1] / 60))
    curve = interpolate.CubicSpline(along, given)
    heading = curve(way, 1)
    aside = np.stack([-heading[:, 1], heading[:, 0]], axis=1) / np.hypot(*heading.T)[:, None]
    bends = np.zeros(len(way))
    for length, part in ((6_400, 0.7), (3_700, 0.5), (2_300, 0.25)):
        bends += np.sin(2 * np.pi * (way / length + rng.random())) * part
    return np.asarray(curve(way) + aside * (bends * swing)[:, None])


def _outlets(courses: tuple[Floats, ...]) -> tuple[Indices, Floats]:
    """Cells of the given courses, and a base height for every cell (only the outlets' are meant)."""
    base = np.zeros(ROWS * COLUMNS)
    cells = []
    for number, line in enumerate(courses):
        top, foot = MAIN_HEIGHTS if number == 0 else OUTER_HEIGHTS
        inside = (np.abs(line[:, 0]) < -plane.WEST) & (np.abs(line[:, 1]) < plane.NORTH)
        at = plane.cell_at(line[inside])
        base[at] = top + (foot - top) * np.linspace(0, 1, len(line))[inside]
        cells.append(at)
    return np.unique(np.concatenate(cells)), base


def _valley_floors(heights: Floats, area: Floats, outlets: Indices) -> Floats:
    """Flatten the ground beside streams: a floor some hundred metres wide along a river, narrow along a brook."""
    flat = area.reshape(ROWS, COLUMNS)
    main = np.zeros(ROWS * COLUMNS, bool)
    main[outlets] = True
    east, north = plane.cell_centres()
    basin = 1_500.0 + 2_300.0 * np.exp(-(((east - TOWN[0]) ** 2 + (north - TOWN[1]) ** 2) / 2_400.0**2))
    for channel, reach in ((flat > 4.0, 420.0), (flat > 18.0, 620.0), (main.reshape(ROWS, COLUMNS), basin)):
        away, (row, column) = ndimage.distance_transform_edt(~channel, return_indices=True)
        near = np.clip(away * CELL / reach, 0, 1)
        share = 0.10 + 0.90 * near * near * (3 - 2 * near)
        floor = heights[row, column]
        heights = np.where(away * CELL < reach, floor + (heights - floor) * share, heights)
    return heights


def build() -> Land:
    """Make the land: about a second and a half of arithmetic, the same land every time."""
    rng = np.random.default_rng(SEED)
    courses = (course(MAIN_RIVER, rng, 400.0), *(course(points, rng, 480.0) for points in OUTER_RIVERS))
    outlets, base = _outlets(courses)
    shape = (ROWS, COLUMNS)
    ground = np.exp(0.85 * roughness(rng, shape, 1.6, 60))
    hardness = (0.050 * np.exp(0.42 * roughness(rng, shape, 1.9, 90))).ravel()
    points = drainage.scattered(rng)
    receivers = drainage.first_tree(ground, outlets)
    heights, area = drainage.graded(receivers, base, hardness, points)
    for _ in range(ROUNDS):
        receivers = drainage.steepest(heights.reshape(shape), outlets, points)
        heights, area = drainage.graded(receivers, base, hardness, points)
    land = _valley_floors(heights.reshape(shape), area, outlets)
    land = ndimage.gaussian_filter(land, 1.5, mode="nearest")
    return Land(land, receivers, area, courses, _fine(land, rng))


def _fine(heights: Floats, rng: np.random.Generator) -> np.ndarray:
    """The land on a grid three times as fine: a cubic surface with small gullies where it is steep."""
    fine = ndimage.zoom(heights, 3, order=3, mode="nearest", grid_mode=True)
    steep = np.hypot(*np.gradient(fine, CELL / 3))
    detail = roughness(rng, fine.shape, 1.5, 26)
    return np.asarray(fine + detail * np.clip(steep - 0.05, 0, 0.4) * 9.0, dtype=np.float32)
