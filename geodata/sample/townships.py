"""Five townships that cover the county without a gap, parted along the ridges between small valleys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage
from scipy.sparse import csgraph

from geodata.sample import curves, drainage, plane
from geodata.sample.plane import CELL, COLUMNS, ROWS, Floats, Indices
from geodata.sample.terrain import Land

COUNTY, COUNTY_CODE = "示例县", "990101"
#: km² of the small valleys that stay in one township.
VALLEY = 6.0


@dataclass(frozen=True, slots=True)
class Township:
    """A township: its name and nine-digit code, its polygon in metres, its seat (metres), how many villages it has."""

    name: str
    code: str
    area: shapely.Polygon
    seat: Floats
    villages: int


#: Name, code, villages, seat (km), and points (km) from which its land is gathered.
PLAN = (
    ("城关镇", "990101100", 18, (-0.6, 1.9), ((-0.4, 0.6), (-2.4, -3.0), (-1.0, 7.5), (-4.5, 3.2), (1.0, -2.2))),
    ("青溪镇", "990101101", 17, (-10.6, 7.3), ((-10, 9), (-15, 8), (-12, 3), (-7.4, 6.5), (-15.0, 0.5))),
    ("石桥镇", "990101102", 16, (12.6, -5.0), ((13, -6), (8, -3.4), (6, -8), (16, -1), (4.6, -6.4))),
    ("白岭乡", "990101200", 14, (-6.4, -9.2), ((-5, -10), (-12, -6.0), (0.2, -11.2), (-9.5, -8.5))),
    ("云台乡", "990101201", 13, (8.4, 4.4), ((9, 5), (5.0, 7.6), (12.4, 3.6), (6.5, 2.4))),
)


def _labels(land: Land) -> Indices:
    """The township (index in PLAN) of every cell: small valleys go whole to the one that most of them is near."""
    slope = np.hypot(*np.gradient(land.heights, CELL))
    graph = drainage.neighbour_graph(1.0 + 6.0 * slope)
    starts = [plane.cell_at(np.array(points) * 1000.0) for *_, points in PLAN]
    _, _, source = csgraph.dijkstra(graph, indices=np.concatenate(starts), min_only=True, return_predecessors=True)
    owner = np.zeros(ROWS * COLUMNS, dtype=np.int64)
    for number, cells in enumerate(starts):
        owner[cells] = number
    nearest = owner[source]
    small = land.area < VALLEY
    ends = np.where(small & ~small[land.receivers], np.arange(small.size), land.receivers)
    ends = np.where(small, ends, np.arange(small.size))
    valley = drainage.outlet_of(ends)
    votes = np.stack([np.bincount(valley, nearest == number, small.size) for number in range(len(PLAN))])
    won = votes.argmax(axis=0)[valley]
    return np.asarray(np.where(land.area[valley] > 0.6, won, nearest))


def _tidied(labels: Indices, inside: np.ndarray) -> Indices:
    """Smooth the labels (ROWS, COLUMNS), keep one piece of each inside the county; the rest joins what is nearest."""
    soft = np.stack([ndimage.gaussian_filter((labels == number).astype(float), 1.6) for number in range(len(PLAN))])
    labels = soft.argmax(axis=0)
    keep = np.zeros(labels.shape, bool)
    for number in range(len(PLAN)):
        pieces, count = ndimage.label((labels == number) & inside)
        if count:
            sizes = np.bincount(pieces.ravel())[1:]
            keep |= pieces == 1 + sizes.argmax()
    row, column = ndimage.distance_transform_edt(~keep, return_distances=False, return_indices=True)
    return np.asarray(labels[row, column])


def _borders(labels: Indices) -> list[shapely.LineString]:
    """Edges between cells of different labels, smoothed together: lines that meet still meet."""
    corner = np.arange((ROWS + 1) * (COLUMNS + 1), dtype=np.int64).reshape(ROWS + 1, COLUMNS + 1)
    across, down = labels[:, 1:] != labels[:, :-1], labels[1:] != labels[:-1]
    edges = np.concatenate([
        np.stack([corner[:-1, 1:-1][across], corner[1:, 1:-1][across]], axis=1),
        np.stack([corner[1:-1, :-1][down], corner[1:-1, 1:][down]], axis=1)])  # fmt: skip
    used, numbered = np.unique(edges, return_inverse=True)
    edges = numbered.reshape(edges.shape)
    rows, columns = np.divmod(used, COLUMNS + 1)
    points = np.stack([plane.WEST + columns * CELL, plane.NORTH - rows * CELL], axis=1).astype(float)
    edge_of_grid = np.flatnonzero((rows == 0) | (rows == ROWS) | (columns == 0) | (columns == COLUMNS))
    points = curves.relax(points, edges, np.ones(len(edges)), edge_of_grid, 14)
    found = curves.chains(edges, np.zeros(len(edges), dtype=np.int64))
    return [shapely.LineString(curves.chaikin(points[chain])) for _, chain in found if len(chain) > 1]


def townships(land: Land, edge: Floats) -> list[Township]:
    """The townships in the order of PLAN; `edge` is the county's ring (n, 2) in metres."""
    county = shapely.Polygon(curves.ring(edge, 1))
    east, north = plane.cell_centres()
    inside = shapely.contains_xy(county, east, north)
    labels = _tidied(_labels(land).reshape(ROWS, COLUMNS), inside)
    frame = shapely.unary_union([county.exterior, *_borders(labels)])
    faces = [face for face in shapely.polygonize([frame]).geoms if county.contains(face.representative_point())]
    shares: list[list[shapely.Polygon]] = [[] for _ in PLAN]
    for face in faces:
        middle = np.array(face.representative_point().coords[0])
        shares[labels.ravel()[plane.cell_at(middle)]].append(face)
    return [Township(name, code, _whole(pieces), np.array(seat) * 1000.0, villages)
            for (name, code, villages, seat, _), pieces in zip(PLAN, shares, strict=True)]  # fmt: skip


def _whole(pieces: list[shapely.Polygon]) -> shapely.Polygon:
    """One polygon of the pieces of a township."""
    joined = shapely.unary_union(pieces)
    if not isinstance(joined, shapely.Polygon):
        raise ValueError(f"a township of the sample came out as a {joined.geom_type}")
    return joined
