"""Running water on a height field: who drains into whom, how much land drains through a cell, what water leaves.

A drainage tree is an array of receivers: cell i drains into receivers[i], an outlet into itself. Sums along such a
tree are taken by pointer doubling (Wyllie 1979), so a tree a thousand cells deep costs ten array operations.
The heights are the steady state of stream power erosion, slope = k · A^-θ (Whipple & Tucker 1999, θ ≈ 0.45).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from geodata.sample.plane import CELL, COLUMNS, ROWS, Floats, Indices, cell_centres

#: The eight neighbours: row step, column step.
NEIGHBOURS = tuple((r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if r or c)
#: Concavity of river profiles.
THETA = 0.45


def neighbour_graph(cost: Floats) -> sparse.csr_matrix:
    """Graph over the cells (ROWS, COLUMNS): an edge costs the mean of its two ends' cost × its length in cells."""
    index = np.arange(ROWS * COLUMNS, dtype=np.int32).reshape(ROWS, COLUMNS)
    starts, ends, weights = [], [], []
    for r, c, length in ((0, 1, 1.0), (1, 0, 1.0), (1, 1, 2**0.5), (1, -1, 2**0.5)):
        a = (slice(0, ROWS - r), slice(max(0, -c), COLUMNS - max(0, c)))
        b = (slice(r, ROWS), slice(max(0, c), COLUMNS - max(0, -c)))
        starts.append(index[a].ravel())
        ends.append(index[b].ravel())
        weights.append((0.5 * length * (cost[a] + cost[b])).ravel())
    s, e, w = np.concatenate(starts), np.concatenate(ends), np.concatenate(weights)
    size = ROWS * COLUMNS
    return sparse.csr_matrix((np.r_[w, w], (np.r_[s, e], np.r_[e, s])), shape=(size, size))


def first_tree(cost: Floats, outlets: Indices) -> Indices:
    """The cheapest ways to the outlets over `cost` (ROWS, COLUMNS): a drainage tree to begin with, without hollows."""
    graph = neighbour_graph(cost)
    _, before, _ = csgraph.dijkstra(graph, indices=outlets, min_only=True, return_predecessors=True)
    return np.where(before < 0, np.arange(before.size), before).astype(np.int64)


def steepest(heights: Floats, outlets: Indices, points: Floats) -> Indices:
    """Receiver of each cell: its steepest lower neighbour; outlets (and hollows, if any) drain into themselves.

    `points` (ROWS, COLUMNS, 2) is where in its cell, in metres, each height was taken: points that are not in
    rows keep valleys from running in the eight directions of the grid.
    """
    index = np.arange(ROWS * COLUMNS, dtype=np.int64).reshape(ROWS, COLUMNS)
    best = np.zeros((ROWS, COLUMNS))
    receivers = index.copy()
    for r, c in NEIGHBOURS:
        here = (slice(max(0, -r), ROWS - max(0, r)), slice(max(0, -c), COLUMNS - max(0, c)))
        there = (slice(max(0, r), ROWS - max(0, -r)), slice(max(0, c), COLUMNS - max(0, -c)))
        apart = points[here] - points[there]
        slope = (heights[here] - heights[there]) / np.hypot(apart[..., 0], apart[..., 1])
        better = slope > best[here]
        best[here] = np.where(better, slope, best[here])
        receivers[here] = np.where(better, index[there], receivers[here])
    flat = receivers.ravel()
    flat[outlets] = outlets
    return flat


def upstream_sum(receivers: Indices, amount: Floats) -> Floats:
    """For each cell the sum of `amount` over itself and everything that drains through it."""
    size = receivers.size
    ancestor = np.append(np.where(receivers == np.arange(size), size, receivers), size)
    total = np.append(amount, 0.0)
    while (ancestor[:size] < size).any():
        moved = np.bincount(ancestor, weights=total, minlength=size + 1)
        moved[size] = 0.0
        total = total + moved
        ancestor = ancestor[ancestor]
    return total[:size]


def downstream_sum(receivers: Indices, step: Floats) -> Floats:
    """For each cell the sum of `step` along its way to the outlet (its own step included; an outlet's step is kept)."""
    total, ancestor = step.copy(), receivers.copy()
    total_of_root = np.where(receivers == np.arange(receivers.size), 0.0, 1.0)
    total = total * total_of_root
    while True:
        further = ancestor[ancestor]
        total = total + total[ancestor]
        if (further == ancestor).all():
            return total
        ancestor = further


def outlet_of(receivers: Indices) -> Indices:
    """The outlet that each cell drains to."""
    ancestor = receivers
    while True:
        further = ancestor[ancestor]
        if (further == ancestor).all():
            return ancestor
        ancestor = further


def scattered(rng: np.random.Generator) -> Floats:
    """A point (metres) in every cell, (ROWS, COLUMNS, 2), up to 0.4 of the cell off its middle."""
    middle = np.stack(cell_centres(), axis=-1)
    return middle + rng.uniform(-0.4, 0.4, middle.shape) * CELL


def graded(receivers: Indices, base: Floats, hardness: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Steady heights over a tree, and the area (km²) that drains through each cell.

    `base` holds the heights of the outlets (other cells' values are not read), `hardness` the slope of a stream with
    1 km² behind it, `points` is as in `steepest`.
    """
    area = upstream_sum(receivers, np.full(receivers.size, CELL**2 / 1e6))
    at = points.reshape(-1, 2)
    rise = hardness * area**-THETA * np.hypot(*(at - at[receivers]).T)
    return base[outlet_of(receivers)] + downstream_sum(receivers, rise), area
