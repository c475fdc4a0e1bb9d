"""乡镇 Townships: the areas by which everything is counted. `code` is the 9-digit statistical code as text."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="townships", title="乡镇", title_en="Townships", geometry=Geometry.POLYGON, prefix="TOWN",
    aliases=("乡镇街道", "行政区划", "镇界", "苏木镇", "鄉鎮"),
    style=Style(Shape.AREA, group="reference"),
    fields=(
        Field("name_zh", "中文名称", "Chinese name", aliases=("中文名",)),
        Field("township_kind", "类型", "Kind", Kind.CHOICE, card=1, aliases=("区划类型", "类别"),
              choices=(Choice("town", "镇", "town"), Choice("township", "乡", "township", ("民族乡",)),
                       Choice("subdistrict", "街道", "subdistrict"), Choice("sumu", "苏木", "sumu"),
                       Choice("municipality", "市镇", "municipality"))),
        Field("population", "常住人口", "Population", Kind.INTEGER, unit="人", least=0, most=10000000, card=2,
              aliases=("人口", "总人口", "人口数")),
        Field("population_year", "人口年份", "Population year", Kind.INTEGER, unit="年", least=1950, most=2100),
        Field("households", "户数", "Households", Kind.INTEGER, unit="户", least=0, most=10000000),
        Field("area_km2", "面积", "Area", Kind.DECIMAL, unit="km²", least=0, most=1000000, aliases=("面积(平方公里)",)),
        Field("osm_id", "源编号", "Source id", aliases=("osm_id",)),
    ),
    parts=(PERSONS,),
)  # fmt: skip
