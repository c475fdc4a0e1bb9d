"""Reading a request: unknown parameters are refused, never ignored, and formats are agreed on."""

from __future__ import annotations

import math
from collections.abc import Iterable

from flask import abort, request

import layers
from geodata.errors import BadRequest, NotFound
from geodata.features.question import Box, Interval, end_of, read_time
from layers._vocabulary import Layer
from webmap.api.links import MVT

JSON = ("application/json", "application/geo+json")
#: What `f` may be, the usual one first.
_NAMED_JSON, _NAMED_MVT = ("json", "geojson"), ("mvt",)


def layer_named(name: str) -> Layer:
    """The layer of a collection id. Raises NotFound."""
    if name not in layers.ALL:
        raise NotFound(f"没有图层 {name}", mend="图层名见 /api/collections")
    return layers.ALL[name]


def check_parameters(*allowed: str, others: Iterable[str] = (), formats: tuple[str, ...] = JSON) -> None:
    """Refuse parameters that are not known or stand twice (BadRequest), and formats that we do not have (406).

    `f=json` (or geojson; for tiles, mvt) may be written instead of an Accept header.
    """
    known = {*allowed, *others, "f"}
    for name, values in request.args.lists():
        if name not in known:
            raise BadRequest(f"没有参数 {name}", name, "可用的有 " + "、".join(sorted(known)))
        if len(values) > 1:
            raise BadRequest(f"参数 {name} 出现了 {len(values)} 次", name, "请只写一次")
    wanted, had = request.args.get("f"), _NAMED_MVT if MVT in formats else _NAMED_JSON
    if wanted is not None and wanted not in had:
        raise BadRequest(f"没有格式 {wanted}", "f", f"请写 f={had[0]}")
    if wanted is None and request.accept_mimetypes and not request.accept_mimetypes.best_match(formats):
        abort(406)


def number(name: str, default: float | None = None) -> float:
    """A finite number; the default where the parameter is missing, BadRequest where there is none."""
    text = request.args.get(name)
    if text is None:
        if default is None:
            raise BadRequest(f"缺少参数 {name}", name)
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadRequest(f"“{text}”不是数", name)
    return value


def whole(name: str, default: int, least: int, most: int) -> int:
    """A whole number of at least `least`; what is above `most` becomes `most`, as the standard asks."""
    text = request.args.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text[:19]) < least:
        raise BadRequest(f"“{text}”不能用", name, f"应是不小于 {least} 的整数")
    return min(int(text[:19]), most)


def box() -> Box | None:
    """`bbox` of four or six numbers (heights are not used); west > east crosses the antimeridian."""
    text = request.args.get("bbox")
    if text is None:
        return None
    try:
        sides = [float(side) for side in text.split(",")]
    except ValueError:
        sides = []
    if len(sides) not in (4, 6) or not all(math.isfinite(side) for side in sides):
        raise BadRequest(f"“{text}”不是范围", "bbox", "请写 西,南,东,北 四个数（或带高程的六个数），单位度")
    west, south, east, north = sides if len(sides) == 4 else (sides[0], sides[1], sides[3], sides[4])
    if south > north or max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        raise BadRequest(f"“{text}”不是范围", "bbox", "南不大于北，纬度 −90 到 90，经度 −180 到 180")
    return west, south, east, north


def interval() -> Interval | None:
    """`datetime`: a moment, a day, or an interval `a/b` that may be open on one side (`..` or empty)."""
    text = request.args.get("datetime")
    if text is None:
        return None
    start, slash, end = text.partition("/")
    try:
        if not slash:
            return read_time(start), end_of(start)
        since = None if start in ("", "..") else read_time(start)
        until = None if end in ("", "..") else end_of(end)
    except ValueError as error:
        example = "例：2026-03-01、2026-03-01T08:00:00Z、2026-03-01/.."
        raise BadRequest(f"“{text}”不是时间", "datetime", example) from error
    if since and until and since > until:
        raise BadRequest(f"“{text}”的开始晚于结束", "datetime")
    return since, until
