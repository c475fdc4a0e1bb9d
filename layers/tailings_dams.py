"""尾矿库 Tailings dams: capacity and height (等别 is computed), the three pairs of freeboard and beach, 头顶库.

The pairs are kept apart: today's (现状), at the design flood level (设计洪水位时), and the control values (设计控制值).
"""

from __future__ import annotations

from layers._risk import (
    BLUE,
    ORANGE,
    RED,
    YELLOW,
    Bands,
    Classes,
    Column,
    Computed,
    Escalation,
    Factor,
    Ratio,
    Risk,
    Source,
)
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
)
from layers._tailings_tables import CONTROL_EDGES
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

GRADES = tuple(
    Choice(str(n), f"{cn}等", f"grade {n}", (f"{cn}等库", f"{cn}级", roman, f"{roman}等", f"{n}等"))
    for n, (cn, roman) in enumerate((("一", "Ⅰ"), ("二", "Ⅱ"), ("三", "Ⅲ"), ("四", "Ⅳ"), ("五", "Ⅴ")), 1)
)


def _metres(name: str, title: str, title_en: str, most: float, *aliases: str, least: float = 0, card: int = 0) -> Field:
    return Field(name, title, title_en, Kind.DECIMAL, unit="m", least=least, most=most, aliases=aliases, card=card)


PAIRS = (
    _metres("freeboard_today_m", "现状超高", "Freeboard today", 100, "现状安全超高", "安全超高", "当前超高",
            least=-20, card=6),
    _metres("beach_today_m", "现状干滩长度", "Beach today", 10000, "干滩长度", "当前干滩长度", "现状干滩", card=7),
    Field("pair_measured_at", "超高干滩测量时间", "Pair measured at", Kind.TIME, aliases=("测量时间", "观测时间")),
    _metres("freeboard_flood_m", "设计洪水位时超高", "Freeboard at design flood level", 100, "洪水位安全超高",
            "调洪后超高",
            least=-20),
    _metres("beach_flood_m", "设计洪水位时干滩长度", "Beach at design flood level", 10000, "洪水位干滩长度",
            "调洪后干滩长度"),
    _metres("freeboard_control_m", "超高控制值", "Freeboard control value", 100, "安全超高控制值", "设计控制超高"),
    _metres("beach_control_m", "干滩长度控制值", "Beach control value", 10000, "干滩控制值", "设计控制干滩长度"),
    _metres("freeboard_design_m", "超高设计规定", "Freeboard by design", 100, "设计安全超高", "最小安全超高"),
    _metres("beach_design_m", "干滩长度设计规定", "Beach by design", 10000, "设计干滩长度", "最小干滩长度"),
)  # fmt: skip

MONITORING_POINTS = Part(
    "monitoring_points", "监测点", "Monitoring points", key="point",
    fields=(
        Field("point", "测点编号", "Point", required=True, aliases=("测点", "监测点编号")),
        Field("item", "监测项目", "Item", required=True, aliases=("项目", "监测类型"),
              note="库水位、浸润线、干滩、坝体位移、降雨等：同一项目的测点合并判定"),
        Field("warning", "预警等级", "Warning", Kind.CHOICE, aliases=("报警等级", "预警"),
              choices=(
                  Choice("normal", "正常", "normal", ("无预警", "无")), Choice("blue", "蓝色", "blue", ("蓝",)),
                  Choice("yellow", "黄色", "yellow", ("黄",)), Choice("orange", "橙色", "orange", ("橙",)),
                  Choice("red", "红色", "red", ("红",)),
              )),
        Field("reading", "读数", "Reading", Kind.DECIMAL, aliases=("监测值",)),
        Field("unit", "单位", "Unit"),
        Field("read_at", "读数时间", "Read at", Kind.TIME, aliases=("监测时间", "上传时间")),
    ),
)  # fmt: skip

LAYER = Layer(
    name="tailings_dams", title="尾矿库", title_en="Tailings dams", geometry=Geometry.POINT, prefix="TAIL",
    state="state",
    aliases=("尾矿", "尾矿库台账"),
    style=Style(Shape.TRIANGLE, from_zoom=8),
    fields=(
        Field("state", "运行状况", "State", Kind.CHOICE, dated=True, card=1,
              aliases=("运营状况", "状态", "使用状况", "库状态"),
              choices=(
                  Choice("operating", "运行", "operating", ("在用", "生产", "使用中", "正常运行")),
                  Choice("construction", "在建", "under construction", ("建设", "基建", "新建", "加高扩容")),
                  Choice("stopped", "停用", "stopped", ("停产", "长期停用", "停运")),
                  Choice("closed", "闭库", "closed", ("已闭库", "销库", "已销号")),
                  Choice("abandoned", "废弃", "abandoned", ("无主", "遗留")),
              )),
        Field("capacity_10k_m3", "全库容", "Full capacity", Kind.DECIMAL, unit="万 m³", least=0, most=1000000, card=2,
              aliases=("设计全库容", "设计库容", "总库容", "库容", "全库容(万立方米)", "全库容（万m³）")),
        Field("stored_10k_m3", "现状库容", "Stored volume", Kind.DECIMAL, unit="万 m³", least=0, most=1000000,
              aliases=("已堆存量", "现状堆存量", "当前库容")),
        Field("height_m", "坝高", "Dam height", Kind.DECIMAL, unit="m", least=0, most=400, card=3,
              aliases=("总坝高", "设计坝高", "设计总坝高", "坝高(m)", "坝高（米）")),
        Field("height_now_m", "现状坝高", "Height today", Kind.DECIMAL, unit="m", least=0, most=400,
              aliases=("当前坝高",)),
        Field("method", "筑坝方式", "Method of raising", Kind.CHOICE, card=4, aliases=("筑坝方法", "堆坝方式"),
              choices=(
                  Choice("upstream", "上游式", "upstream", ("上游法",)),
                  Choice("centreline", "中线式", "centreline", ("中线法",)),
                  Choice("downstream", "下游式", "downstream", ("下游法",)),
                  Choice("one_step", "一次性筑坝", "one-step", ("一次筑坝", "挡水坝")),
                  Choice("dry_stack", "干式堆存", "dry stack", ("干堆", "干排")),
              )),
        Field("grade_recorded", "台账等别", "Grade in the ledger", Kind.CHOICE, choices=GRADES,
              aliases=("等别", "库等别", "尾矿库等别", "设计等别"),
              note="等别按全库容和坝高计算；台账所记保留并比对，不同即注明"),
        Field("safety_degree", "安全度", "Safety degree", Kind.CHOICE, dated=True, card=5,
              aliases=("安全度等级", "库况"),
              choices=(
                  Choice("normal", "正常库", "normal", ("正常",)), Choice("diseased", "病库", "deficient", ("病",)),
                  Choice("dangerous", "险库", "dangerous", ("险",)), Choice("critical", "危库", "critical", ("危",)),
              )),
        Field("safety_class", "安全风险等级", "Risk class", Kind.CHOICE, dated=True,
              aliases=("风险等级", "分级", "安全等级", "尾矿库风险等级"),
              choices=(
                  Choice("A", "A级", "class A", ("A类",)), Choice("B", "B级", "class B", ("B类",)),
                  Choice("C", "C级", "class C", ("C类",)), Choice("D", "D级", "class D", ("D类",)),
              )),
        *PAIRS,
        Field("head_dam", "头顶库", "Over houses (within 1 km of flow path)", Kind.FLAG, card=8,
              aliases=("是否头顶库", "是否为头顶库")),
        Field("people_below", "下游1千米人数", "People below", Kind.INTEGER, unit="人", least=0, most=1000000, card=9,
              aliases=("下游1000米受影响人数", "下游影响人数", "下游居民人数", "下游人数")),
        Field("below_note", "下游重要设施", "What lies below",
              aliases=("下游设施", "下游1000米受影响设施", "下游情况")),
        Field("treatment", "治理进度", "Treatment", Kind.CHOICE, aliases=("综合治理进度", "治理状态"),
              choices=(
                  Choice("none", "未开展", "not begun", ("未开始", "未治理")),
                  Choice("ongoing", "治理中", "under way", ("正在治理",)),
                  Choice("done", "已完成", "done", ("完成", "治理完成", "已治理")),
              )),
        Field("policy", "一库一策", "Policy sheet", aliases=("一库一策文号",)),
        Field("assessed", "安全现状评价日期", "Assessed", Kind.DATE, aliases=("安全评价日期", "最近评价日期")),
        PERMIT, *MAJOR_HAZARDS, *MONITORING, ENTERPRISE,
    ),
    parts=(MONITORING_POINTS, PERSONS),
    risk=Risk(
        factors=(
            Factor("risk_class", "尾矿库风险等级", "Risk class", Column("safety_class"),
                   Classes((("A", BLUE), ("B", YELLOW), ("C", ORANGE), ("D", RED))),
                   Source("矿安〔2023〕1号 A 低、B 一般、C 较大、D 重大", "design")),
            Factor("safety_degree", "安全度（台账）", "Safety degree in the ledger", Column("safety_degree"),
                   Classes((("normal", BLUE), ("diseased", YELLOW), ("dangerous", ORANGE), ("critical", RED))),
                   Source("AQ 2006-2005 第8章 危/险/病/正常库；GB 39496-2020 已删去", "design", withdrawn=True)),
            Factor("design_flood_pair", "设计洪水位时的超高和干滩", "Pair at the design flood level",
                   Computed("design_flood_pair"),
                   Classes((("both_met", BLUE), ("one_failed", YELLOW), ("neither_met", ORANGE)),
                           ("均满足", "一项不满足", "均不满足")),
                   Source("AQ 2006-2005 第8章 两项均满足 正常库，一项不满足 病库，均不满足 险库；"
                          "本库设计规定优先，无则 GB 50863-2013 表4.2.1、表4.2.2", "high", withdrawn=True)),
            *MAJOR_HAZARD_FACTORS,
            Factor("monitoring_warning", "在线监测预警", "Monitoring warning", Computed("monitoring_warning"),
                   Classes((("red", RED), ("orange", ORANGE), ("yellow", YELLOW), ("blue", BLUE), ("normal", None)),
                           ("红色预警", "橙色预警", "黄色预警", "蓝色预警", "正常")),
                   Source("GB 39496-2020 5.5.4")),
            Factor("freeboard_today", "现状超高 ÷ 控制值", "Freeboard today ÷ control",
                   Ratio("freeboard_today_m", "freeboard_control_m", as_of="pair_measured_at"),
                   Bands(CONTROL_EDGES, (RED, ORANGE, BLUE)), Source(f"{RULE_13}：现状只与控制值比较", "design"),
                   decimals=2),
            Factor("beach_today", "现状干滩 ÷ 控制值", "Beach today ÷ control",
                   Ratio("beach_today_m", "beach_control_m", as_of="pair_measured_at"),
                   Bands(CONTROL_EDGES, (RED, ORANGE, BLUE)), Source(f"{RULE_13}：现状只与控制值比较", "design"),
                   decimals=2),
        ),
        escalations=(
            PERMIT_EXPIRED, MONITORING_OFFLINE,
            Escalation("head_dam", "头顶库", "Houses within 1 km below", Column("head_dam"),
                       Source("应急〔2020〕15号（头顶库）；上调一级，最高红", "design"), at_most=RED),
        ),
    ),
)  # fmt: skip
