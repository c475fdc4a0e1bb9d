"""The region of interest of an import (`--within`): a file's outline, or a boundary that the extract itself has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geodata.errors import Refused
from geodata.intake import area
from geodata.intake.osm.reading import Extract, Thing

_GEOD = Geod(ellps="WGS84")
_RELATION = re.compile(r"(?:relation/|r)?(\d+)\Z", re.IGNORECASE)
_OUTLINE_ENDINGS = (".geojson", ".json", ".gpkg", ".shp", ".kml", ".zip")
_NAMES = ("name", "name:zh", "name:zh-Hans", "official_name", "alt_name", "short_name", "name:en")


@dataclass(frozen=True)
class Region:
    """A surface (EPSG:4326, lon/lat), or the whole extract where `outline` is None; `title` if it is a boundary's."""

    outline: BaseGeometry | None = None
    title: str = ""

    def touches(self, geom: BaseGeometry) -> bool:
        """True where any of `geom` lies in the region."""
        return self.outline is None or bool(self.outline.intersects(geom))

    def holds(self, shape: BaseGeometry, slack: float = 0.01) -> bool:
        """True where `shape` lies inside but for `slack` of its surface: outlines of two sources differ by a hedge."""
        if self.outline is None:
            return True
        outside = shapely.area(shapely.difference(shape, self.outline))
        return bool(self.outline.intersects(shape) and outside <= slack * shapely.area(shape))

    def metres(self, line: BaseGeometry) -> float:
        """Length of `line` inside the region in geodesic metres (WGS 84)."""
        inside = line if self.outline is None or self.outline.contains(line) else self.outline.intersection(line)
        return float(_GEOD.geometry_length(inside))


def whole_extract() -> Region:
    """The region without `--within`: everything that the extract has."""
    return Region()


def within(extract: Extract, wanted: str) -> Region:
    """The region that `--within` names: a file or W,S,E,N, a relation id (1155955, r1155955), or a boundary's name.

    Raises Refused where there is no such boundary, where it is cut open by the extract's edge, where a name means
    several, and where a file has no surface or no coordinate system.
    """
    if Path(wanted).suffix.lower() in _OUTLINE_ENDINGS or wanted.count(",") == 3:
        given = area.of_option(wanted)
        assert given is not None  # only an empty text names no area
        return _prepared(given.shape, "")
    relation = _RELATION.match(wanted.strip())
    found = [
        thing
        for thing in extract.areas(("boundary", "administrative"))
        if (thing.letter == "R" and thing.id == int(relation[1]) if relation else wanted in _names(thing))
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
    top = min(_level(thing) for thing in found)
    highest = [thing for thing in found if _level(thing) == top]
    if len(highest) > 1:
        each = "、".join(f"{thing.name}（admin_level={_level(thing)}，{thing.letter}{thing.id}）" for thing in highest)
        raise Refused(f"叫这个名字的边界不止一个：{each}", f"--within {wanted}", "请改用关系编号")
    return highest


def _level(thing: Thing) -> int:
    level = thing.tags.get("admin_level", "")
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
