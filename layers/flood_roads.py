"""易积水路段、过水路面 Flood-prone road sections: depth now and the worst of three years, signs, open or closed."""

from __future__ import annotations

from decimal import Decimal

from layers._risk import BLUE, ORANGE, RED, YELLOW, Bands, Column, Factor, Risk, Source
from layers._site import MAJOR_HAZARD_FACTORS, MAJOR_HAZARDS, PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

#: <15 蓝, 15–<27 黄 (15 cm: GB 50014 design limit), 27–<40 橙 (27 cm: police red line), ≥40 红, in cm.
DEPTH_EDGES = (Decimal(15), Decimal(27), Decimal(40))
DEPTH_LEVELS = (BLUE, YELLOW, ORANGE, RED)
DEPTH_SOURCE = Source("积水深度：15 cm 为 GB 50014 一条车道限深，27 cm 为北京封路红线，40 cm 为地方严重积水；"
                      "当地交管规定优先", "design")  # fmt: skip

SIGNS = Part(
    "signs", "警示标志", "Warning signs", key="sign",
    fields=(
        Field("sign", "标志编号", "Sign", required=True, aliases=("标志", "编号", "标志牌编号")),
        Field("sign_kind", "标志类型", "Kind of sign", Kind.CHOICE, aliases=("类型",),
              choices=(Choice("gauge", "水位标尺", "depth gauge", ("水位警示", "水尺")),
                       Choice("warning", "警示警戒标志", "warning sign", ("警示牌", "警戒标志")),
                       Choice("barrier", "限行设施", "barrier", ("隔离栏", "道闸")))),
        Field("end", "所在端", "End of the section", Kind.CHOICE, aliases=("位置端",),
              choices=(Choice("start", "起点端", "start", ("起点",)), Choice("end", "终点端", "end", ("终点",)),
                       Choice("middle", "中段", "middle", ("中间",)))),
        Field("lon", "经度", "Longitude", Kind.REAL, least=-180, most=180),
        Field("lat", "纬度", "Latitude", Kind.REAL, least=-90, most=90),
        Field("facing_deg", "朝向", "Facing", Kind.REAL, unit="°", least=0, most=360, aliases=("方位角",)),
        Field("condition", "状况", "Condition", Kind.CHOICE, aliases=("标志状况", "完好情况"),
              choices=(Choice("good", "完好", "good", ("正常",)), Choice("damaged", "损坏", "damaged", ("破损",)),
                       Choice("missing", "缺失", "missing", ("丢失", "未设")))),
        Field("checked", "检查日期", "Checked", Kind.DATE, aliases=("巡查日期",)),
    ),
)  # fmt: skip

LAYER = Layer(
    name="flood_roads", title="易积水路段", title_en="Flood-prone roads", geometry=Geometry.LINE, prefix="FLOOD",
    state="state", aliases=("过水路面", "积水点", "易涝路段", "下凹式立交"),
    style=Style(Shape.LINE, from_zoom=9),
    fields=(
        Field("state", "通行状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("状态", "路段状态", "封闭状态"),
              choices=(
                  Choice("open", "通行", "open", ("开放", "正常", "正常通行")),
                  Choice("caution", "限行", "caution", ("谨慎通行", "缓行", "警戒")),
                  Choice("closed", "封闭", "closed", ("封路", "禁止通行", "断交")),
              )),
        Field("state_reporter", "状态报告人", "Reported by", aliases=("报告人", "上报人")),
        Field("section_kind", "路段类型", "Kind of section", Kind.CHOICE, card=2, aliases=("类型", "类别"),
              choices=(
                  Choice("low", "易积水路段", "low-lying", ("积水路段", "低洼路段")),
                  Choice("ford", "过水路面", "ford", ("漫水路", "漫水桥", "过水桥")),
                  Choice("underpass", "下凹式立交", "underpass", ("下穿", "涵洞", "下穿立交")),
              )),
        Field("depth_now_cm", "当前水深", "Depth now", Kind.DECIMAL, unit="cm", least=0, most=1500, dated=True, card=3,
              aliases=("积水深度", "现状水深", "当前积水深度", "水深(cm)", "积水深度(cm)")),
        Field("depth_now_at", "水深测量时间", "Depth measured at", Kind.TIME,
              aliases=("测量时间", "观测时间", "上报时间")),
        Field("depth_max_3y_cm", "近3年最大水深", "Greatest depth of 3 years", Kind.DECIMAL, unit="cm", least=0,
              most=1500,
              card=4, aliases=("历史最大积水深度", "最大积水深度", "近三年最大水深", "历史最大水深")),
        Field("depth_max_on", "最大水深日期", "Greatest depth on", Kind.DATE, aliases=("最大积水日期",)),
        Field("road_name", "所在道路", "Road", card=5, aliases=("道路名称", "路名", "线路名称")),
        Field("stake", "桩号", "Stake", aliases=("里程桩号", "起讫桩号")),
        Field("road_pieces", "匹配的路段", "Matched road pieces", aliases=("路段编号",),
              note="道路图层的编号，逗号分隔；由程序按位置匹配"),
        Field("detour", "绕行路线", "Detour", aliases=("绕行方案",)),
        Field("cause", "积水成因", "Cause", aliases=("原因", "成因")),
        Field("treated", "治理情况", "Treatment", aliases=("整治情况",)),
        *MAJOR_HAZARDS,
    ),
    parts=(SIGNS, PERSONS),
    risk=Risk(
        factors=(
            Factor("depth_now", "当前水深", "Depth now", Column("depth_now_cm", as_of="depth_now_at",
                                                                stale_after_days=1),
                   Bands(DEPTH_EDGES, DEPTH_LEVELS), DEPTH_SOURCE, unit="cm", remark="现状"),
            Factor("depth_history", "近3年最大水深", "Greatest depth of 3 years",
                   Column("depth_max_3y_cm", as_of="depth_max_on"),
                   Bands(DEPTH_EDGES, DEPTH_LEVELS), DEPTH_SOURCE, unit="cm", after=("depth_now",), remark="历史"),
            *MAJOR_HAZARD_FACTORS,
        ),
    ),
)  # fmt: skip
