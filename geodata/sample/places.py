"""78 villages in the valleys of 示例县, and the county seat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from geodata.sample import plane
from geodata.sample.plane import CELL, Floats, Indices
from geodata.sample.terrain import Land
from geodata.sample.townships import Township

#: The county seat (示例县城), metres.
SEAT: Floats = np.array([-0.6, 1.9]) * 1000.0
#: Villages of one township keep this far apart at first (m); where the room is short, less.
APART = 1_900.0
FIRST = "青石柳杨李王张赵陈马高刘槐松桃杏枣榆梁沙红白黄黑金银石水上下前后南北东西大小新旧安平和兴"
SECOND = ("家湾", "家沟", "树坪", "家塬", "崖村", "沟口", "家坪", "湾村", "岔村", "家川", "滩村", "坪村", "咀村",
          "家庄", "河村", "川村")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Village:
    """A village: `code` twelve digits, `at` metres, `township` index, `population` None where nobody has counted."""

    code: str
    name: str
    township: int
    at: Floats
    population: int | None
    households: int | None


def _suitability(land: Land) -> Floats:
    """How well a village would stand in each cell (ROWS, COLUMNS), 0 where it cannot."""
    slope = np.hypot(*np.gradient(land.heights, CELL))
    brook, river = land.away_from_water(2.0), land.away_from_water(60.0)
    good = np.exp(-slope / 0.10) * np.exp(-np.abs(brook - 300.0) / 350.0)
    good *= np.where((brook < 150) | (river < 320), 0.0, 1.0)
    return np.asarray(good)


def _spread(score: Floats, points: Floats, count: int, taken: Floats) -> Indices:
    """Choose `count` of `points` by falling score, far from each other; the distance shrinks until all find room."""
    order, apart = np.argsort(-score, kind="stable"), APART
    while True:
        chosen: list[int] = []
        stand = [*taken]
        for index in order:
            if score[index] <= 0:
                break
            if not stand or np.hypot(*(np.array(stand) - points[index]).T).min() >= apart:
                chosen.append(int(index))
                stand.append(points[index])
                if len(chosen) == count:
                    return np.array(chosen)
        apart *= 0.88


def _names(rng: np.random.Generator, count: int) -> list[str]:
    """Invented village names, no two alike."""
    pairs = [first + second for first in FIRST for second in SECOND if first not in second]
    picked: list[str] = []
    used_first: dict[str, int] = {}
    for number in rng.permutation(len(pairs)):
        name = pairs[number]
        if used_first.get(name[0], 0) < 2:
            used_first[name[0]] = used_first.get(name[0], 0) + 1
            picked.append(name)
    return picked[:count]


def villages(land: Land, townships: list[Township]) -> list[Village]:
    """The 78 villages, township by township; the first of each lies at the township's seat."""
    rng = np.random.default_rng(78)
    good = _suitability(land)
    east, north = plane.cell_centres()
    points = np.stack([east.ravel(), north.ravel()], axis=1)
    score = (good * rng.uniform(0.35, 1.0, good.shape)).ravel()
    names = iter(_names(rng, sum(township.villages for township in townships)))
    found: list[Village] = []
    for number, township in enumerate(townships):
        inner = township.area.buffer(-350.0)
        here = np.flatnonzero(shapely.contains_xy(inner, points[:, 0], points[:, 1]))
        seat_first = score[here] + 10.0 * (np.hypot(*(points[here] - township.seat).T) < CELL)
        seat_first[seat_first < 1e-3] = 1e-6
        stand = np.array([village.at for village in found]).reshape(-1, 2)
        chosen = _spread(seat_first, points[here], township.villages, stand)
        for place, index in enumerate(chosen):
            people = int(rng.lognormal(6.75, 0.45)) if rng.random() > 0.04 else None
            found.append(Village(
                f"{township.code}{200 + place:03d}", next(names), number,
                points[here][index] + rng.uniform(-50, 50, 2), people,
                None if people is None else round(people / rng.uniform(2.9, 3.9))))  # fmt: skip
    return found
