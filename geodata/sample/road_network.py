"""Roads of 示例县: cheapest ways over the land, joined where they meet, with a bridge at each crossing of a stream."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
import shapely.ops
from scipy import ndimage, sparse
from scipy.sparse import csgraph

from geodata.sample import curves, drainage, plane
from geodata.sample.hydrography import Stream
from geodata.sample.places import SEAT, Village
from geodata.sample.plane import CELL, COLUMNS, ROWS, Floats, Indices
from geodata.sample.terrain import Land
from geodata.sample.townships import Township

CLASSES = ("provincial", "county", "township", "village")
#: Where the two provincial roads leave the land, km: west, east, north, south.
GATES = ((-26.8, 13.2), (26.8, -14.2), (3.4, 22.0), (-1.6, -22.0))
#: County roads beyond the townships' seats, km: valleys that a county would open up.
FAR_ENDS = ((-16.0, 9.6), (-14.5, -6.4), (16.4, -1.0), (5.6, -10.2), (13.4, 4.6), (-3.6, 11.0), (-26.5, -3.0),
            (26.0, 9.0), (20, -21))  # fmt: skip
#: The town reaches so many cells north and south, east and west of the seat's middle.
TOWN = (6, 10)
#: A bridge reaches this far (m) to both sides of the stream's line.
HALF_BRIDGE = {"river": 75.0, "branch": 32.0, "gully": 16.0}


@dataclass(frozen=True, slots=True)
class Road:
    """A piece of road between two junctions or bridge heads: `line` metres (n, 2), `ref` such as S901, or None."""

    road_class: str
    ref: str | None
    name: str
    line: Floats
    bridge: bool = False
    over: str | None = None


class _Network:
    """Road cells found so far: each step from cell to cell with its class (index in CLASSES) and number."""

    def __init__(self, land: Land) -> None:
        slope = np.hypot(*np.gradient(land.heights, CELL))
        area = land.area.reshape(ROWS, COLUMNS)
        streams = [np.concatenate([c for c in land.courses])]
        wet = np.zeros(ROWS * COLUMNS, bool)
        wet[plane.cell_at(streams[0])] = True
        beside = ndimage.distance_transform_edt(~wet.reshape(ROWS, COLUMNS))
        self.slope, self.beside = slope, beside
        self.cost = 1.0 + (slope / 0.055) ** 2 + 9.0 * (beside < 0.5) + 2.5 * (beside < 1.6) + 1.2 * (area > 5.0)
        self.steps: dict[tuple[int, int], tuple[int, str]] = {}

    def ways(self, starts: Indices, reuse: float) -> Indices:
        """Predecessors of the cheapest ways from `starts`; a step along a present road costs `reuse` of itself."""
        graph = drainage.neighbour_graph(self.cost)
        if self.steps:
            a, b = np.array(list(self.steps)).T
            graph[a, b] = np.asarray(graph[a, b]) * reuse
            graph[b, a] = np.asarray(graph[b, a]) * reuse
        _, before, _ = csgraph.dijkstra(graph, indices=starts, min_only=True, return_predecessors=True)
        return np.asarray(before)

    def lay(self, before: Indices, end: int, road_class: int, ref: str) -> None:
        """Lay the way that ends in cell `end`; what is road already keeps its own class and number."""
        here = int(end)
        while before[here] >= 0:
            there = int(before[here])
            self.steps.setdefault((min(here, there), max(here, there)), (road_class, ref))
            here = there

    def streets(self) -> None:
        """The seat's streets: blocks of 300 m by 450 m on dry, even ground, as far as they hang on the roads."""
        row, column = np.divmod(int(plane.cell_at(SEAT)), COLUMNS)
        even = (self.slope < 0.09) & (self.beside > 1.6)
        for r in range(row - TOWN[0], row + TOWN[0] + 1):
            for c in range(column - TOWN[1], column + TOWN[1] + 1):
                for to_r, to_c, kept in ((r, c + 1, (r - row) % 2 == 0), (r + 1, c, (c - column) % 3 == 0)):
                    if kept and even[r, c] and even[to_r, to_c]:
                        street = f"东西街{abs(r - row) // 2}" if to_r == r else f"南北街{abs(c - column) // 3}"
                        self.steps.setdefault((r * COLUMNS + c, to_r * COLUMNS + to_c), (3, street))
        a, b = np.array(list(self.steps)).T
        size = ROWS * COLUMNS
        _, part = csgraph.connected_components(sparse.coo_matrix((np.ones(a.size), (a, b)), shape=(size, size)))
        main = part[a[0]]
        self.steps = {step: mark for step, mark in self.steps.items() if part[step[0]] == main}

    def cells(self) -> Indices:
        """Every cell that a road touches."""
        return np.unique(np.array(list(self.steps)))


def _lay_all(network: _Network, townships: list[Township], villages: list[Village], sites: Floats) -> Indices:
    """Provincial to township roads, the seat's streets, village and mine roads; answers the villages' cells."""
    seat = plane.cell_at(SEAT)
    gates = plane.cell_at(np.array(GATES) * 1000.0)
    before = network.ways(seat[None], 1.0)
    for gate, ref in zip(gates, ("S901", "S901", "S902", "S902"), strict=True):
        network.lay(before, gate, 0, ref)
    before = network.ways(seat[None], 0.45)
    targets = [*(t.seat for t in townships[1:]), *(np.array(end) * 1000.0 for end in FAR_ENDS)]
    for number, target in enumerate(targets):
        network.lay(before, int(plane.cell_at(target)), 1, f"X{301 + number}")
    at = plane.cell_at(np.array([village.at for village in villages]))
    for number, (start, end) in enumerate(((1, 3), (3, 2), (4, 2), (1, 4))):
        before = network.ways(plane.cell_at(townships[start].seat)[None], 0.6)
        network.lay(before, int(plane.cell_at(townships[end].seat)), 2, f"Y{401 + number}")
    network.streets()
    before = network.ways(network.cells(), 0.6)
    for number, cell in enumerate(at):
        network.lay(before, int(cell), 3 if number % 3 else 2, f"C{501 + number}" if number % 3 else f"Y{411 + number}")
    before = network.ways(network.cells(), 0.6)
    for number, cell in enumerate(plane.cell_at(sites)):
        network.lay(before, int(cell), 3, f"C{601 + number}")
    return at


def roads(
    land: Land, townships: list[Township], villages: list[Village], sites: Floats, streams: list[Stream]
) -> list[Road]:
    """Every piece of road, provincial first; pieces meet in exactly equal points.

    Roads lead to every village and to every point of `sites` (metres, (n, 2)): mines and dams in the hills.
    """
    network = _Network(land)
    village_cells = _lay_all(network, townships, villages, sites)
    steps = np.array(list(network.steps))
    used, numbered = np.unique(steps, return_inverse=True)
    edges = numbered.reshape(steps.shape)
    marks = list(network.steps.values())
    refs = sorted({mark for mark in marks})
    kinds = np.array([refs.index(mark) for mark in marks])
    points = plane.centre_of(used)
    for village, cell in zip(villages, village_cells, strict=True):
        points[np.searchsorted(used, cell)] = village.at
    degree = np.bincount(edges.ravel(), minlength=used.size)
    weights = np.array([(30.0, 8.0, 3.0, 1.0)[mark[0]] for mark in marks])
    points = curves.relax(points, edges, weights, np.flatnonzero(degree == 1), 5)
    found = []
    for kind, chain in curves.chains(edges, kinds):
        road_class, ref = refs[kind]
        found.append(Road(CLASSES[road_class], ref, _title(road_class, ref), curves.chaikin(points[chain])))
    found.sort(key=lambda road: (CLASSES.index(road.road_class), road.ref or ""))
    return _bridged(found, streams)


def _title(road_class: int, ref: str) -> str:
    return f"{('省道', '县道', '乡道', '村道')[road_class]} {ref}"


def _bridged(found: list[Road], streams: list[Stream]) -> list[Road]:
    """Cut each road where it crosses a stream, and call the cut-out piece a bridge."""
    waters = [shapely.LineString(stream.line) for stream in streams]
    tree = shapely.STRtree(waters)
    out: list[Road] = []
    for road in found:
        line = shapely.LineString(road.line)
        spans = []
        for index in tree.query(line, predicate="intersects"):
            for point in shapely.get_parts(line.intersection(waters[index])):
                half = HALF_BRIDGE[streams[index].kind]
                where = line.project(shapely.Point(point.coords[0]))
                if half < where < line.length - half and _bridge_wanted(road, streams[index]):
                    spans.append((where - half, where + half, streams[index]))
        out.extend(_cut(road, line, spans))
    return out


def _bridge_wanted(road: Road, stream: Stream) -> bool:
    """A culvert or a ford does for a small gully, and on lesser roads for a larger one too."""
    return stream.area > {"provincial": 3.5, "county": 5.0, "township": 9.0, "village": 14.0}[road.road_class]


def _cut(road: Road, line: shapely.LineString, spans: list[tuple[float, float, Stream]]) -> list[Road]:
    """The pieces of `road`: plain, bridge, plain …; spans that touch become one bridge."""
    out, done = [], 0.0
    merged: list[tuple[float, float, Stream]] = []
    for start, end, stream in sorted(spans, key=lambda span: span[0]):
        if merged and start <= merged[-1][1] + 20:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((start, end, stream))
    for start, end, stream in merged:
        out.append(replace(road, line=_piece(line, done, start)))
        out.append(replace(road, line=_piece(line, start, end), bridge=True, over=stream.name))
        done = end
    out.append(replace(road, line=_piece(line, done, line.length)))
    return out


def _piece(line: shapely.LineString, start: float, end: float) -> Floats:
    return np.array(shapely.ops.substring(line, start, end).coords)
