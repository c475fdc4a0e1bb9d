"""村社 Villages as points with their population; the boundary where it is known. No risk grade."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="villages", title="村社", title_en="Villages", geometry=Geometry.POINT, prefix="VILL",
    aliases=("行政村", "村庄", "社区", "嘎查村", "居民点", "村里"),
    style=Style(Shape.DOT, from_zoom=13, group="reference"),
    fields=(
        Field("name_zh", "中文名称", "Chinese name", aliases=("中文名",)),
        Field("village_kind", "类型", "Kind", Kind.CHOICE, card=1, aliases=("类别", "place"),
              choices=(Choice("seat", "县城", "county seat", ("县政府驻地", "city")),
                       Choice("town", "镇区", "town seat", ("乡镇政府驻地", "suburb")),
                       Choice("village", "行政村", "village", ("村", "嘎查")),
                       Choice("hamlet", "自然村", "hamlet", ("组", "屯")),
                       Choice("community", "社区", "community", ("居委会",)))),
        Field("population", "常住人口", "Population", Kind.INTEGER, unit="人", least=0, most=5000000, card=2,
              aliases=("人口", "人口数", "总人口", "常住人口数")),
        Field("population_year", "人口年份", "Population year", Kind.INTEGER, unit="年", least=1950, most=2100),
        Field("households", "户数", "Households", Kind.INTEGER, unit="户", least=0, most=1000000, card=3),
        Field("statistical_code", "统计用区划代码", "Statistical code", aliases=("区划代码", "12位代码")),
        Field("boundary", "村界", "Boundary", Kind.BOUNDARY, aliases=("村域",)),
        Field("settlement_radius_m", "聚落半径", "Settlement radius", Kind.REAL, unit="m", least=1, most=5000,
              note="空白按 200 m 估算"),
        Field("osm_id", "源编号", "Source id", aliases=("osm_id",)),
    ),
    parts=(PERSONS,),
)  # fmt: skip
