"""道路 Roads: class, one-way, speed, bridge, tunnel, layer, access, limits of height and weight, source ids."""

from __future__ import annotations

from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="roads", title="道路", title_en="Roads", geometry=Geometry.LINE, prefix="ROAD",
    aliases=("公路", "路网", "道路网"),
    style=Style(Shape.LINE, group="reference"),
    fields=(
        Field("class", "道路等级", "Class", Kind.CHOICE, card=1,
              aliases=("等级", "技术等级", "行政等级", "highway", "fclass"),
              choices=(
                  Choice("national", "国道", "national", ("高速公路", "motorway", "trunk", "motorway_link",
                                                          "trunk_link")),
                  Choice("provincial", "省道", "provincial", ("primary", "primary_link")),
                  Choice("county", "县道", "county", ("secondary", "secondary_link")),
                  Choice("township", "乡道", "township", ("tertiary", "tertiary_link", "城市道路")),
                  Choice("village", "村道", "village",
                         ("unclassified", "residential", "service", "living_street", "track", "road", "专用公路")),
              )),
        Field("ref", "路线编号", "Number", card=2, aliases=("编号", "道路编号", "路线代码")),
        Field("oneway", "单行", "One-way", Kind.CHOICE, aliases=("单向", "是否单行"),
              choices=(Choice("no", "双向", "no", ("否", "0", "B")), Choice("yes", "单向", "yes", ("是", "1", "F")),
                       Choice("reverse", "反向单行", "reverse", ("-1", "T")))),
        Field("speed_kmh", "限速", "Speed limit", Kind.REAL, unit="km/h", least=1, most=140, card=3,
              aliases=("设计速度", "maxspeed", "限速(km/h)")),
        Field("bridge", "桥梁", "Bridge", Kind.FLAG, aliases=("是否桥梁",)),
        Field("tunnel", "隧道", "Tunnel", Kind.FLAG, aliases=("是否隧道",)),
        Field("layer", "层次", "Layer (OSM)", Kind.INTEGER, least=-10, most=10, aliases=("layer",)),
        Field("access", "通行权", "Access", Kind.CHOICE, aliases=("通行限制",),
              choices=(Choice("yes", "开放", "yes", ("public", "permissive", "designated")),
                       Choice("destination", "到达", "destination", ("customers", "delivery")),
                       Choice("private", "私有", "private", ("forestry", "agricultural", "permit")),
                       Choice("no", "禁止", "no", ("禁行",)))),
        Field("max_height_m", "限高", "Height limit", Kind.REAL, unit="m", least=0.5, most=20,
              aliases=("maxheight", "限高(m)")),
        Field("max_weight_t", "限重", "Weight limit", Kind.REAL, unit="t", least=0.5, most=500,
              aliases=("maxweight", "限重(t)")),
        Field("width_m", "路面宽度", "Width", Kind.REAL, unit="m", least=0.5, most=100, aliases=("宽度", "路宽")),
        Field("lanes", "车道数", "Lanes", Kind.INTEGER, least=1, most=20),
        Field("surface", "路面", "Surface", aliases=("路面类型",)),
        Field("ford", "过水", "Ford", Kind.FLAG, aliases=("漫水",)),
        Field("source_way", "源路线号", "Source way", aliases=("osm_id", "way_id")),
        Field("source_from", "源起节点", "Source from node", aliases=("from_node",)),
        Field("source_to", "源止节点", "Source to node", aliases=("to_node",)),
        Field("source_nodes", "源节点序列", "Source nodes", aliases=("node_ids",),
              note="路线经过的节点编号，空格分隔；两条路有同一节点即相交"),
        Field("source_kind", "源类型", "Kind in the source", note="OpenStreetMap 的 highway 值"),
    ),
)  # fmt: skip
