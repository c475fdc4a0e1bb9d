"""其他行业场所 Sites of other sectors: gas, 冶金工贸, new energy, fireworks, brick, grass storage (riskmap.sector)."""

from __future__ import annotations

from layers._scored import RISK, SITE_FIELDS
from layers._site import PERSONS
from layers._vocabulary import Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="other_sites", title="其他行业场所", title_en="Other sites", geometry=Geometry.POINT, prefix="SITE",
    state="state",
    aliases=("工贸企业", "燃气", "烟花爆竹", "新能源", "其他场所", "重点场所"),
    style=Style(Shape.PENTAGON, from_zoom=10),
    fields=(
        *SITE_FIELDS,
        Field("department", "监管部门", "Department in charge", card=6,
              aliases=("行业主管部门", "主管部门", "监管单位"),
              note="空白时按行业表的部门"),
        Field("hazard_tags", "危险因素", "Hazard tags", aliases=("危险类别", "涉及危险"),
              note="粉尘涉爆、有限空间、金属冶炼、液氨制冷等"),
        Field("workers", "从业人数", "Workers", Kind.INTEGER, unit="人", least=0, most=100000,
              aliases=("职工人数", "从业人员")),
    ),
    parts=(PERSONS,),
    risk=RISK,
)  # fmt: skip
