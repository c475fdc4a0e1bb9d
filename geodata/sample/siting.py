"""Where things stand: mines on slopes, dams in side valleys, plants beside roads, each where a county would put it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from scipy import ndimage

from geodata.sample import plane
from geodata.sample.places import SEAT, Village
from geodata.sample.plane import CELL, COLUMNS, ROWS, Floats
from geodata.sample.terrain import Land
from geodata.sample.townships import Township


@dataclass
class Ground:
    """The county's cells as candidates for a place: metres (n, 2), township of each, and the room (m) that is left."""

    land: Land
    townships: list[Township]
    villages: list[Village]
    points: Floats = field(init=False)
    township: np.ndarray = field(init=False)
    cells: np.ndarray = field(init=False)
    room: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Collect the cells that lie well inside a township."""
        east, north = plane.cell_centres()
        everywhere = np.stack([east.ravel(), north.ravel()], axis=1)
        owner = np.full(len(everywhere), -1)
        for number, township in enumerate(self.townships):
            owner[shapely.contains_xy(township.area.buffer(-300.0), everywhere[:, 0], everywhere[:, 1])] = number
        self.cells = np.flatnonzero(owner >= 0)
        self.points, self.township = everywhere[self.cells], owner[self.cells]
        self.room = np.full(len(self.points), np.inf)
        for village in self.villages:
            self.take(village.at)

    def take(self, place: Floats) -> None:
        """Say that something stands at `place` (metres): others keep away from it."""
        self.room = np.minimum(self.room, np.hypot(*(self.points - place).T))

    def slopes(self) -> Floats:
        """Steepness (rise over run) of every candidate."""
        return np.asarray(np.hypot(*np.gradient(self.land.heights, CELL)).ravel()[self.cells])

    def hillsides(self) -> Floats:
        """Suitability for a mine: a slope that a road still climbs, away from the larger streams."""
        water = self.land.away_from_water(3.0).ravel()[self.cells]
        return np.asarray(np.exp(-(((self.slopes() - 0.17) / 0.07) ** 2)) * (water > 350) * self._out_of_town())

    def side_valleys(self) -> Floats:
        """Suitability for a tailings dam: the bottom of a short, steep-sided valley."""
        area = self.land.area[self.cells]
        steep = np.exp(-np.abs(self.slopes() - 0.12) / 0.08)
        return np.asarray(steep * ((area > 0.5) & (area < 3.2)) * self._out_of_town())

    def roadsides(self, lines: Sequence[Floats]) -> Floats:
        """Suitability for a works or a depot: even ground some hundred metres from one of `lines`, dry."""
        road = np.ones(ROWS * COLUMNS, bool)
        road[plane.cell_at(np.concatenate(lines))] = False
        away = (ndimage.distance_transform_edt(road.reshape(ROWS, COLUMNS)) * CELL).ravel()[self.cells]
        water = self.land.away_from_water(30.0).ravel()[self.cells]
        return np.asarray(np.exp(-(((away - 260.0) / 130.0) ** 2) - self.slopes() / 0.05) * (water > 280))

    def _out_of_town(self) -> np.ndarray:
        return np.asarray(np.hypot(*(self.points - SEAT).T) > 3_000.0)

    def choose(
        self, score: Floats, wishes: Sequence[str | tuple[float, float]], apart: float, seed: int,
        reach: float = 2_500.0
    ) -> Floats:
        """A place (metres) for each wish: a township's name, or km where it should be near; (n, 2).

        Places keep `apart` metres from villages and from each other as long as the ground allows.
        """
        rng = np.random.default_rng(seed)
        luck = score * rng.uniform(0.4, 1.0, score.shape)
        names = [township.name for township in self.townships]
        chosen = []
        for wish in wishes:
            if isinstance(wish, str):
                wanted = np.where(self.township == names.index(wish), luck, 0.0)
            else:
                wanted = luck * np.exp(-(np.hypot(*(self.points - np.array(wish) * 1000).T) / reach) ** 2)
            best = int(np.argmax(wanted * np.clip(self.room / apart, 0, 1) ** 6 + 1e-12 * self.room))
            place = self.points[best] + rng.uniform(-40, 40, 2)
            chosen.append(place)
            self.take(place)
        return np.array(chosen)


def around(at: Floats, number: int, away: float) -> Floats:
    """A point `away` metres from `at` (metres); `number` turns it round, so that neighbours do not coincide."""
    angle = 2.399963 * number  # the golden angle: successive points never line up
    return np.asarray(at + away * np.array([np.cos(angle), np.sin(angle)]))


def beside(line: Floats, share: float, away: float) -> Floats:
    """The point `away` metres to the left (right, where negative) of a line (n, 2) at `share` of its length."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.r_[0.0, np.cumsum(steps)]
    where = share * along[-1]
    piece = int(np.clip(np.searchsorted(along, where, side="right") - 1, 0, len(steps) - 1))
    heading = (line[piece + 1] - line[piece]) / max(steps[piece], 1e-9)
    at = line[piece] + heading * (where - along[piece])
    return np.asarray(at + np.array([-heading[1], heading[0]]) * away)
