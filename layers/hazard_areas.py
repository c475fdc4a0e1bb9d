"""灾害易发区 Hazard areas: flash flood, waterlogging, landslide, a baseline from the survey with its year."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="hazard_areas", title="灾害易发区", title_en="Hazard areas", geometry=Geometry.POLYGON, prefix="HAZ",
    aliases=("山洪灾害易发区", "低洼易涝区", "地质灾害隐患点", "地灾易发区", "内涝区"),
    style=Style(Shape.AREA, from_zoom=9, group="water"),
    fields=(
        Field("hazard", "灾害类型", "Hazard", Kind.CHOICE, card=1, aliases=("灾种", "类型", "灾害种类"),
              choices=(
                  Choice("flash_flood", "山洪", "flash flood", ("山洪灾害",)),
                  Choice("waterlogging", "内涝", "waterlogging", ("低洼易涝", "易涝")),
                  Choice("landslide", "滑坡", "landslide", ("山体滑坡",)),
                  Choice("debris_flow", "泥石流", "debris flow"),
                  Choice("collapse", "崩塌", "rock fall", ("危岩",)),
                  Choice("subsidence", "地面塌陷", "subsidence", ("采空塌陷",)),
                  Choice("fire", "森林草原火灾", "forest and grassland fire", ("火险区",)),
                  Choice("storm_surge", "风暴潮", "storm surge"), Choice("other", "其他", "other"),
              )),
        Field("susceptibility", "易发程度", "Susceptibility", Kind.CHOICE, card=2, aliases=("危险性等级", "易发性"),
              choices=(Choice("high", "高", "high", ("高易发",)), Choice("medium", "中", "medium", ("中易发",)),
                       Choice("low", "低", "low", ("低易发",)))),
        Field("survey", "普查来源", "Survey", card=3, aliases=("来源", "数据来源", "普查名称")),
        Field("survey_year", "普查年份", "Survey year", Kind.INTEGER, unit="年", least=1950, most=2100, card=4,
              aliases=("年份", "调查年份")),
        Field("households", "影响户数", "Households", Kind.INTEGER, unit="户", least=0, most=1000000,
              aliases=("威胁户数", "户数")),
        Field("people", "影响人数", "People", Kind.INTEGER, unit="人", least=0, most=10000000, card=5,
              aliases=("威胁人数", "受威胁人数", "人数")),
        Field("trigger_mm", "预警雨量", "Warning rainfall", Kind.DECIMAL, unit="mm", least=0, most=2000,
              aliases=("临界雨量",)),
        Field("trigger_hours", "雨量时段", "Rainfall period", Kind.DECIMAL, unit="h", least=0, most=240),
        Field("return_period_a", "重现期", "Return period", Kind.INTEGER, unit="年一遇", least=1, most=10000),
    ),
    parts=(PERSONS,),
)  # fmt: skip
