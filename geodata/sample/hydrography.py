"""The waters of 示例县: the given rivers, and the branches and gullies that drain into them, each in its valley."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geodata.sample import curves, plane
from geodata.sample.plane import Floats, Indices
from geodata.sample.terrain import Land

#: km² behind a stream from which it is drawn as a gully, and as a branch.
GULLY, BRANCH = 1.1, 9.0
RIVER_NAMES = ("清水河", "沙坪河", "南泉河")
BRANCH_NAMES = ("石门沟", "青溪", "云台沟", "白岭沟", "大沟河", "东沟河", "柳林沟", "杏树沟", "槐安河", "北沟河",
                "红崖沟",
                "磨坊沟", "安家河", "梨园沟", "麻池沟", "黑水沟", "蒿子沟", "榆树河", "暖泉沟", "后川河", "桦林沟",
                "阳坡沟")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stream:
    """A piece of water: `kind` river, branch or gully; `line` metres (n, 2) downstream; `area` km² behind its mouth."""

    kind: str
    name: str | None
    line: Floats
    area: float


def _nodes(land: Land) -> tuple[Indices, Indices]:
    """Cells that carry a stream, and the given rivers' cells among their receivers."""
    cells = np.flatnonzero(land.area >= GULLY)
    outlets = cells[land.receivers[cells] == cells]
    return np.setdiff1d(cells, outlets), outlets


def streams(land: Land) -> list[Stream]:
    """Rivers first, then branches with their names, then gullies."""
    cells, outlets = _nodes(land)
    every = np.concatenate([cells, outlets])
    place = np.full(land.area.size, -1, dtype=np.int64)
    place[every] = np.arange(every.size)
    points = plane.centre_of(every)
    given = np.concatenate(land.courses)
    _, nearest = cKDTree(given).query(points[cells.size :])
    points[cells.size :] = given[nearest]
    ends = place[land.receivers[cells]]
    linked = ends >= 0
    edges = np.stack([np.arange(cells.size)[linked], ends[linked]], axis=1)
    weights = np.maximum(land.area[cells][linked], 1.0)
    points = curves.relax(points, edges, weights, np.arange(cells.size, every.size), 6)
    found = [Stream("river", name, _on_the_land(line), 900.0)
             for name, line in zip(RIVER_NAMES, land.courses, strict=True)]  # fmt: skip
    return found + _tributaries(land, cells, place, points)


def _on_the_land(line: Floats) -> Floats:
    """The part of a course that the height field carries."""
    return line[(np.abs(line[:, 0]) < -plane.WEST) & (np.abs(line[:, 1]) < plane.NORTH)]


def _tributaries(land: Land, cells: Indices, place: Indices, points: Floats) -> list[Stream]:
    """Walk every stream from its mouth up its larger arm; arms left aside become streams of their own."""
    upstream: dict[int, list[int]] = {}
    for cell in cells.tolist():
        upstream.setdefault(int(land.receivers[cell]), []).append(cell)
    mouths = [cell for cell in cells.tolist() if int(land.receivers[land.receivers[cell]]) == land.receivers[cell]]
    mouths.sort(key=lambda cell: -land.area[cell])
    names = iter(BRANCH_NAMES)
    waiting = [(cell, True) for cell in reversed(mouths)]
    found: list[Stream] = []
    while waiting:
        cell, at_river = waiting.pop()
        behind = float(land.area[cell])
        walked = [int(land.receivers[cell]), cell]
        while upstream.get(cell):
            arms = sorted(upstream[cell], key=lambda arm: -land.area[arm])
            waiting.extend((arm, False) for arm in arms[1:])
            cell = arms[0]
            walked.append(cell)
        line = points[place[walked[::-1]]]
        name = next(names, None) if behind >= BRANCH and at_river else None
        upper = sum(1 for step in walked if land.area[step] < BRANCH)
        if 0 < upper < len(walked) - 1 and behind >= BRANCH:
            found.append(Stream("branch", name, curves.chaikin(line[upper:]), behind))
            line, behind = line[: upper + 1], BRANCH
        kind = "branch" if behind > BRANCH else "gully"
        if len(line) > 3:
            found.append(Stream(kind, name, curves.chaikin(line), behind))
    return sorted(found, key=lambda stream: (stream.kind == "gully", -stream.area))
