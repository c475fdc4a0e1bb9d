"""矿山 Mines, coal and non-coal: state, class of its own scheme, disaster types, permit.

Letters run differently: coal A 较高保障 … C 较低, D is a state (长期停产停建); non-coal A 低风险 … D 重大风险.
"""

from __future__ import annotations

from layers._risk import BLUE, ORANGE, RED, YELLOW, Classes, Column, Factor, Present, Risk, Source, When
from layers._site import (
    ENTERPRISE,
    MAJOR_HAZARD_FACTORS,
    MAJOR_HAZARDS,
    MONITORING,
    MONITORING_OFFLINE,
    PERMIT,
    PERMIT_EXPIRED,
    PERSONS,
    RULE_13,
    STANDARDISATION,
)
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

COAL, NONCOAL = When("kind", ("coal",)), When("kind", ("noncoal",))

KIND = Field(
    "kind", "矿山类别", "Kind of mine", Kind.CHOICE, card=1, aliases=("类别", "矿山类型", "煤矿/非煤", "行业类别"),
    note="安全等级按类别各有一套：煤矿按安全保障程度，非煤矿山按矿安〔2023〕1号",
    choices=(
        Choice("coal", "煤矿", "coal", ("煤", "煤炭", "井工煤矿", "露天煤矿")),
        Choice("noncoal", "非煤矿山", "non-coal", ("非煤", "金属非金属矿山", "金属矿山", "非金属矿山")),
    ),
)  # fmt: skip

STATE = Field(
    "state", "状态", "State", Kind.CHOICE, dated=True, card=2,
    aliases=("生产状态", "矿井状态", "运营状况", "企业状态", "status", "生产建设状态"),
    choices=(
        Choice("production", "生产", "in production", ("正常生产", "在产", "生产矿井", "生产矿山", "operating",
                                                       "运行")),
        Choice("construction", "建设", "under construction",
               ("在建", "基建", "新建", "改扩建", "技改", "建设矿井", "construction", "整合")),
        Choice("stopped", "停产", "stopped", ("停产整顿", "长期停产", "停工", "mothballed", "shelved")),
        Choice("construction_stopped", "停建", "construction stopped", ("长期停建", "缓建")),
        Choice("closed", "关闭", "closed", ("已关闭", "闭坑", "注销", "拟关闭退出", "retired", "cancelled")),
    ),
)  # fmt: skip

SAFETY_CLASS = Field(
    "safety_class", "安全等级", "Safety class", Kind.CHOICE, dated=True, card=3,
    aliases=("安全保障程度", "安全风险等级", "风险等级", "分类等级", "安全分类", "分类", "监管类别"),
    choices=(
        Choice("A", "A类", "class A", ("A级", "a")), Choice("B", "B类", "class B", ("B级", "b")),
        Choice("C", "C类", "class C", ("C级", "c")), Choice("D", "D类", "class D", ("D级", "d")),
    ),
)  # fmt: skip

GAS = Field(
    "gas_type", "瓦斯类型", "Gas type", Kind.CHOICE, aliases=("瓦斯等级", "矿井瓦斯等级", "瓦斯"), card=5,
    choices=(
        Choice("low", "低瓦斯", "low gas", ("低瓦斯矿井", "瓦斯矿井", "低")),
        Choice("high", "高瓦斯", "high gas", ("高瓦斯矿井", "高")),
        Choice("outburst", "煤与瓦斯突出", "outburst-prone", ("突出", "突出矿井", "煤与瓦斯突出矿井")),
    ),
)  # fmt: skip

WATER = Field(
    "water_type", "水文地质类型", "Hydrogeological type", Kind.CHOICE, card=6,
    aliases=("水文类型", "矿井水文地质类型", "水患类型"),
    choices=(
        Choice("simple", "简单", "simple"), Choice("medium", "中等", "medium"), Choice("complex", "复杂", "complex"),
        Choice("very_complex", "极复杂", "very complex"),
    ),
)  # fmt: skip

LAYER = Layer(
    name="mines", title="矿山", title_en="Mines", geometry=Geometry.POINT, prefix="MINE", state="state",
    aliases=("煤矿", "非煤矿山", "矿山名录", "矿井"),
    style=Style(Shape.DIAMOND, from_zoom=8),
    fields=(
        KIND, STATE, SAFETY_CLASS,
        Field("method", "开采方式", "Mining method", Kind.CHOICE, card=4, aliases=("开采方法", "开拓方式", "mine-type"),
              choices=(
                  Choice("underground", "地下", "underground", ("井工", "地下开采", "井工开采", "地下矿山")),
                  Choice("open_pit", "露天", "open pit", ("露天开采", "露天矿", "露天矿山", "surface", "opencast")),
                  Choice("mixed", "露天与地下联合", "both", ("联合开采", "露天转地下", "underground & surface",
                                                       "underground_and_surface")),
              )),
        Field("mineral", "矿种", "Mineral", aliases=("开采矿种", "主要矿种", "煤种", "coal_type")),
        Field("capacity_10kt", "核定生产能力", "Approved capacity", Kind.DECIMAL, unit="万 t/a", least=0, most=10000,
              card=7,
              aliases=("生产能力", "核定能力", "生产规模", "设计生产能力", "产能", "生产能力(万吨/年)")),
        Field("depth_m", "采深", "Depth of mining", Kind.REAL, unit="m", least=0, most=2500,
              aliases=("开采深度", "最大采深", "mine_depth")),
        Field("slope_height_m", "露天边坡高度", "Slope height", Kind.REAL, unit="m", least=0, most=1500,
              aliases=("边坡高度", "最大边坡高度")),
        Field("workers", "从业人数", "Workers", Kind.INTEGER, unit="人", least=0, most=50000,
              aliases=("职工人数", "从业人员", "人员数", "workforce")),
        Field("opened", "投产日期", "Opened", Kind.DATE, aliases=("投产时间", "建矿时间")),
        GAS, WATER,
        Field("rock_burst", "冲击地压", "Rock-burst prone", Kind.FLAG, aliases=("冲击地压矿井", "是否冲击地压")),
        Field("spontaneous", "自燃倾向性", "Spontaneous combustion", Kind.CHOICE, aliases=("煤层自燃倾向性", "自燃"),
              choices=(Choice("easy", "容易自燃", "easy"), Choice("prone", "自燃", "prone"),
                       Choice("not", "不易自燃", "not prone"))),
        Field("resident_watch", "驻矿人员", "Resident inspector", aliases=("驻矿安监员", "驻矿盯守", "驻矿员")),
        Field("policy", "一矿一策", "Policy sheet", aliases=("一矿一策文号",)),
        STANDARDISATION, PERMIT, *MAJOR_HAZARDS, *MONITORING, ENTERPRISE,
    ),
    parts=(PERSONS,),
    risk=Risk(
        factors=(
            Factor("coal_class", "煤矿安全保障程度", "Coal mine class", Column("safety_class"),
                   Classes((("A", BLUE), ("B", YELLOW), ("C", ORANGE), ("D", None))),
                   Source("煤安监监察〔2018〕15号 A 较高、B 一般、C 较低；D 为长期停产停建的状态，不判色", "design"),
                   when=COAL),
            Factor("noncoal_class", "非煤矿山风险等级", "Non-coal mine class", Column("safety_class"),
                   Classes((("A", BLUE), ("B", YELLOW), ("C", ORANGE), ("D", RED))),
                   Source("矿安〔2023〕1号 A 低、B 一般、C 较大、D 重大", "design"), when=NONCOAL),
            *MAJOR_HAZARD_FACTORS,
            Factor("gas", "瓦斯类型", "Gas type", Column("gas_type"),
                   Classes((("low", BLUE), ("high", YELLOW), ("outburst", ORANGE))),
                   Source(f"{RULE_13}：突出 橙、高瓦斯 黄、低瓦斯 蓝", "design"), when=COAL),
            Factor("water", "水文地质类型", "Hydrogeological type", Column("water_type"),
                   Classes((("simple", None), ("medium", None), ("complex", YELLOW), ("very_complex", ORANGE))),
                   Source(f"{RULE_13}：极复杂 橙、复杂 黄", "design"), when=COAL),
            Factor("rock_burst", "冲击地压", "Rock burst", Column("rock_burst"), Present(ORANGE),
                   Source(f"{RULE_13}：冲击地压 橙", "design"), when=COAL),
        ),
        escalations=(PERMIT_EXPIRED, MONITORING_OFFLINE),
    ),
)  # fmt: skip
