"""What the user says about a file, beside the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geodata.errors import Refused
from geodata.intake import units, values

_UNIT = re.compile(r"(?P<column>.*?)\s*\[(?P<unit>[^\[\]]+)\]\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: a column by its heading, and the unit of its numbers where it is not the field's."""

    column: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one import.

    `columns`: field → its column ("" leaves the field out); a Part's field is `part.field`. `spelt`: field → text as
    compared → the choice or value meant. `fixed`: field → one value for every row. `within`: W,S,E,N or a file.
    `county`: the county's name, as the page shows it.
    """

    crs: str = ""
    encoding: str = ""
    sheet: str = ""
    within: str = ""
    county: str = ""
    columns: Mapping[str, Source] = field(default_factory=dict)
    spelt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False

    def recorded(self) -> dict[str, object]:
        """What is kept with the import, as JSON."""
        given: dict[str, object] = {
            "crs": self.crs,
            "encoding": self.encoding,
            "sheet": self.sheet,
            "within": self.within,
            "county": self.county,
        }
        given["map"] = {name: [source.column, source.unit] for name, source in self.columns.items()}
        given["map_value"] = {name: dict(pairs) for name, pairs in self.spelt.items()}
        given["set"] = dict(self.fixed)
        return {name: value for name, value in given.items() if value}


def columns(pairs: Iterable[str]) -> dict[str, Source]:
    """--map FIELD=COLUMN, FIELD=COLUMN [unit]. Raises Refused."""
    found: dict[str, Source] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not name.strip():
            raise Refused(f"“{pair}”不是 字段=列名", "--map", "例如 --map height_m=ALTURA_ATUAL_metros")
        match = _UNIT.match(column)
        # A heading may end in brackets of its own: only what is a unit is taken off.
        if match and units.known(match["unit"]):
            found[name.strip()] = Source(match["column"].strip(), match["unit"].strip())
        else:
            found[name.strip()] = Source(column.strip())
    return found


def spelt(pairs: Iterable[str]) -> dict[str, dict[str, str]]:
    """--map-value FIELD:FROM=TO. Raises Refused."""
    found: dict[str, dict[str, str]] = {}
    for pair in pairs:
        name, colon, rest = pair.partition(":")
        text, equals, meant = rest.rpartition("=")
        if not colon or not equals or not name.strip() or not text.strip():
            raise Refused(f"“{pair}”不是 字段:原文=改为", "--map-value", "例如 --map-value state:proposed=建设")
        found.setdefault(name.strip(), {})[values.plain(text)] = meant.strip()
    return found


def fixed(pairs: Iterable[str]) -> dict[str, str]:
    """--set FIELD=VALUE. Raises Refused."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Refused(f"“{pair}”不是 字段=值", "--set", "例如 --set kind=煤矿")
        found[name.strip()] = value.strip()
    return found
