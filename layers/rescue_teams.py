"""应急救援队伍 Rescue teams: three tiers, skills, people, kit, base, state with its time. No risk grade."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

KIT = Part(
    "kit", "装备", "Kit", key="item",
    fields=(
        Field("item", "装备名称", "Item", required=True, aliases=("装备", "名称")),
        Field("item_code", "物资编码", "GB/T 38565 code", check="supply_code", aliases=("分类编码",)),
        Field("quantity", "数量", "Quantity", Kind.DECIMAL, least=0, most=10000000, aliases=("数量(台套)",)),
        Field("unit", "单位", "Unit", aliases=("计量单位",)),
    ),
)  # fmt: skip

LAYER = Layer(
    name="rescue_teams", title="救援队伍", title_en="Rescue teams", geometry=Geometry.POINT, prefix="TEAM",
    state="state",
    aliases=("应急队伍", "应急救援队伍", "抢险队伍", "矿山救护队"),
    style=Style(Shape.STAR, from_zoom=12, group="resource", rank="tier", rank_from_zoom=(("village", 13),)),
    fields=(
        Field("state", "状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("队伍状态", "备勤状态"),
              choices=(
                  Choice("ready", "待命", "ready", ("备勤", "在岗", "正常")),
                  Choice("out", "出动", "out", ("执行任务", "外出")),
                  Choice("resting", "休整", "resting", ("轮休",)), Choice("disbanded", "撤销", "disbanded", ("解散",)),
              )),
        Field("state_at", "状态更新时间", "State as of", Kind.TIME, aliases=("更新时间",)),
        Field("tier", "层级", "Tier", Kind.CHOICE, card=2, aliases=("队伍层级", "级别", "队伍级别"),
              choices=(
                  Choice("county", "县级综合", "county", ("综合", "县级", "综合应急抢险救援队伍", "区级")),
                  Choice("semi", "半专业", "semi-professional", ("半专业队伍", "半专业应急抢险队伍", "乡镇", "乡镇级")),
                  Choice("village", "村级", "village", ("嘎查村级", "村（社区）级", "村级队伍", "基层")),
                  Choice("professional", "专业", "professional", ("专业队伍", "专业救援队伍")),
                  Choice("social", "社会", "social", ("社会力量", "志愿者", "社会组织")),
              )),
        Field("skill", "专业类别", "Main skill", Kind.CHOICE, card=3,
              aliases=("队伍类别", "队伍类型", "类别", "救援类型"),
              choices=(
                  Choice("fire_national", "综合性消防救援", "national fire and rescue",
                         ("消防救援", "消防救援站", "消防")),
                  Choice("fire_local", "专职消防", "local fire brigade", ("政府专职消防队", "企业专职消防队")),
                  Choice("mine", "矿山救援", "mine rescue", ("矿山救护", "矿山救护队")),
                  Choice("chemical", "危化救援", "chemical rescue", ("危化品救援", "危险化学品救援")),
                  Choice("flood", "抗洪抢险", "flood rescue", ("水域救援", "防汛抢险")),
                  Choice("forest", "森林草原灭火", "forest and grassland fire", ("森林消防", "扑火队")),
                  Choice("earthquake", "地震地质", "earthquake and landslide", ("地震救援", "地质灾害")),
                  Choice("medical", "医疗", "medical", ("医疗救护", "急救", "卫生")),
                  Choice("utility", "电力通信保障", "power and telecom", ("电力抢修", "通信保障")),
                  Choice("air", "航空", "air", ("航空救援",)),
                  Choice("social", "社会力量", "social", ("志愿者", "社会组织")),
                  Choice("semi", "半专业", "semi-professional", ("民兵", "民兵应急连")),
                  Choice("township", "基层（乡镇）", "township", ("乡镇队伍", "乡镇（街道）")),
                  Choice("village", "基层（村）", "village", ("村级队伍", "嘎查村")),
                  Choice("general", "综合", "general", ("综合应急救援",)),
              )),
        Field("more_skills", "其他专长", "Further skills", aliases=("专长", "救援专长", "能力")),
        Field("people", "人数", "People", Kind.INTEGER, unit="人", least=0, most=10000, card=4,
              aliases=("队伍人数", "队员人数", "人员数量", "编制人数")),
        Field("vehicles", "车辆", "Vehicles", Kind.INTEGER, unit="辆", least=0, most=1000, card=5,
              aliases=("车辆数", "救援车辆")),
        Field("base", "驻地", "Base", card=6, aliases=("驻地名称", "驻扎地")),
        Field("leader", "负责人", "Leader", aliases=("队长", "队伍负责人", "联系人")),
        Field("phone", "联系电话", "Phone", personal=True, aliases=("电话", "手机", "值班电话", "负责人电话")),
        Field("owner", "主管单位", "Run by", aliases=("所属单位", "组建单位", "依托单位")),
        Field("agreement_expires", "协议有效期至", "Agreement expires", Kind.DATE, aliases=("救护协议有效期",)),
    ),
    parts=(KIT, PERSONS),
)  # fmt: skip
