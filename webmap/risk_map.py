"""The map page: Folium composes it, the drawing comes as tiles afterwards. No feature data stands in the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import current_app, render_template, request

from webmap import language, legend
from webmap.assets import VENDOR, keep_local
from webmap.elements import CountyMap, Drawing, Piece, Sheet, Styles
from webmap.language import say as _
from webmap.shapes import PATHS

THEMES = ("dark", "light")
SHEETS = ("tokens", "layout", "panel", "map", "card", "phone", "print")
#: Where the map stands before anything is loaded: (lat, lon), the middle of the country.
NOWHERE = (35.0, 105.0)
ADDRESSES = {
    "tiles": "/api/tiles/WebMercatorQuad", "relief": "/tiles/relief/{z}/{x}/{y}.png", "at": "/api/at",
    "search": "/api/search", "summary": "/api/summary", "card": "/card",
}  # fmt: skip


def theme() -> str:
    """Dark unless the browser remembers light."""
    wanted = request.cookies.get("theme", "")
    return wanted if wanted in THEMES else THEMES[0]


def render(summary: dict[str, Any], relief: int | None) -> str:
    """The whole page, in which NONCE stands for each answer's own nonce.

    `summary` is what /api/summary answers, `relief` the id of the height grid that is loaded.
    """
    keep_local()
    data = page_data(summary, relief)
    words = {"page": data, "layers": legend.entries(), "levels": legend.levels(), "english": language.english()}
    sheet = Sheet(_("应急一张图"), "en" if language.english() else "zh-CN", theme())
    sheet.add_child(Styles(stylesheets(*SHEETS), modules()))
    county = CountyMap(_("地图：方向键移动，加减号缩放，回车打开最近的对象"), middle(data["bounds"]))
    for part in ("top_bar", "panel"):
        sheet.add_child(Piece(render_template(f"map/{part}.html", **words)))
    sheet.add_child(Piece('<main class="map-region" id="map-region" tabindex="-1">'))
    sheet.add_child(county)
    sheet.add_child(Piece(render_template("map/tools.html", **words) + "</main>"))
    for part in ("dock", "legend"):
        sheet.add_child(Piece(render_template(f"map/{part}.html", **words)))
    county.add_child(Drawing("/static/map.js", data))
    return str(sheet.render())


def page_data(summary: dict[str, Any], relief: int | None) -> dict[str, Any]:
    """What the scripts are told: names, addresses, words and counts."""
    bounds = summary.get("bounds")
    addresses = {**ADDRESSES, "relief": f"{ADDRESSES['relief']}?v={relief}"}
    lat, lon = middle(bounds)
    county = summary.get("county") or _("本县")
    return {
        "county": county, "data": summary.get("data"), "version": summary.get("version"), "bounds": bounds,
        "place": {"name": county, "lat": lat, "lon": lon}, "relief": relief is not None, "summary": summary,
        "layers": legend.for_script(), "shapes": PATHS, "addresses": addresses, "words": script_words(),
        "levels": {one.number: {"key": one.key, "chip": one.chip, "title": one.title} for one in legend.levels()},
    }  # fmt: skip


def middle(bounds: list[float] | None) -> tuple[float, float]:
    """(lat, lon) of the middle of (west, south, east, north)."""
    if not bounds:
        return NOWHERE
    west, south, east, north = bounds
    return (south + north) / 2, (west + east) / 2


def stylesheets(*names: str) -> list[str]:
    """Addresses of style sheets; the Chinese font's list comes first and is used where the machine has none."""
    fonts = [f"{VENDOR}/noto-sans-sc/{weight}.css" for weight in ("400", "700")]
    return [*fonts, *(f"/static/style/{name}.css" for name in names)]


def modules() -> list[str]:
    """Addresses of the modules that map.js imports."""
    folder = Path(str(current_app.static_folder))
    return [f"/static/{path.relative_to(folder).as_posix()}" for part in ("drawing", "page")
            for path in sorted((folder / part).glob("*.js"))]  # fmt: skip


def script_words() -> dict[str, str]:
    """The sentences that the scripts say."""
    return {
        "index": _("指数"), "index_unknown": _("指数 未知"), "known": _("已知"), "whole_county": _("全县"),
        "candidates": _("待确认"),
        "shown_here": _("此比例显示"), "dark": _("深色"), "light": _("浅色"), "close": _("关闭"),
        "red": _("红"), "blue": _("蓝"), "never": _("未定级"), "copied": _("链接已复制"),
        "overlay_none": _("无叠加"), "overlay_worst": _("最高级"), "overlay_index": _("加权指数"),
        "nothing_found": _("没有找到。可按名称、编码或拼音首字母搜索。"),
        "search_short": _("名称、编码、拼音"),
        "search_lost": _("搜索没有应答，地图仍可使用。"),
        "several_here": _("此处有 {n} 个对象"),
        "lost": _("连接中断，图上仍是中断前的数据"), "data_stopped": _("数据停在"),
        "card_lost": _("卡片没有取到：服务没有应答。地图仍可使用，请稍后再点。"),
        "card_gone": _("这个对象已不存在，可能已被删除或合并。"),
        "sources": _("来源"),
        "no_position": _("浏览器没有给出位置：需要 https 或本机地址，并允许定位。"),
    }  # fmt: skip
