"""The rule of sites without a rule of their own: LS or LEC score, else the class that the bureau gave."""

from __future__ import annotations

from decimal import Decimal

from layers._risk import BLUE, ORANGE, RED, YELLOW, Bands, Classes, Column, Factor, Risk, Source
from layers._site import (
    ENTERPRISE,
    MAJOR_HAZARD_FACTORS,
    MAJOR_HAZARDS,
    MONITORING,
    MONITORING_OFFLINE,
    PERMIT,
    PERMIT_EXPIRED,
    STANDARDISATION,
)
from layers._vocabulary import Choice, Field, Kind

SECTOR = Field("sector", "行业", "Sector", check="sector", card=1,
               aliases=("行业领域", "所属行业", "行业类别", "监管行业", "行业分类"),
               note="行业表（可编辑）的代码或名称")  # fmt: skip

STATE = Field(
    "state", "状态", "State", Kind.CHOICE, dated=True, card=2, aliases=("经营状态", "生产状态", "企业状态", "运营状况"),
    choices=(
        Choice("operating", "运行", "operating", ("生产", "营业", "在产", "正常", "存续", "在业")),
        Choice("construction", "建设", "under construction", ("在建", "筹建")),
        Choice("stopped", "停产", "stopped", ("停业", "停用", "歇业")),
        Choice("closed", "关闭", "closed", ("已关闭", "注销", "吊销")),
    ),
)  # fmt: skip

SCORES = (
    Field("ls_score", "LS风险值", "LS score", Kind.INTEGER, least=1, most=25, card=3, check="ls_score",
          aliases=("LS", "LS值", "风险矩阵值"),
          note="R = L × S，L、S 各 1–5"),
    Field("lec_score", "LEC风险值", "LEC score", Kind.DECIMAL, least=0, most=10000, card=4, check="lec_score",
          aliases=("LEC", "LEC值", "D值", "作业条件危险性"), note="D = L × E × C"),
    Field("bureau_class", "评定等级", "Class given", Kind.CHOICE, card=5,
          aliases=("风险等级", "风险级别", "安全风险等级", "风险分级", "四色等级"),
          choices=(
              Choice("1", "重大", "major", ("红", "红色", "重大风险", "一级")),
              Choice("2", "较大", "considerable", ("橙", "橙色", "较大风险", "二级")),
              Choice("3", "一般", "moderate", ("黄", "黄色", "一般风险", "三级")),
              Choice("4", "低", "low", ("蓝", "蓝色", "低风险", "四级")),
          )),
    Field("scored_on", "评估日期", "Scored on", Kind.DATE, aliases=("评定日期", "辨识日期")),
)  # fmt: skip

SITE_FIELDS = (SECTOR, STATE, *SCORES, STANDARDISATION, PERMIT, *MAJOR_HAZARDS, *MONITORING, ENTERPRISE)

RISK = Risk(
    factors=(
        Factor("ls", "LS 风险矩阵", "LS matrix", Column("ls_score", as_of="scored_on"),
               Bands((Decimal(9), Decimal(15), Decimal(20)), (BLUE, YELLOW, ORANGE, RED)),
               Source("LS 风险矩阵 R = L × S：20–25 重大、15–16 较大、9–12 一般、1–8 低")),
        Factor("lec", "LEC 作业条件危险性", "LEC", Column("lec_score", as_of="scored_on"),
               Bands((Decimal(70), Decimal(160), Decimal(320)), (BLUE, YELLOW, ORANGE, RED)),
               Source("LEC 法 D = L × E × C：≥320 重大、160–320 较大、70–160 一般、＜70 低")),
        Factor("bureau_class", "主管部门评定", "Class given by the bureau", Column("bureau_class", as_of="scored_on"),
               Classes((("1", RED), ("2", ORANGE), ("3", YELLOW), ("4", BLUE))),
               Source("主管部门评定的四色等级（安委办〔2016〕11号）", "high"), after=("ls", "lec")),
        *MAJOR_HAZARD_FACTORS,
    ),
    escalations=(PERMIT_EXPIRED, MONITORING_OFFLINE),
)  # fmt: skip
