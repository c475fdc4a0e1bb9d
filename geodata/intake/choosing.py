"""Which sheet of a file holds the layer's records, and which ones hold its Parts."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.errors import Refused
from geodata.intake import headers, refusals, targets
from geodata.intake.options import Source
from geodata.intake.sheets import Sheet
from layers._vocabulary import Layer, Part


def main_sheet(
    sheets: Sequence[Sheet], layer: Layer, asked: str, mapped: dict[str, Source], file: str
) -> Sheet | None:
    """The sheet with the layer's own records; None where a file has Parts only. Raises Refused where several fit."""
    if not sheets:
        raise Refused("没有内容", file, "核对文件是否保存完整")
    parts = {id(sheet) for sheet, _, _ in part_sheets(sheets, layer)}
    own = [sheet for sheet in sheets if id(sheet) not in parts and (len(sheet.rows) > 1 or len(sheets) == 1)]
    own = [sheet for sheet in own if not refusals.is_remark(sheet.name)] or ([] if parts else own)
    titles = {targets.plain(title) for title in (layer.name, layer.title, layer.title_en, *layer.aliases)}
    named = [sheet for sheet in own if targets.plain(sheet.name) in titles]
    if asked:
        chosen = [sheet for sheet in sheets if sheet.name == asked] or (own if len(own) == 1 else [])
        if not chosen:
            raise Refused(f"没有“{asked}”这张表", file, f"有：{'、'.join(sheet.name for sheet in sheets[:30])}")
        return chosen[0]
    if parts and not own:
        return None
    if named:
        return named[0]
    if len(own) == 1:
        return own[0]
    fitting = [sheet for sheet in own if _has_name(sheet, layer, mapped)]
    fitting = [sheet for sheet in fitting if not sheet.hidden] or fitting
    if len(fitting) == 1:
        others = "、".join(f"{s.name}（隐藏）" if s.hidden else s.name for s in own if s is not fitting[0])
        fitting[0].notes.append(f"只导入“{fitting[0].name}”；没有导入的表：{others}")
        return fitting[0]
    names = "、".join(sheet.name for sheet in own[:30])
    raise Refused(f"有 {len(own)} 张表，不知道导入哪一张", file, f"用 --sheet 选一张：{names}")


def part_sheets(sheets: Sequence[Sheet], layer: Layer) -> list[tuple[Sheet, Part, Part | None]]:
    """(sheet, Part, parent Part or None) of each sheet that is named as a Part's title or name."""
    found = []
    for _, part, above in layer.all_parts():
        for sheet in sheets:
            if targets.plain(sheet.name) in {targets.plain(text) for text in (part.title, part.name, part.title_en)}:
                found.append((sheet, part, above))
    return found


def _has_name(sheet: Sheet, layer: Layer, mapped: dict[str, Source]) -> bool:
    try:
        return headers.find(sheet, targets.of_layer(layer), mapped).column("name") is not None
    except headers.Doubtful:
        return True  # its headings are known, but two are alike: that is what has to be said
    except Refused:
        return False
