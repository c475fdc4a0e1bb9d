"""堤防 Dikes, a line with sections, a dike chief (堤长) for each section. State, no risk grade."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

CONDITIONS = (
    Choice("good", "完好", "good", ("正常",)), Choice("weak", "薄弱", "weak", ("险工险段", "隐患")),
    Choice("damaged", "损毁", "damaged", ("水毁", "受损")), Choice("repairing", "修复中", "repairing", ("加固中",)),
)  # fmt: skip

SECTIONS = Part(
    "sections", "堤段", "Sections", key="section",
    fields=(
        Field("section", "堤段编号", "Section", required=True, aliases=("堤段", "段号")),
        Field("from_m", "起点桩号", "From", Kind.DECIMAL, unit="m", least=0, most=1000000, aliases=("起点里程",)),
        Field("to_m", "终点桩号", "To", Kind.DECIMAL, unit="m", least=0, most=1000000, aliases=("终点里程",)),
        Field("chief", "堤长", "Dike chief", aliases=("责任人", "段长")),
        Field("office", "单位及职务", "Office", aliases=("职务", "单位")),
        Field("phone", "电话", "Phone", personal=True, aliases=("联系电话", "手机")),
        Field("condition", "状况", "Condition", Kind.CHOICE, choices=CONDITIONS, aliases=("堤段状况",)),
        Field("patrolled", "最近巡查日期", "Last patrol", Kind.DATE, aliases=("巡查日期",)),
    ),
)  # fmt: skip

LAYER = Layer(
    name="dikes", title="堤防", title_en="Dikes", geometry=Geometry.LINE, prefix="DIKE", state="state",
    aliases=("海堤", "河堤", "防洪堤", "防洪堤坝"),
    style=Style(Shape.LINE, from_zoom=10, group="water"),
    fields=(
        Field("state", "状况", "State", Kind.CHOICE, dated=True, choices=CONDITIONS, card=1,
              aliases=("状态", "堤防状况")),
        Field("dike_grade", "堤防级别", "Grade", Kind.CHOICE, card=2, aliases=("级别", "工程级别"),
              choices=tuple(Choice(str(n), f"{n}级", f"grade {n}", (f"{cn}级",)) for n,
                            cn in enumerate("一二三四五", 1))),
        Field("return_period_a", "防洪标准", "Flood standard", Kind.INTEGER, unit="年一遇", least=1, most=10000, card=3,
              aliases=("重现期", "防洪标准(年)", "设防标准")),
        Field("length_m", "长度", "Length", Kind.DECIMAL, unit="m", least=0, most=10000000, card=4,
              aliases=("堤长度", "堤防长度")),
        Field("crest_level_m", "堤顶高程", "Crest level", Kind.DECIMAL, unit="m", least=-200, most=6000,
              aliases=("堤顶高",)),
        Field("chief", "总堤长", "Chief of the dike", card=5, aliases=("堤长", "责任人")),
        Field("water_body", "所在河流", "Water body", aliases=("河流", "河流名称", "海域")),
    ),
    parts=(SECTIONS, PERSONS),
)  # fmt: skip
