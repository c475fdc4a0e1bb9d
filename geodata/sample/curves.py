"""Smooth lines from paths over cells: networks are smoothed as a whole, so that lines which meet still meet."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from geodata.sample.plane import Floats, Indices


def chaikin(line: Floats, rounds: int = 2) -> Floats:
    """Cut the corners of a line (n, 2) `rounds` times (Chaikin 1974); both ends stay where they are."""
    for _ in range(rounds):
        if len(line) < 3:
            return line
        early, late = line[:-1] * 0.75 + line[1:] * 0.25, line[:-1] * 0.25 + line[1:] * 0.75
        line = np.concatenate([line[:1], np.stack([early, late], axis=1).reshape(-1, 2)[1:-1], line[-1:]])
    return line


def ring(corners: Floats, rounds: int = 2) -> Floats:
    """Cut the corners of a ring (n, 2), first point not repeated; the answer does not repeat it either."""
    for _ in range(rounds):
        after = np.roll(corners, -1, axis=0)
        corners = np.stack([corners * 0.75 + after * 0.25, corners * 0.25 + after * 0.75], axis=1).reshape(-1, 2)
    return corners


def relax(points: Floats, edges: Indices, weights: Floats, held: Indices, rounds: int) -> Floats:
    """Draw each point (n, 2) of a network towards the weighted mean of its neighbours; `held` points do not move.

    `edges` (m, 2) index the points. A heavy edge pulls more, so a main road keeps its sweep where a lane joins it.
    """
    a, b = edges[:, 0], edges[:, 1]
    total = np.bincount(a, weights, len(points)) + np.bincount(b, weights, len(points))
    total[total == 0] = 1.0
    kept = points[held].copy()
    for _ in range(rounds):
        pulled = np.stack([
            np.bincount(a, weights * points[b, axis], len(points)) + np.bincount(b, weights * points[a, axis],
                                                                                 len(points))
            for axis in (0, 1)], axis=1) / total[:, None]  # fmt: skip
        points = 0.45 * points + 0.55 * pulled
        points[held] = kept
    return points


def chains(edges: Indices, kinds: Indices) -> list[tuple[int, list[int]]]:
    """Cut a network into (kind, points in order): a chain ends at forks, dead ends and changes of kind."""
    around: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, (a, b) in enumerate(edges.tolist()):
        around[a].append((b, number))
        around[b].append((a, number))
    through = {point for point, ways in around.items()
               if len(ways) == 2 and kinds[ways[0][1]] == kinds[ways[1][1]]}  # fmt: skip
    used = np.zeros(len(edges), bool)
    found: list[tuple[int, list[int]]] = []
    starts = [point for point in around if point not in through] + list(through)
    for start in starts:
        for following, number in around[start]:
            if used[number]:
                continue
            used[number] = True
            chain, kind, here = [start, following], int(kinds[number]), following
            while here in through:
                onward = [way for way in around[here] if not used[way[1]]]
                if not onward:
                    break
                here, step = onward[0]
                used[step] = True
                chain.append(here)
            found.append((kind, chain))
    return found


def length(line: Floats) -> float:
    """Length of a line (n, 2) in its own unit."""
    return float(np.hypot(*np.diff(line, axis=0).T).sum())
