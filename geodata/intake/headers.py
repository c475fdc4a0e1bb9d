"""Which row of a sheet is the heading, and which column is which target. Near misses are proposed, never taken."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.errors import Refused
from geodata.intake import targets, units
from geodata.intake.options import Source
from geodata.intake.sheets import Cell, Sheet
from geodata.intake.targets import Target

#: Headings are looked for in the first rows only.
_DEEPEST = 30
_LIKE = 0.74
#: What a shell does not take as it stands.
_SHELL = frozenset(" \t\n()[]{}<>|&;*?!$`'\"\\#~")


class Doubtful(Refused):
    """Two headings are alike: the sheet is the right one, and the user has to say which column is meant."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is taken: its place, its heading, what stands in the heading's brackets, its unit."""

    place: int
    heading: str
    inside: str
    target: Target
    unit: str = ""


@dataclass
class Header:
    """The heading of a sheet: where the data begin (index into `rows`), what is taken and what is not."""

    first: int
    headings: list[str]
    columns: list[Column] = field(default_factory=list)
    untaken: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)

    def column(self, name: str) -> Column | None:
        """The column of target `name`, or None."""
        return next((column for column in self.columns if column.target.name == name), None)


def find(sheet: Sheet, known: Mapping[str, Target], mapped: Mapping[str, Source]) -> Header:
    """Find the heading row (or two rows, where cells are merged) and match its columns. Raises Refused."""
    index = _spellings(known)
    wanted = {targets.plain(source.column) for source in mapped.values() if source.column}
    best: tuple[float, int, list[str]] | None = None
    deepest = 1 if sheet.geometries is not None else min(_DEEPEST, len(sheet.rows))
    for first, headings in _candidates(sheet, deepest):
        score = float(len({_meant(each, index, wanted) for each in headings if each} - {""}))
        score += min(sum(1 for each in headings if each), 9) / 100  # of two equal rows, the fuller one
        if best is None or score > best[0]:
            best = (score, first, headings)
    if best is None:
        raise Refused("没有内容", f"“{sheet.name}”")
    return _matched(best[1], best[2], known, index, mapped, sheet.name)


def _meant(heading: str, index: Mapping[str, list[tuple[int, Target]]], wanted: set[str]) -> str:
    """What a heading stands for, so that 坐标 merged over two columns counts once and 经度, 纬度 below it twice."""
    text = targets.plain(heading)
    found = _match(heading, index)
    return text if text in wanted else found[1].name if found else ""


def _candidates(sheet: Sheet, deepest: int) -> list[tuple[int, list[str]]]:
    """(index of the first data row, headings) of each row, and of each row joined with the one above it."""
    rows = [_spread(sheet, place) for place in range(deepest)]
    found = []
    for place, row in enumerate(rows):
        found.append((place + 1, row))
        if place and sum(1 for each in rows[place - 1] if each) > 1:
            width = max(len(row), len(rows[place - 1]))
            upper, lower = _wide(rows[place - 1], width), _wide(row, width)
            joined = [low if low else up for up, low in zip(upper, lower, strict=True)]
            if joined not in (row, rows[place - 1]):
                found.append((place + 1, joined))
    return found


def _wide(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _spread(sheet: Sheet, place: int) -> list[str]:
    """The texts of a row; a merged cell's text stands in each of its columns."""
    row = [_text(cell) for cell in sheet.rows[place]]
    for top, left, bottom, right in sheet.merged:
        if top <= place <= bottom and 0 <= top < len(sheet.rows) and left < len(sheet.rows[top]):
            # A title over the whole table is no heading of each column.
            if right - left + 1 < max(4, len(row) // 2):
                for column in range(left, min(right + 1, len(row))):
                    row[column] = row[column] or _text(sheet.rows[top][left])
    return row


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    return str(cell).strip().strip("\ufeff")


def _spellings(known: Mapping[str, Target]) -> dict[str, list[tuple[int, Target]]]:
    """Compared heading → (rank of the spelling, target), best first: a title ranks before an alias."""
    index: dict[str, list[tuple[int, Target]]] = {}
    for target in known.values():
        for rank, spelling in enumerate(target.spellings):
            # A layer's own field is meant before a fixed column of the same alias.
            entry = (min(rank, 3) + (0 if target.field or rank == 0 else 3), target)
            for text in {targets.plain(spelling), targets.plain(targets.split(spelling)[0])} - {""}:
                if all(entry[1] is not other for _, other in index.setdefault(text, [])):
                    index[text].append(entry)
    for entries in index.values():
        entries.sort(key=lambda entry: entry[0])
    return index


def _match(heading: str, index: Mapping[str, list[tuple[int, Target]]]) -> tuple[int, Target] | None:
    """(rank, target) of a heading, with or without its brackets."""
    for text in (targets.plain(heading), targets.plain(targets.split(heading)[0])):
        if text in index and text:
            return index[text][0]
    outside, behind = heading, ""
    if "/" in heading:
        outside, behind = heading.rsplit("/", 1)
    if behind and units.known(behind) and targets.plain(outside) in index:
        return index[targets.plain(outside)][0]
    return None


def _matched(
    first: int, headings: list[str], known: Mapping[str, Target], index: Mapping[str, list[tuple[int, Target]]],
    mapped: Mapping[str, Source], sheet: str,
) -> Header:  # fmt: skip
    header = Header(first, headings)
    named = _by_map(headings, known, mapped, sheet)
    chosen: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        found = _match(heading, index) if heading and place not in named else None
        if found is None or found[1].name in mapped or targets.plain(heading) in targets.IGNORED:
            continue
        rank, target = found
        other = chosen.get(target.name)
        if other and other[0] == rank:
            raise Doubtful(
                f"“{headings[other[1]]}”和“{heading}”两列都像“{target.title}”", f"“{sheet}”",
                f"用 --map {target.name}=列名 指明一列",
            )  # fmt: skip
        if other is None or rank < other[0]:
            chosen[target.name] = (rank, place)
    for name, (_, place) in chosen.items():
        named[place] = (known[name], "")
    for place, (target, unit) in sorted(named.items()):
        inside = targets.split(headings[place])[1] or headings[place].rpartition("/")[2]
        header.columns.append(Column(place, headings[place], inside, target, unit or _unit(target, inside)))
    for place, heading in enumerate(headings):
        if heading and place not in named and targets.plain(heading) not in targets.IGNORED:
            header.untaken.append(heading)
            header.proposals += _near(heading, known, header)
    return header


def _unit(target: Target, inside: str) -> str:
    """The unit in a heading's brackets, where the field has a unit and the brackets hold one."""
    return inside if target.field is not None and target.field.unit and units.known(inside) else ""


def _by_map(
    headings: list[str], known: Mapping[str, Target], mapped: Mapping[str, Source], sheet: str
) -> dict[int, tuple[Target, str]]:
    """Column → (target, unit) as --map says. Raises Refused for a column or field that is not there."""
    named: dict[int, tuple[Target, str]] = {}
    for name, source in mapped.items():
        if not source.column:
            continue
        places = _places(headings, source.column)
        if not places:
            near = difflib.get_close_matches(source.column, [h for h in headings if h], 3, 0.5)
            raise Refused(
                f"没有“{source.column}”这一列", f"--map {name}（“{sheet}”）",
                f"相近的列：{'、'.join(near)}" if near else f"有这些列：{'、'.join(h for h in headings if h)}",
            )  # fmt: skip
        named[places[0]] = (known[name], source.unit)
    return named


def _places(headings: list[str], said: str) -> list[int]:
    """The columns that --map means: by the whole heading, else without its brackets where only one is left."""
    for same in (str.strip, targets.plain):
        if found := [place for place, heading in enumerate(headings) if heading and same(heading) == same(said)]:
            return found
    bare = [place for place, heading in enumerate(headings)
            if heading and targets.plain(targets.split(heading)[0]) == targets.plain(said)]  # fmt: skip
    return bare if len(bare) == 1 else []


def _near(heading: str, known: Mapping[str, Target], header: Header) -> list[str]:
    """A sentence for the target that a heading nearly is; none where that target has its column already."""
    text = targets.plain(targets.split(heading)[0])
    best, ratio = None, _LIKE
    for target in known.values():
        if header.column(target.name):
            continue
        for spelling in target.spellings:
            like = _likeness(text, targets.plain(spelling))
            # Latin words resemble each other by chance: they must be nearer.
            if like >= max(ratio, 0.86 if text.isascii() else 0) and len(text) > 1:
                best, ratio = target, like
    if best is None:
        return []
    option = f"{best.name}={heading}"
    if set(option) & _SHELL:
        option = shlex.quote(option)
    return [f"“{heading}”没有认出，是不是“{best.title}”？是的话加 --map {option}"]


def _likeness(heading: str, spelling: str) -> float:
    """0–1; a heading that ends in the whole spelling (避难所详细地址 for 地址) is very like it."""
    if len(spelling) > 1 and not spelling.isascii() and heading.endswith(spelling):
        return 0.8 + min(len(spelling), 10) / 100
    wrong = sum(1 for mine, its in zip(heading, spelling, strict=False) if mine != its)
    if len(heading) == len(spelling) > 2 and wrong == 1:
        return max(0.75, 1 - 1 / len(heading))  # 全库溶 for 全库容
    return difflib.SequenceMatcher(None, heading, spelling).ratio()
