"""What a column of a file may become: a field of the layer, a fixed column, or a piece of the position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from layers._vocabulary import Field, Geometry, Kind, Layer, Part

#: Characters of headings that stand in traditional script in some files.
_SIMPLE = str.maketrans(
    "髙內戶經緯縣鄉鎮區號稱處種類預計數災難庫礦業壩臺臨電話聯絡點線圖寬長積責單詳細標準編碼統會護隊員設備倉儲",
    "高内户经纬县乡镇区号称处种类预计数灾难库矿业坝台临电话联络点线图宽长积责单详细标准编码统会护队员设备仓储",
)
_BRACKETS = re.compile(r"[(\[【{](?P<inside>[^()\[\]【】{}]*)[)\]】}]")

#: Targets that are no fields: how files call them. `hemisphere` is taken by --map only.
FIXED: dict[str, tuple[str, ...]] = {
    "code": ("编码", "编号", "代码", "唯一编码", "统一编码", "业务编码", "code"),
    "name": ("名称", "单位名称", "企业名称", "点位名称", "name"),
    "address": ("地址", "详细地址", "所在地", "所在地址", "单位地址", "坐落", "地点", "address"),
    "township": ("乡镇", "所在乡镇", "所属乡镇", "乡镇街道", "乡镇/街道", "所在乡镇街道", "township"),
    "lon": ("经度", "东经", "横坐标", "东坐标", "x", "x坐标", "lon", "lng", "long", "longitude", "easting"),
    "lat": ("纬度", "北纬", "纵坐标", "北坐标", "y", "y坐标", "lat", "latitude", "northing"),
    "position": ("坐标", "经纬度", "纬度经度", "地理坐标", "位置坐标", "经纬度坐标", "坐标位置", "经度纬度",
                 "经度,纬度", "纬度,经度",
                 "lat,lon", "lon,lat", "几何", "几何wkt", "wkt", "geometry"),
    "source": ("来源", "数据来源", "source"),
    "hemisphere": (),
}  # fmt: skip
_TITLES = {"code": "编码", "name": "名称", "address": "地址", "township": "乡镇", "lon": "经度", "lat": "纬度",
           "position": "坐标", "source": "来源", "hemisphere": "南北纬"}  # fmt: skip
#: Columns that our own export writes for the reader only.
IGNORED = frozenset(("四色等级", "乡镇(按坐标)", "risklevel", "townshipcode", "序号", "行号", "字段", "原因", "怎样改"))


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that a column can fill. `field` is None for fixed ones; `since` marks a dated field's date."""

    name: str
    title: str
    spellings: tuple[str, ...]
    field: Field | None = None
    since: bool = False


def plain(heading: str) -> str:
    """The form in which headings are compared: NFKC, no blanks and marks, lower case, simplified script."""
    text = unicodedata.normalize("NFKC", heading).translate(_SIMPLE).lower()
    return re.sub(r"[\s*※#:：_\-]+", "", text)


def split(heading: str) -> tuple[str, str]:
    """(heading without its brackets, what stands in them): 坝高（m） → 坝高, m."""
    text = unicodedata.normalize("NFKC", heading)
    inside = "，".join(match["inside"].strip() for match in _BRACKETS.finditer(text))
    return _BRACKETS.sub("", text).strip(), inside


def of_layer(layer: Layer) -> dict[str, Target]:
    """Every target of a layer's own sheet, by name."""
    found = of_fields(layer.fields)
    for name, spellings in FIXED.items():
        if name == "name":
            spellings += tuple(f"{title}名称" for title in (layer.title, *layer.aliases))
            if layer.geometry is Geometry.POLYGON:
                # XZQMC, XZQDM: the land-use database of TD/T 1016-2007, from which counties have their boundaries.
                spellings += ("行政区名称", "区划名称", "XZQMC")
        if name == "code":
            spellings += tuple(f"{title}编号" for title in (layer.title, *layer.aliases))
            if layer.geometry is Geometry.POLYGON:
                spellings += ("区划代码", "行政区划代码", "行政区代码", "XZQDM")
        if name not in found:
            found[name] = Target(name, _TITLES[name], spellings)
    return found


def of_part(part: Part, above: Part | None) -> dict[str, Target]:
    """Every target of a Part's sheet: its fields, the site's code (or name), and the parent Part's key."""
    found = of_fields(part.fields)
    found["@site"] = Target("@site", "所属编码", ("所属编码", "所属编号", "上级编码", "场所编码", "site_code"))
    found["@site_name"] = Target(
        "@site_name", "所属名称", ("所属名称", "所属单位", "所属场所", "场所名称", "site_name")
    )
    if above is not None:
        key = above.field(above.key)
        found["@above"] = Target("@above", f"所属{above.title}", (f"所属{above.title}", key.title, *key.aliases))
    return found


def of_fields(fields: tuple[Field, ...]) -> dict[str, Target]:
    """The targets of fields, `<field>_since` of dated ones included."""
    found: dict[str, Target] = {}
    for each in fields:
        if each.kind is Kind.BOUNDARY:
            found[each.name] = Target(each.name, each.title, (each.title, each.name), each)
            continue
        found[each.name] = Target(each.name, each.title, each.headers(), each)
        if each.dated:
            title = f"{each.title}起始日期"
            spellings = (title, f"{each.name}_since", f"{each.title}日期", f"{each.title}时间", f"{each.title}起")
            found[f"{each.name}_since"] = Target(f"{each.name}_since", title, spellings, each, since=True)
    return found
