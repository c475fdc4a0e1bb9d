"""应急避难场所 Emergency shelters: class, area, capacity, hazards, opened and occupied by date. No risk grade."""

from __future__ import annotations

from decimal import Decimal

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

#: GB 51143-2015 Table 3.1.10: least effective area in m² a person, by class; 中心 and 特定 have none of their own.
AREA_PER_PERSON = {"emergency": Decimal("0.5"), "short": Decimal(2), "medium": Decimal(3), "long": Decimal("4.5")}

LAYER = Layer(
    name="shelters", title="应急避难场所", title_en="Shelters", geometry=Geometry.POINT, prefix="SHEL", state="state",
    aliases=("避难场所", "避难所", "避難收容處所", "安置点"),
    style=Style(Shape.SQUARE, from_zoom=12, group="resource"),
    fields=(
        Field("state", "启用状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("状态", "开放状态", "使用状态"),
              choices=(
                  Choice("ready", "待启用", "ready", ("平时", "备用", "未启用", "正常")),
                  Choice("opened", "已启用", "opened", ("启用", "开放", "使用中")),
                  Choice("full", "已满", "full", ("满员",)),
                  Choice("unusable", "不可用", "unusable", ("维修", "停用", "损坏")),
              )),
        Field("shelter_class", "类别", "Class", Kind.CHOICE, card=2,
              aliases=("场所类别", "避难类型", "避难场所类别", "类型"),
              choices=(
                  Choice("emergency", "紧急", "emergency", ("紧急避难场所",)),
                  Choice("short", "短期", "short-term", ("短期固定", "短期避难场所", "固定")),
                  Choice("medium", "中期", "medium-term", ("中期固定",)),
                  Choice("long", "长期", "long-term", ("长期固定", "长期避难场所")),
                  Choice("central", "中心", "central", ("中心避难场所",)),
                  Choice("special", "特定", "special", ("特定避难场所", "矿山避难硐室")),
              )),
        Field("shelter_level", "级别", "Level of government", Kind.CHOICE, aliases=("场所级别", "避难场所级别"),
              choices=(Choice("province", "省级", "province"), Choice("city", "市级", "city"),
                       Choice("county", "县级", "county", ("区级",)),
                       Choice("township", "乡镇级", "township", ("乡镇（街道）级", "街道级", "镇级")),
                       Choice("village", "村级", "village", ("村（社区）级", "社区级")))),
        Field("space", "空间类型", "Space", Kind.CHOICE, aliases=("室内外", "场地类型"),
              choices=(Choice("indoor", "室内", "indoor", ("室内型",)),
                       Choice("outdoor", "室外", "outdoor", ("室外型",)),
                       Choice("both", "室内外", "both", ("室内+室外",)))),
        Field("indoor", "室内", "Indoor", Kind.FLAG, aliases=("有室内",)),
        Field("outdoor", "室外", "Outdoor", Kind.FLAG, aliases=("有室外",)),
        Field("area_m2", "占地面积", "Area", Kind.DECIMAL, unit="m²", least=0, most=10000000,
              aliases=("面积", "总面积", "面积(平方米)")),
        Field("effective_area_m2", "有效避难面积", "Effective area", Kind.DECIMAL, unit="m²", least=0, most=10000000,
              card=3,
              aliases=("有效面积", "避难面积")),
        Field("capacity", "可容纳人数", "Capacity", Kind.INTEGER, unit="人", least=0, most=1000000, card=4,
              aliases=("容纳人数", "避难人数", "可容纳避难人数", "設計容量", "預計收容人數", "预计收容人数", "容量")),
        Field("occupied", "现有人数", "Occupied", Kind.INTEGER, unit="人", least=0, most=1000000, dated=True, card=5,
              aliases=("入住人数", "安置人数", "已安置人数")),
        Field("hazards", "适用灾害", "Hazards", card=6, aliases=("适用灾种", "灾害类型", "適用災害類別",
                                                                 "适用灾害类别"),
              note="地震、洪水、泥石流等，逗号分隔"),
        Field("serves", "服务村社", "Villages served", aliases=("服务范围", "預計收容村里", "责任区域")),
        Field("vulnerable", "适合弱者安置", "Suits the vulnerable", Kind.FLAG, aliases=("適合避難弱者安置", "无障碍")),
        Field("upgrade", "标准化提升", "Upgrade", Kind.CHOICE, aliases=("升级改造", "标准升级改造", "改造情况"),
              choices=(Choice("none", "未改造", "none", ("未开展",)),
                       Choice("ongoing", "改造中", "under way", ("正在改造",)),
                       Choice("done", "已完成", "done", ("完成", "已改造")))),
        Field("opened_at", "启用时间", "Opened at", Kind.TIME, aliases=("开放时间",)),
        Field("standard", "执行标准", "Standard", aliases=("建设标准",)),
        Field("contact", "联系人", "Contact", aliases=("管理人", "管理员")),
        Field("phone", "联系电话", "Phone", personal=True, aliases=("电话", "手机")),
    ),
    parts=(PERSONS,),
)  # fmt: skip
