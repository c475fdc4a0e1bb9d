"""企业 The register of enterprises behind the sites: 统一社会信用代码, sector, department, standardisation."""

from __future__ import annotations

from layers._scored import RISK, SITE_FIELDS
from layers._site import PERSONS
from layers._vocabulary import Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="enterprises", title="企业", title_en="Enterprises", geometry=Geometry.POINT, prefix="ENT", state="state",
    aliases=("企业名录", "生产经营单位", "监管对象", "企业底数"),
    style=Style(Shape.CIRCLE, from_zoom=11, visible=False),
    fields=(
        *SITE_FIELDS,
        Field("department", "监管部门", "Department in charge", card=6,
              aliases=("行业主管部门", "主管部门", "监管单位"),
              note="空白时按行业表的部门"),
        Field("legal_person", "法定代表人", "Legal representative", aliases=("法人", "法人代表")),
        Field("phone", "联系电话", "Phone", personal=True, aliases=("电话", "手机")),
        Field("scale", "企业规模", "Scale", aliases=("规模",)),
        Field("workers", "从业人数", "Workers", Kind.INTEGER, unit="人", least=0, most=100000,
              aliases=("职工人数", "从业人员")),
        Field("registered", "成立日期", "Registered", Kind.DATE, aliases=("注册日期", "登记日期")),
        Field("rescue_agreement", "救护协议单位", "Rescue agreement with", aliases=("救援协议", "救护协议")),
        Field("agreement_expires", "协议有效期至", "Agreement expires", Kind.DATE, aliases=("救护协议有效期",)),
    ),
    parts=(PERSONS,),
    risk=RISK,
)  # fmt: skip
