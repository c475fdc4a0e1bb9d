"""Reads .geojson, .gpkg, .shp, .kml, .kmz, .tab and .dxf through GDAL: field names, values, WKB and the system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geodata.errors import Refused
from geodata.intake import encodings
from geodata.intake.sheets import MOST_ROWS, Cell, Request, Sheet

#: The driver that each suffix must meet; anything else (a VRT, say) has no business under that name.
_DRIVERS = {
    ".geojson": ("GeoJSON", "ESRIJSON", "TopoJSON"), ".json": ("GeoJSON", "ESRIJSON", "TopoJSON"), ".gpkg": ("GPKG",),
    ".shp": ("ESRI Shapefile",), ".kml": ("LIBKML", "KML"), ".kmz": ("LIBKML", "KML"), ".tab": ("MapInfo File",),
    ".dxf": ("DXF",),
}  # fmt: skip
#: Formats whose texts may be in any encoding that nothing announces: read byte by byte, then looked at.
_SILENT = (".shp", ".tab")


def read(request: Request) -> list[Sheet]:
    """Every layer of a file of features. Raises Refused."""
    path, name = request.path, request.path.name
    try:
        layers = [str(row[0]) for row in pyogrio.list_layers(path)]
        return [_sheet(request, layer) for layer in layers]
    except (DataSourceError, DataLayerError) as error:
        raise Refused(_reason(path), name, _mend(path)) from error


def _reason(path: Path) -> str:
    if path.suffix.lower() in (".geojson", ".json"):
        return "是 JSON，但不是 GeoJSON"
    if path.suffix.lower() == ".shp":
        return "shp 读不开（.shx 或 .dbf 缺失或损坏）"
    return "读不开"


def _mend(path: Path) -> str:
    if path.suffix.lower() in (".geojson", ".json"):
        return "应是 FeatureCollection、Feature 或几何对象"
    return "把同名的几个文件（.shp .shx .dbf .prj）放在一起，或重新导出"


def _sheet(request: Request, layer: str) -> Sheet:
    path, suffix = request.path, request.path.suffix.lower()
    info = pyogrio.read_info(path, layer=layer, encoding="ISO-8859-1" if suffix in _SILENT else None)
    if info["driver"] not in _DRIVERS[suffix]:
        raise Refused(f"扩展名是 {suffix}，内容却是 {info['driver']}", path.name)
    if info["features"] > MOST_ROWS:
        raise Refused(f"有 {info['features']} 个要素，最多 {MOST_ROWS}", path.name, "分成几个文件")
    encoding = "ISO-8859-1" if suffix in _SILENT else None
    # Moments as texts: GDAL's own keep milliseconds only, and numpy's have no zone.
    texts = {"DATE_AS_STRING": "YES"} if info["driver"] == "GeoJSON" else {}
    meta, _, geometries, columns = pyogrio.raw.read(
        path, layer=layer, encoding=encoding, datetime_as_string=True, **texts
    )
    names, values = [str(each) for each in meta["fields"]], [_values(column) for column in columns]
    notes: list[str] = []
    if suffix in _SILENT:
        names, values = _decoded(path, request.encoding, names, values, notes)
    rows: list[list[Cell]] = [list(names), *(list(row) for row in zip(*values, strict=True))]
    shapes = _shapes(geometries, len(rows) - 1 if values else None)
    if not values:
        rows += [[] for _ in shapes]
    return Sheet(layer, rows, geometries=shapes, declared=str(meta["crs"] or ""),
                 overridable=info["driver"] in ("GeoJSON", "LIBKML", "KML", "TopoJSON") and _says_wgs84(meta["crs"]),
                 notes=notes)  # fmt: skip


def _says_wgs84(crs: str | None) -> bool:
    return crs in (None, "EPSG:4326", "OGC:CRS84", "EPSG:4979")


def _shapes(geometries: Any, count: int | None) -> list[bytes | None]:
    if geometries is None:
        return [None] * (count or 0)
    return [bytes(each) if each is not None else None for each in geometries]


def _values(column: Any) -> list[Cell]:
    if np.issubdtype(column.dtype, np.datetime64):
        days = column.dtype == np.dtype("datetime64[D]")
        unit = "datetime64[D]" if days else "datetime64[us]"
        return [None if np.isnat(each) else each.astype(unit).item() for each in column]
    return [_value(each) for each in column.tolist()]


def _value(each: Any) -> Cell:
    if each is None or (isinstance(each, float) and each != each):
        return None
    return each if isinstance(each, (str, int, float, bool)) else str(each)


def _decoded(
    path: Path, named: str, names: list[str], values: list[list[Cell]], notes: list[str]
) -> tuple[list[str], list[list[Cell]]]:  # fmt: skip
    """Texts that GDAL was told to hand over byte by byte, in their real characters."""
    texts = [name.encode("latin-1") for name in names]
    texts += [cell.encode("latin-1", "replace") for column in values for cell in column if isinstance(cell, str)]
    cpg = path.with_suffix(".cpg")
    announced = cpg.read_text("ascii", "ignore").strip() if cpg.is_file() else ""
    encoding = encodings.named(named) if named else encodings.of_values(texts)
    try:

        def text(cell: str) -> str:
            return cell.encode("latin-1", "replace").decode(encoding)

        decoded = [[text(cell) if isinstance(cell, str) else cell for cell in column] for column in values]
        names = [text(name) for name in names]
    except UnicodeDecodeError as error:
        raise Refused(f"属性表按 {encoding} 读不通", path.name, "换一个 --encoding，或去掉它让程序自己认") from error
    if encoding != "utf-8" or announced:
        notes.append(
            f"属性表编码 {encoding}" + (f"（.cpg 写的是 {announced}）" if announced else "（文件没有说明，按内容认出）")
        )
    return names, decoded
