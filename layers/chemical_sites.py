"""危险化学品 Chemical sites: chain stage, boundary, units and their substances, people outside (GB 18218-2018)."""

from __future__ import annotations

from decimal import Decimal

from layers._gb18218 import CATEGORIES, LEVEL_EDGES
from layers._risk import BLUE, ORANGE, RED, YELLOW, Bands, Column, Computed, Factor, Risk, Source
from layers._site import (
    ENTERPRISE,
    MAJOR_HAZARD_FACTORS,
    MAJOR_HAZARDS,
    MONITORING,
    MONITORING_OFFLINE,
    PERMIT,
    PERMIT_EXPIRED,
    PERSONS,
    STANDARDISATION,
)
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

SUBSTANCES = Part(
    "substances", "物质", "Substances", key="substance",
    fields=(
        Field("substance", "品名", "Substance", required=True,
              aliases=("物质名称", "危险化学品名称", "化学品名称", "介质")),
        Field("cas", "CAS号", "CAS number", check="cas", aliases=("CAS", "CAS 号", "CAS No.")),
        Field("category", "危险性类别符号", "GHS category symbol", Kind.CHOICE,
              aliases=("类别符号", "危险性类别", "表2符号"),
              choices=tuple(Choice(c.symbol, f"{c.symbol} {c.title}", c.symbol) for c in CATEGORIES),
              note="表1中没有的物质按 GB 18218-2018 表2；有几个类别的填在“其他类别”"),
        Field("more_categories", "其他类别", "Further categories", aliases=("其他危险性类别",),
              note="空格或逗号分隔，取最小临界量"),
        Field("q_t", "数量", "Quantity", Kind.DECIMAL, unit="t", least=0, most=10000000,
              aliases=("q", "最大储量", "设计最大量", "储量(t)", "存在量", "数量(t)", "数量（吨）", "最大存在量")),
        Field("basis", "数量依据", "Basis of the quantity", Kind.CHOICE, aliases=("依据",),
              choices=(Choice("design", "设计最大量", "design maximum", ("设计",)),
                       Choice("actual", "实际量", "actual", ("实际", "实际存量")))),
    ),
)  # fmt: skip

UNITS = Part(
    "units", "单元", "Units", key="unit",
    fields=(
        Field("unit", "单元名称", "Unit", required=True, aliases=("单元", "辨识单元", "重大危险源名称", "罐区名称")),
        Field("unit_kind", "单元类别", "Kind of unit", Kind.CHOICE, aliases=("单元类型",),
              choices=(Choice("production", "生产单元", "production", ("生产",)),
                       Choice("storage", "储存单元", "storage", ("储存", "罐区", "仓库")))),
        Field("recorded_level", "备案级别", "Level as filed", Kind.CHOICE, aliases=("重大危险源级别", "重大危险源等级"),
              choices=(Choice("1", "一级", "level 1"), Choice("2", "二级", "level 2"), Choice("3", "三级", "level 3"),
                       Choice("4", "四级", "level 4"), Choice("none", "不构成", "none"))),
        Field("assessed", "评估日期", "Assessed", Kind.DATE, aliases=("安全评估日期", "评估报告日期")),
        Field("filed", "备案日期", "Filed", Kind.DATE, aliases=("备案时间",)),
    ),
    parts=(SUBSTANCES,),
)  # fmt: skip

LAYER = Layer(
    name="chemical_sites", title="危险化学品", title_en="Chemical sites", geometry=Geometry.POINT, prefix="CHEM",
    state="state", aliases=("危化品", "危化企业", "危险化学品企业", "重大危险源"),
    style=Style(Shape.HEXAGON, from_zoom=8),
    fields=(
        Field("chain_stage", "环节", "Chain stage", Kind.CHOICE, card=1,
              aliases=("类别", "企业类型", "危化品环节", "许可类别"),
              choices=(
                  Choice("production", "生产", "production", ("生产企业",)),
                  Choice("storage", "储存", "storage", ("仓储",)),
                  Choice("trade", "经营", "trade", ("经营企业", "加油站", "加气站")),
                  Choice("transport", "运输", "transport"), Choice("use", "使用", "use", ("化工", "医药")),
                  Choice("disposal", "废弃处置", "disposal", ("废弃", "处置")),
              )),
        Field("state", "状态", "State", Kind.CHOICE, dated=True, card=2, aliases=("生产状态", "企业状态", "运营状况"),
              choices=(
                  Choice("operating", "运行", "operating", ("生产", "正常", "在产", "营业")),
                  Choice("construction", "建设", "under construction", ("在建", "试生产")),
                  Choice("stopped", "停产", "stopped", ("停业", "停用")),
                  Choice("closed", "关闭", "closed", ("已关闭", "注销")),
              )),
        Field("recorded_people_outside", "厂界外500米常住人口", "People within 500 m outside the boundary",
              Kind.INTEGER,
              unit="人", least=0, most=1000000, card=3,
              aliases=("厂外可能暴露人员数量", "厂区边界外500米常住人口", "厂外人数", "暴露人员数量", "周边500米人数")),
        Field("people_counted_at", "人口核定日期", "People counted", Kind.DATE, aliases=("人口统计日期",)),
        Field("diagnosis_score", "诊断分级得分", "Diagnosis score", Kind.DECIMAL, unit="分", least=-100, most=110,
              card=4,
              aliases=("评估诊断得分", "安全风险评估诊断分级得分", "风险诊断得分")),
        Field("diagnosed", "诊断日期", "Diagnosed", Kind.DATE, aliases=("诊断分级日期",)),
        Field("boundary", "厂区边界", "Plant boundary", Kind.BOUNDARY, aliases=("厂界",)),
        Field("supervision", "重点监管工艺", "Key processes", aliases=("重点监管危险化工工艺", "危险工艺")),
        Field("workers", "从业人数", "Workers", Kind.INTEGER, unit="人", least=0, most=100000,
              aliases=("职工人数", "从业人员")),
        STANDARDISATION, PERMIT, *MAJOR_HAZARDS, *MONITORING, ENTERPRISE,
    ),
    parts=(UNITS, PERSONS),
    risk=Risk(
        factors=(
            Factor("major_hazard_source", "重大危险源 R", "Major hazard installation R", Computed("gb18218", scale=3),
                   Bands(LEVEL_EDGES, (BLUE, YELLOW, ORANGE, RED)),
                   Source("GB 18218-2018 4.2、4.3，表1–表6；一级红、二级橙、三级黄、四级蓝"), decimals=4),
            Factor("diagnosis", "安全风险评估诊断", "Risk diagnosis", Column("diagnosis_score", as_of="diagnosed"),
                   Bands((Decimal(60), Decimal(75), Decimal(90)), (RED, ORANGE, YELLOW, BLUE)),
                   Source("应急〔2018〕19号 ≥90 蓝、75–90 黄、60–75 橙、＜60 红", "high"), unit="分"),
            *MAJOR_HAZARD_FACTORS,
        ),
        escalations=(PERMIT_EXPIRED, MONITORING_OFFLINE),
    ),
)  # fmt: skip
