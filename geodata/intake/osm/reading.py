"""Reading an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2) as a stream of things with tags and geometry.

Memory stays bounded whatever the extract's size: nothing is collected here, and from `LARGE` bytes on the positions
of nodes live in a temporary file instead of memory. An extract is read once for each question that is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import osmium
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused

#: Formats by the end of the file's name; osmium itself knows no others that a bureau meets.
ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".o5m")
#: From this size on node positions go to a temporary file (about 16 bytes a node).
LARGE = 64 * 2**20

#: An import keeps its source file in the database; this is a large province's extract.
LARGEST = 512 * 2**20

ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"
_LETTER: dict[str, Literal["N", "W", "R"]] = {"n": "N", "w": "W", "r": "R"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A node, way or relation. `geom` (EPSG:4326, lon/lat) is a Point, LineString, MultiPolygon, or None.

    A closed way comes twice, as the line that it is and as the area that it may be; `nodes` are a line's node ids.
    """

    letter: Literal["N", "W", "R"]
    id: int
    version: int
    tags: dict[str, str]
    geom: BaseGeometry | None = None
    nodes: tuple[int, ...] = ()
    members: tuple[tuple[str, int, str], ...] = field(default=(), repr=False)

    @property
    def code(self) -> str:
        """Business code of the record that is made of it: OSM-W123."""
        return f"OSM-{self.letter}{self.id}"

    @property
    def source(self) -> str:
        """Attribution with the object and its version, which stays with the record."""
        kind = {"N": "node", "W": "way", "R": "relation"}[self.letter]
        return f"{ATTRIBUTION} ({kind}/{self.id} v{self.version})"

    @property
    def name(self) -> str:
        """The name as it stands on the spot; without one the Chinese, the official, or any language's; else ''."""
        tags = self.tags
        return (tags.get("name") or tags.get("name:zh") or tags.get("official_name") or _any_language(tags)).strip()

    @property
    def is_area(self) -> bool:
        """True where the geometry is a surface."""
        return self.geom is not None and self.geom.geom_type == "MultiPolygon"

    @property
    def is_line(self) -> bool:
        """True where the geometry is a line."""
        return self.geom is not None and self.geom.geom_type == "LineString"


def _any_language(tags: dict[str, str]) -> str:
    """A name in one language where the plain one is missing: `name:de` and the like, the first by alphabet."""
    return next((tags[key] for key in sorted(tags) if key.startswith("name:") and len(key) <= 7), "")


class Extract:
    """An extract on disk. Every method streams; broken files end in Refused with a sentence."""

    def __init__(self, path: Path) -> None:
        """Look at `path` without reading it. Raises Refused where it is no file or of no OSM format."""
        if not path.is_file():
            raise Refused("没有这个文件", str(path), "请检查路径")
        if not path.name.lower().endswith(ENDINGS) or ".osh" in path.name.lower():
            raise Refused("不是 OpenStreetMap 文件", path.name, "可用的有 " + "、".join(ENDINGS))
        if path.stat().st_size == 0:
            raise Refused("文件是空的", path.name, "请重新下载")
        if path.stat().st_size > LARGEST:
            raise Refused(f"文件超过 {LARGEST // 2**20} MB", path.name, "请先裁出本县范围再导入")
        self.path = path

    def points(self, *keys: str) -> Iterator[Thing]:
        """Nodes that have one of the tag `keys`, with their positions."""
        for node in self._objects(self._processor(osmium.osm.NODE), keys):
            if node.location.valid():
                yield Thing("N", node.id, node.version, dict(node.tags), shapely.Point(node.lon, node.lat))

    def relations(self, *keys: str) -> Iterator[Thing]:
        """Relations that have one of the tag `keys`, with members (type letter, id, role), without geometry."""
        for relation in self._objects(self._processor(osmium.osm.RELATION), keys):
            members = tuple((_LETTER[m.type], m.ref, m.role) for m in relation.members)
            yield Thing("R", relation.id, relation.version, dict(relation.tags), members=members)

    def lines(self, *keys: str) -> Iterator[Thing]:
        """Ways that have one of the tag `keys`, as lines; where nodes are missing, the longest whole run."""
        processor = self._processor().with_locations(self._storage())
        processor.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        for way in self._objects(processor, keys):
            line = _line(way)
            if line is not None:
                yield line

    def things(self, *keys: str) -> Iterator[Thing]:
        """Nodes, ways (as lines) and areas (closed ways, multipolygon and boundary relations) with one of `keys`."""
        processor = self._processor().with_locations(self._storage()).with_areas(osmium.filter.KeyFilter(*keys))
        factory = osmium.geom.WKBFactory()
        for found in self._objects(processor, keys):
            thing: Thing | None = None
            if found.is_node() and found.location.valid():
                thing = Thing("N", found.id, found.version, dict(found.tags), shapely.Point(found.lon, found.lat))
            elif found.is_way():
                thing = _line(found)
            elif found.is_area():
                thing = _area(found, factory)
            if thing is not None:
                yield thing

    def areas(self, *tags: tuple[str, str]) -> Iterator[Thing]:
        """Closed areas that have one of the `tags` (key, value). A ring that is cut open gives no area."""
        wanted = osmium.filter.TagFilter(*tags)
        processor = self._processor().with_locations(self._storage()).with_areas(wanted).with_filter(wanted)
        factory = osmium.geom.WKBFactory()
        for found in self._objects(processor, ()):
            thing = _area(found, factory) if found.is_area() else None
            if thing is not None:
                yield thing

    def _processor(self, entities: Any = osmium.osm.ALL) -> Any:
        return osmium.FileProcessor(str(self.path), entities)

    def _storage(self) -> str:
        return "sparse_file_array" if self.path.stat().st_size >= LARGE else "flex_mem"

    def _objects(self, processor: Any, keys: Iterable[str]) -> Iterator[Any]:
        """Iterate `processor`, and say in a sentence what osmium cannot read."""
        wanted = tuple(keys)
        if wanted:
            processor = processor.with_filter(osmium.filter.KeyFilter(*wanted))
        try:
            yield from processor
        except RuntimeError as trouble:  # osmium has no finer class for what it cannot read
            raise _unreadable(self.path.name, str(trouble)) from trouble


def _line(way: Any) -> Thing | None:
    # Joining across a missing node would draw a straight road where there is none.
    runs = (list(run) for placed, run in groupby(way.nodes, lambda node: node.location.valid()) if placed)
    nodes = max(([(node.ref, node.lon, node.lat) for node in run] for run in runs), key=len, default=[])
    if len(nodes) < 2:
        return None
    geom = shapely.LineString([(lon, lat) for _, lon, lat in nodes])
    return Thing("W", way.id, way.version, dict(way.tags), geom, tuple(ref for ref, _, _ in nodes))


def _area(area: Any, factory: Any) -> Thing | None:
    try:
        geom = shapely.from_wkb(factory.create_multipolygon(area))
    except RuntimeError:  # a ring that collapses to nothing has no geometry and is no area
        return None
    return Thing("W" if area.from_way() else "R", area.orig_id(), area.version, dict(area.tags), geom)


def _unreadable(name: str, trouble: str) -> Refused:
    if any(sign in trouble for sign in ("unexpected EOF", "unclosed token", "no element found", "truncated")):
        return Refused(f"文件不完整，读到中途断了（{trouble}）", name, "请重新下载，并核对文件大小")
    if "entities" in trouble:
        return Refused("XML 里有实体声明，正常的 OSM 文件没有这个，不予读取", name, "请从可靠来源重新获取")
    return Refused(f"内容不是 OpenStreetMap 数据，或已损坏（{trouble}）", name, "请重新下载，或核对文件类型")
