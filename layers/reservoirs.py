"""水库 Reservoirs: level against the flood limit level (汛限水位), three responsible persons. State, no risk grade."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style


def _level(name: str, title: str, title_en: str, *aliases: str, card: int = 0, dated: bool = False) -> Field:
    return Field(name, title, title_en, Kind.DECIMAL, unit="m", least=-200, most=6000, aliases=aliases, card=card,
                 dated=dated)


LAYER = Layer(
    name="reservoirs", title="水库", title_en="Reservoirs", geometry=Geometry.POINT, prefix="RES", state="state",
    aliases=("水库大坝", "水库名录", "塘坝"),
    style=Style(Shape.DROP, from_zoom=11, group="water"),
    fields=(
        Field("state", "运行状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("状态", "大坝安全类别状态"),
              choices=(
                  Choice("normal", "正常", "normal", ("正常运行",)),
                  Choice("limited", "限制运用", "limited", ("限蓄", "病险限制")),
                  Choice("empty", "空库", "emptied", ("空库运行",)),
                  Choice("reinforcing", "除险加固", "reinforcing", ("加固中",)),
                  Choice("retired", "降等报废", "retired", ("报废", "降等")),
              )),
        Field("size", "规模", "Size", Kind.CHOICE, card=2, aliases=("水库规模", "工程规模", "类型"),
              choices=(
                  Choice("large1", "大（1）型", "large (1)", ("大(1)型", "大一型")),
                  Choice("large2", "大（2）型", "large (2)", ("大(2)型", "大二型", "大型")),
                  Choice("medium", "中型", "medium", ("中型水库",)),
                  Choice("small1", "小（1）型", "small (1)", ("小(1)型", "小一型", "小Ⅰ型")),
                  Choice("small2", "小（2）型", "small (2)", ("小(2)型", "小二型", "小Ⅱ型")),
                  Choice("pond", "塘坝", "pond", ("山塘",)),
              )),
        Field("capacity_10k_m3", "总库容", "Capacity", Kind.DECIMAL, unit="万 m³", least=0, most=10000000, card=3,
              aliases=("库容", "总库容(万m³)", "总库容（万立方米）")),
        _level("level_now_m", "当前水位", "Level now", "库水位", "现水位", "水位", card=4, dated=True),
        Field("level_now_at", "水位时间", "Level measured at", Kind.TIME, aliases=("观测时间", "测量时间")),
        _level("limit_level_m", "汛限水位", "Flood limit level", "汛期限制水位", "汛限", card=5),
        _level("normal_level_m", "正常蓄水位", "Normal level", "正常高水位"),
        _level("design_flood_level_m", "设计洪水位", "Design flood level", "设计水位"),
        _level("check_flood_level_m", "校核洪水位", "Check flood level", "校核水位"),
        _level("crest_level_m", "坝顶高程", "Crest level", "坝顶高"),
        Field("dam_height_m", "坝高", "Dam height", Kind.DECIMAL, unit="m", least=0, most=400, aliases=("最大坝高",)),
        Field("dam_class", "大坝安全类别", "Dam safety class", Kind.CHOICE, aliases=("安全鉴定结论", "大坝类别"),
              choices=(Choice("1", "一类坝", "class 1", ("一类",)), Choice("2", "二类坝", "class 2", ("二类",)),
                       Choice("3", "三类坝", "class 3", ("三类", "病险")))),
        Field("administrator", "行政责任人", "Administrative person responsible", card=6,
              aliases=("政府责任人", "安全责任人")),
        Field("technical_person", "技术责任人", "Technical person responsible", aliases=("主管部门责任人",)),
        Field("patrol_person", "巡查责任人", "Patrol person responsible",
              aliases=("管理单位责任人", "巡查管护责任人", "巡查员")),
        Field("people_below", "下游影响人口", "People below", Kind.INTEGER, unit="人", least=0, most=10000000,
              aliases=("下游人口",)),
        Field("owner", "管理单位", "Managed by", aliases=("主管部门", "管理部门")),
    ),
    parts=(PERSONS,),
)  # fmt: skip
