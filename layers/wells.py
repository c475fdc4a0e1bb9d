"""排水管网检查井 Drainage wells: sewage and rain wells, when inspected and cleared. State, no risk grade."""

from __future__ import annotations

from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="wells", title="窨井", title_en="Drainage wells", geometry=Geometry.POINT, prefix="WELL", state="state",
    aliases=("检查井", "雨水井", "污水井", "排水井", "雨水口"),
    style=Style(Shape.DOT, from_zoom=14, visible=False, group="water"),
    fields=(
        Field("state", "状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("疏通状态", "井状态"),
              choices=(Choice("clear", "畅通", "clear", ("已疏通", "正常")),
                       Choice("silted", "淤积", "silted", ("待疏通",)),
                       Choice("blocked", "堵塞", "blocked", ("不通",)),
                       Choice("damaged", "破损", "damaged", ("井盖缺失", "损坏")))),
        Field("well_kind", "类型", "Kind", Kind.CHOICE, card=2, aliases=("井类型", "类别"),
              choices=(Choice("rain", "雨水井", "rain", ("雨水", "雨水口")),
                       Choice("sewage", "污水井", "sewage", ("污水",)),
                       Choice("combined", "合流井", "combined", ("合流",)),
                       Choice("pipe", "管网节点", "pipe node", ("排水管网",)))),
        Field("inspected", "检查日期", "Inspected", Kind.DATE, card=3, aliases=("最近检查日期", "巡查日期")),
        Field("cleared", "疏通日期", "Cleared", Kind.DATE, card=4, aliases=("清淤日期", "整改日期")),
        Field("depth_m", "井深", "Depth", Kind.DECIMAL, unit="m", least=0, most=50),
        Field("diameter_mm", "管径", "Pipe diameter", Kind.INTEGER, unit="mm", least=10, most=10000),
        Field("owner", "管理单位", "Kept by", aliases=("责任单位", "权属单位")),
    ),
)  # fmt: skip
