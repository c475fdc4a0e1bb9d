"""The region of interest of an import (`--within`): a file's outline, or a boundary that the extract itself has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pyogrio
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake.osm.reading import Extract, Thing

_GEOD = Geod(ellps="WGS84")
_RELATION = re.compile(r"(?:relation/|r)?(\d+)\Z", re.IGNORECASE)
_OUTLINE_ENDINGS = (".geojson", ".json", ".gpkg", ".shp")
_NAMES = ("name", "name:zh", "name:zh-Hans", "official_name", "alt_name", "short_name", "name:en")


@dataclass(frozen=True)
class Region:
    """A surface (EPSG:4326, lon/lat), or the whole extract where `outline` is None; `title` if it is a boundary's."""

    outline: BaseGeometry | None = None
    title: str = ""

    def touches(self, geom: BaseGeometry) -> bool:
        """True where any of `geom` lies in the region."""
        return self.outline is None or bool(self.outline.intersects(geom))

    def holds(self, area: BaseGeometry, slack: float = 0.01) -> bool:
        """True where `area` lies inside but for `slack` of its surface: outlines of two sources differ by a hedge."""
        if self.outline is None:
            return True
        return bool(self.outline.intersects(area)) and shapely.area(area - self.outline) <= slack * shapely.area(area)

    def metres(self, line: BaseGeometry) -> float:
        """Length of `line` inside the region in geodesic metres (WGS 84)."""
        inside = line if self.outline is None or self.outline.contains(line) else self.outline.intersection(line)
        return float(_GEOD.geometry_length(inside))


def whole_extract() -> Region:
    """The region without `--within`: everything that the extract has."""
    return Region()


def within(extract: Extract, wanted: str) -> Region:
    """The region that `--within` names: a file, a relation id (1155955, r1155955), or a boundary's name.

    Raises Refused where there is no such boundary, where it is cut open by the extract's edge, where a name means
    several, and where a file has no surface or no coordinate system.
    """
    path = Path(wanted)
    if path.suffix.lower() in _OUTLINE_ENDINGS:
        return _prepared(_outline(path), "")
    relation = _RELATION.match(wanted.strip())
    found = [
        area
        for area in extract.areas(("boundary", "administrative"))
        if (area.letter == "R" and area.id == int(relation[1]) if relation else wanted in _names(area))
    ]
    if len(found) > 1:
        found = _highest(found, wanted)
    if not found:
        raise _missing(extract, wanted, int(relation[1]) if relation else None)
    assert found[0].geom is not None  # Extract.areas gives things with a surface
    return _prepared(found[0].geom, found[0].name)


def _prepared(outline: BaseGeometry, title: str) -> Region:
    outline = outline if outline.is_valid else shapely.make_valid(outline)
    shapely.prepare(outline)
    return Region(outline, title)


def _names(thing: Thing) -> set[str]:
    return {part.strip() for key in _NAMES for part in thing.tags.get(key, "").split(";") if part.strip()}


def _highest(found: list[Thing], wanted: str) -> list[Thing]:
    """A city and its own district may share a name: the highest level is meant, if it is one alone."""
    top = min(_level(area) for area in found)
    highest = [area for area in found if _level(area) == top]
    if len(highest) > 1:
        each = "、".join(f"{area.name}（admin_level={_level(area)}，{area.letter}{area.id}）" for area in highest)
        raise Refused(f"叫这个名字的边界不止一个：{each}", f"--within {wanted}", "请改用关系编号")
    return highest


def _level(area: Thing) -> int:
    level = area.tags.get("admin_level", "")
    return int(level) if level.isascii() and level.isdigit() else 99


def _missing(extract: Extract, wanted: str, relation: int | None) -> Refused:
    names: dict[str, str] = {}
    for boundary in extract.relations("boundary"):
        if boundary.id == relation or (relation is None and wanted in _names(boundary)):
            return Refused(f"边界“{boundary.name}”在这个文件里不闭合，被文件边缘截断了", f"--within {wanted}",
                           "请换范围更大的文件，或用 GeoJSON 给出边界")  # fmt: skip
        names |= dict.fromkeys(_names(boundary), boundary.name)
    if not names:
        return Refused("这个文件里没有任何行政边界", f"--within {wanted}", "请用 GeoJSON 或 GPKG 文件给出边界")
    near = get_close_matches(wanted, names, n=3) or sorted(set(names.values()))[:8]
    return Refused("文件里没有这个边界", f"--within {wanted}", "文件里有：" + "、".join(near))


def _outline(path: Path) -> BaseGeometry:
    if not path.is_file():
        raise Refused("没有这个文件", f"--within {path}", "请检查路径")
    try:
        frame = pyogrio.read_dataframe(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as trouble:
        raise Refused(f"读不出边界（{trouble}）", f"--within {path.name}", "请用 GeoJSON 或 GPKG") from trouble
    if getattr(frame, "crs", None) is None:
        raise Refused("没有写明坐标系", f"--within {path.name}", "请用写明坐标系的 GeoJSON 或 GPKG")
    shapes = [shapely.make_valid(geom) for geom in frame.geometry.to_crs(4326) if geom is not None and geom.area > 0]
    if not shapes:
        raise Refused("里面没有面", f"--within {path.name}", "边界应是 Polygon 或 MultiPolygon")
    return shapely.union_all(shapes)
