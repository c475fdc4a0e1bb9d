"""水系 Rivers, branches, gullies (lines) and lakes (closed lines): the ground of the map."""

from __future__ import annotations

from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="water", title="水系", title_en="Water", geometry=Geometry.LINE, prefix="WATER",
    aliases=("河流", "湖泊", "河道", "水域"),
    style=Style(Shape.LINE, group="reference"),
    fields=(
        Field("kind", "类型", "Kind", Kind.CHOICE, card=1, aliases=("类别", "waterway", "水系类型"),
              choices=(
                  Choice("river", "干流", "river", ("河", "河流", "canal")),
                  Choice("branch", "支流", "branch", ("tributary",)),
                  Choice("gully", "沟谷", "gully", ("沟", "stream", "drain", "ditch")),
                  Choice("lake", "湖泊", "lake", ("水面", "reservoir", "pond")),
              )),
        Field("chief", "河长", "River chief", aliases=("湖长",)),
        Field("area", "水面", "Water surface", Kind.BOUNDARY, aliases=("水域面",)),
        Field("source_way", "源编号", "Source id", aliases=("osm_id",)),
    ),
)  # fmt: skip
