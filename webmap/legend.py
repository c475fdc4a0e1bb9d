"""What legend, tree, chips and table pages say of levels and layers: all of it from the declarations."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import layers
from layers._risk import LEVEL_TITLES, LEVELS
from layers._vocabulary import Geometry, Layer, Shape
from webmap.language import english, titled
from webmap.shapes import layer_path

UNKNOWN = 0


@dataclass(frozen=True)
class Level:
    """A level as it is written: key of the style ("1" … "4", "unknown"), digit, chip, title."""

    number: int
    key: str
    chip: str
    title: str


@dataclass(frozen=True)
class Entry:
    """A layer as tree, legend and canvas need it."""

    name: str
    title: str
    shape: str
    path: str
    group: str
    from_zoom: int
    visible: bool
    graded: bool
    state: bool
    line: bool
    rank_from_zoom: dict[str, int]
    reference: bool


def level(number: int | None) -> Level:
    """How a level is written; None and 0 are unknown, which is a level of its own and never low."""
    if not number:
        return Level(UNKNOWN, "unknown", "?", "unknown" if english() else "未知")
    colour, title, title_en = LEVEL_TITLES[number]
    return Level(number, str(number), str(number) if english() else colour, title_en if english() else title)


def levels() -> list[Level]:
    """Red to blue, then unknown."""
    return [level(number) for number in (*LEVELS, UNKNOWN)]


def entry(layer: Layer) -> Entry:
    """A layer for the page, titles in the language of the screen."""
    style = layer.style
    return Entry(
        name=layer.name, title=titled(layer.title, layer.title_en), shape=str(style.shape),
        path=layer_path(style.shape),
        group=style.group, from_zoom=style.from_zoom, visible=style.visible, graded=layer.risk is not None,
        state=bool(layer.state), line=layer.geometry is Geometry.LINE or style.shape is Shape.LINE,
        rank_from_zoom=dict(style.rank_from_zoom),
        reference=style.group == "reference" or layer.name in ("water", "roads", "townships", "villages"),
    )  # fmt: skip


def entries() -> list[Entry]:
    """Every layer, in the order of the tree."""
    return [entry(layer) for layer in layers.ALL.values()]


def for_script() -> list[dict[str, object]]:
    """The layers as the scripts of the page read them."""
    return [{key: value for key, value in asdict(one).items() if key != "path"} for one in entries()]
