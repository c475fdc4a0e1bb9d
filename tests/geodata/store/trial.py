"""A layer of the tests' own, with a dated field, a choice, a boundary and nested Parts."""

from __future__ import annotations

from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

TRIAL = Layer(
    name="trials", title="试验", title_en="Trials", geometry=Geometry.POINT, prefix="SY", style=Style(Shape.DOT),
    fields=(
        Field("amount", "数量", "Amount", Kind.DECIMAL),
        Field("fence", "围墙", "Fence", Kind.BOUNDARY),
        Field("state", "状态", "State", Kind.CHOICE, dated=True,
              choices=(Choice("open", "开", "open"), Choice("closed", "关", "closed"))),
    ),
    parts=(
        Part("units", "单元", "Units", key="label",
             fields=(Field("label", "名称", "Label"), Field("size", "大小", "Size", Kind.INTEGER)),
             parts=(Part("substances", "物质", "Substances", key="substance",
                         fields=(Field("substance", "品名", "Substance"), Field("q", "量", "q", Kind.DECIMAL))),)),
    ),
)  # fmt: skip
