"""物资储备点 Supply points and their items by GB/T 38565-2020 (seven digits). No risk grade."""

from __future__ import annotations

from layers._site import PERSONS
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Part, Shape, Style

ITEMS = Part(
    "items", "物资", "Items", key="item",
    fields=(
        Field("item", "物资名称", "Item", required=True, aliases=("品名", "名称", "物资")),
        Field("item_code", "物资编码", "GB/T 38565 code", check="supply_code",
              aliases=("分类编码", "GB/T 38565编码", "编码"), note="GB/T 38565-2020：七位，首位 1–3"),
        Field("quantity", "数量", "Quantity", Kind.DECIMAL, least=0, most=100000000,
              aliases=("库存数量", "库存", "现有数量")),
        Field("unit", "单位", "Unit", aliases=("计量单位",)),
        Field("model", "规格型号", "Model", aliases=("规格", "型号")),
        Field("expires", "有效期至", "Expires", Kind.DATE, aliases=("有效期", "到期日期")),
        Field("counted", "盘点日期", "Counted", Kind.DATE, aliases=("最近盘点日期", "清点日期")),
    ),
)  # fmt: skip

LAYER = Layer(
    name="supply_points", title="物资储备点", title_en="Supply points", geometry=Geometry.POINT, prefix="SUP",
    state="state",
    aliases=("应急物资", "物资库", "防汛物资", "储备库"),
    style=Style(Shape.PLUS, from_zoom=12, group="resource"),
    fields=(
        Field("state", "状态", "State", Kind.CHOICE, dated=True, card=1, aliases=("使用状态",),
              choices=(Choice("ready", "可用", "ready", ("正常", "在用")),
                       Choice("closed", "停用", "closed", ("关闭",)))),
        Field("depot_level", "级别", "Level", Kind.CHOICE, card=2, aliases=("储备级别", "库级别"),
              choices=(Choice("county", "县级", "county", ("区级",)),
                       Choice("township", "乡镇级", "township", ("乡镇", "街道级")),
                       Choice("village", "村级", "village", ("嘎查村级",)),
                       Choice("enterprise", "企业", "enterprise", ("企业代储",)))),
        Field("owner", "管理单位", "Kept by", card=3, aliases=("主管单位", "所属单位", "责任单位")),
        Field("area_m2", "库房面积", "Floor area", Kind.DECIMAL, unit="m²", least=0, most=1000000, aliases=("面积",)),
        Field("value_yuan", "物资价值", "Value", Kind.DECIMAL, unit="元", least=0, most=10000000000,
              aliases=("金额", "金额(元)")),
        Field("keeper", "保管人", "Keeper", aliases=("管理员", "联系人", "负责人")),
        Field("phone", "联系电话", "Phone", personal=True, aliases=("电话", "手机")),
    ),
    parts=(ITEMS, PERSONS),
)  # fmt: skip
