"""The rows of Part sheets find their site by code or name, and a nested Part's rows their parent by its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL

from geodata.errors import Refused
from geodata.intake import headers, rows, targets
from geodata.intake.options import Options, Source
from geodata.intake.refusals import Problem, Refusal, Table
from geodata.intake.sheets import Sheet
from geodata.store.tables import layer_table
from layers._vocabulary import Layer, Part

KNOWN = SQL("SELECT code, name FROM {table} WHERE deleted_at IS NULL")

#: Site code → Part → its rows.
Belongings = dict[str, dict[str, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one site's Part, with those of the Parts nested in it: taken together or not at all."""

    site: str
    part: Part


class Sites:
    """Codes and names of the sites that a Part's row may belong to: those of this file, then those of the database."""

    def __init__(self, connection: psycopg.Connection, layer: Layer, here: Sequence[Mapping[str, Any]],
                 refused: Mapping[str, int]) -> None:  # fmt: skip
        """`here` are the records of this file; `refused` tells the row of a code or name that was refused."""
        self._refused = refused
        self._codes: set[str] = set()
        self._names: dict[str, set[str]] = defaultdict(set)
        for code, name in connection.execute(KNOWN.format(table=layer_table(layer))):
            self._add(code, name)
        for record in here:
            self._add(record["code"], record.get("name"))

    def _add(self, code: str, name: str | None) -> None:
        self._codes.add(code)
        if name:
            self._names[name].add(code)

    def find(self, code: str, name: str) -> str:
        """The code of the site that a row names. Raises Refused."""
        for text in (code, name):
            if text and text in self._refused and text not in self._codes:
                raise Refused(f"它所属的“{text}”（第 {self._refused[text]} 行）被退回", mend="先改好那一行")
        if code:
            if code not in self._codes:
                raise Refused(f"没有编码是“{code}”的场所", mend="核对“所属编码”，或先导入那个场所")
            return code
        found = self._names.get(name, set())
        if not name or len(found) != 1:
            what = (
                f"有 {len(found)} 个场所叫“{name}”"
                if found
                else f"没有叫“{name}”的场所"
                if name
                else "没有写属于哪个场所"
            )
            raise Refused(what, mend="在“所属编码”列写场所的编码")
        return next(iter(found))


def read(
    sheets: Sequence[tuple[Sheet, Part, Part | None]], sites: Sites, options: Options
) -> tuple[Belongings, list[Table]]:
    """Every Part row of a file under its site; where one of a site's rows is refused, all of that Part's are.

    A Part is written whole, so a site whose rows are not all in order keeps what it has, and the report has them all.
    """
    found: Belongings = defaultdict(dict)
    tables: list[Table] = []
    taken: list[tuple[_Group, Table, Refusal]] = []
    spoilt: dict[_Group, Refusal] = {}
    named = {part.name for _, part, _ in sheets}
    for sheet, part, above in sheets:
        known = targets.of_part(part, above)
        header = headers.find(sheet, known, _mapped(options, part))
        table = Table(sheet.name, header.headings)
        tables.append(table)
        for raw in rows.data(sheet, header):
            item, refusal = rows.read(raw, header, known, options, sheet.name, prefix=f"{part.name}.")
            group = _Group("", above or part)
            try:
                site = sites.find(item.pop("@site", None) or "", item.pop("@site_name", None) or "")
                group = _Group(site, group.part)
                if above is not None and above.name not in named:
                    raise Refused(f"没有“{above.title}”这张表", mend=f"{part.title}要和{above.title}一起导入")
                parent = _parent(found, group.site, above, item.pop("@above", None))
                if not refusal.problems:
                    _hang(found, group.site, part, above, parent, item)
            except Refused as wrong:
                refusal.problems.append(Problem(part.title, wrong.what, wrong.mend))
            if refusal.problems:
                table.refused.append(refusal)
                spoilt.setdefault(group, refusal)
            else:
                taken.append((group, table, refusal))
    _take_back(found, taken, spoilt)
    return {site: parts for site, parts in found.items() if parts}, tables


def _take_back(
    found: Belongings, taken: Sequence[tuple[_Group, Table, Refusal]], spoilt: Mapping[_Group, Refusal]
) -> None:
    """Refuse the rows that stand beside a refused one."""
    for group in spoilt:
        found.get(group.site, {}).pop(group.part.name, None)
    for group, table, refusal in taken:
        if (first := spoilt.get(group)) is not None:
            what = f"同一场所的“{first.sheet}”第 {first.row} 行被退回，{group.part.title}要整组导入"
            refusal.problems.append(Problem(group.part.title, what, "这一行不用改，和改好的那一行一起再导入"))
            table.refused.append(refusal)
            table.refused.sort(key=lambda each: each.row)


def _mapped(options: Options, part: Part) -> dict[str, Source]:
    """--map of this Part: part.field=column."""
    prefix = f"{part.name}."
    return {name.removeprefix(prefix): source for name, source in options.columns.items() if name.startswith(prefix)}


def _parent(found: Belongings, site: str, above: Part | None, key: str | None) -> dict[str, Any] | None:
    """The parent Part's row, by its key. Raises Refused."""
    if above is None:
        return None
    for item in found.get(site, {}).get(above.name, []):
        if str(item.get(above.key)) == key:
            return item
    raise Refused(f"{above.title}表里没有“{key or '（空）'}”", mend=f"核对“所属{above.title}”列")


def _hang(
    found: Belongings, site: str, part: Part, above: Part | None, parent: dict[str, Any] | None, item: dict[str, Any]
) -> None:  # fmt: skip
    """Put an item under its site or parent. Raises Refused where its key stands there already."""
    place = found.setdefault(site, {}) if parent is None else parent
    items = place.setdefault(part.name, [])
    key = item.get(part.key)
    if key is not None and any(other.get(part.key) == key for other in items):
        owner = f"{site} / {parent.get(above.key)}" if parent and above else site
        raise Refused(f"{owner} 里“{key}”重复", mend=f"同一处的“{part.field(part.key).title}”不能重复")
    items.append(item)


def refused_names(table: Table, header: headers.Header) -> dict[str, int]:
    """Codes and names of refused rows of the main sheet → their row, for the Parts that hang on them."""
    named: dict[str, int] = {}
    for refusal in table.refused:
        _note(named, refusal, header)
    return named


def _note(named: dict[str, int], refusal: Refusal, header: headers.Header) -> None:
    for target in ("code", "name"):
        column = header.column(target)
        if column is not None and refusal.cells[column.place] is not None:
            named[str(refusal.cells[column.place]).strip()] = refusal.row
