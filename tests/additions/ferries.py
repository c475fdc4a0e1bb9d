"""渡口 Ferry crossings: the layer that a newcomer adds, in one file."""

from __future__ import annotations

from layers._risk import BLUE, ORANGE, RED, YELLOW, Classes, Column, Factor, Risk, Source
from layers._vocabulary import Choice, Field, Geometry, Kind, Layer, Shape, Style

LAYER = Layer(
    name="ferries", title="渡口", title_en="Ferries", geometry=Geometry.POINT, prefix="FERRY",
    style=Style(Shape.PENTAGON),
    fields=(
        Field("capacity", "核定载客", "Passengers", Kind.INTEGER, unit="人", least=1, most=5000, card=1,
              aliases=("载客量",)),
        Field("boat_class", "渡船等级", "Boat class", Kind.CHOICE, card=2,
              choices=(Choice("bad", "差", "bad"), Choice("poor", "较差", "poor"), Choice("fair", "中", "fair"),
                       Choice("good", "好", "good"))),
    ),
    risk=Risk((
        Factor("boat_class", "渡船等级", "Boat class", Column("boat_class"),
               Classes((("bad", RED), ("poor", ORANGE), ("fair", YELLOW), ("good", BLUE))),
               Source("本县规则", "design")),
    )),
)  # fmt: skip
