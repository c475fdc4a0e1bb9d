"""The language in which a layer is declared.

Everything is a frozen dataclass that checks itself when it is made, so a wrong declaration fails at import
with a sentence and never reaches the map. No I/O, no SQL text, no libraries: see `_risk.py` for risk rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from layers._risk import Column, Ratio, Risk

_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}\Z")

#: Columns that every layer table has; a field may not take one of these names.
FIXED_COLUMNS = frozenset(
    "id code name initials geom geom3857 address township_code township_note position_source position_original "
    "confirmed source import_id level sample deleted_at updated_at updated_by parent_id position".split()
)


class DeclarationError(ValueError):
    """A layer's declaration contradicts itself; the message names the place."""


class Kind(StrEnum):
    """What a field holds. DECIMAL is exact (numeric), REAL is a measured double, INTEGER a whole number.

    BOUNDARY is a polygon beside the record's own point (a plant's fence): MultiPolygon, EPSG:4326, lon/lat.
    """

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    REAL = "real"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    CHOICE = "choice"
    BOUNDARY = "boundary"


class Geometry(StrEnum):
    """Geometry of a layer's records, EPSG:4326, lon/lat."""

    POINT = "Point"
    LINE = "MultiLineString"
    POLYGON = "MultiPolygon"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a CHOICE field: `code` is stored, titles are shown, aliases are read from files."""

    code: str
    title: str
    title_en: str
    aliases: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """Every text that a file may use for this choice."""
        return (self.code, self.title, self.title_en, *self.aliases)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a layer or Part.

    `least` and `most` are the inclusive range of plausible numbers, in `unit`; a value outside is refused with a
    sentence. `dated` values are kept as intervals and asked by date. `personal` values (phones) are shown to
    signed-in users only. `check` names a rule of geodata.intake.checks (`uscc`, `cas`, `supply_code`: check digits;
    `ls_score`, `lec_score`: possible products; `sector`: a code or title of the editable table riskmap.sector, stored
    as its code).
    `card` places the field among the facts on the card (0 = not there).
    """

    name: str
    title: str
    title_en: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    dated: bool = False
    required: bool = False
    personal: bool = False
    least: float | None = None
    most: float | None = None
    check: str = ""
    card: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse names that SQL or the fixed columns cannot carry, and choices without or beside their kind."""
        if not _NAME.match(self.name) or self.name in FIXED_COLUMNS:
            raise DeclarationError(f"field {self.name!r}: a lower-case name that no fixed column has, please")
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise DeclarationError(f"field {self.name!r}: kind CHOICE and choices go together")
        if len({c.code for c in self.choices}) != len(self.choices):
            raise DeclarationError(f"field {self.name!r}: a choice stands there twice")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise DeclarationError(f"field {self.name!r}: least is above most")

    def headers(self) -> tuple[str, ...]:
        """Every column header under which a file may carry this field."""
        return (self.title, self.name, self.title_en, *self.aliases)

    def choice(self, code: str) -> Choice | None:
        """The choice stored as `code`, or None."""
        return next((c for c in self.choices if c.code == code), None)


@dataclass(frozen=True, slots=True)
class Part:
    """Things that a site has of its own: units, signs, items, responsible persons. Own table, own sheet.

    `key` is the field whose value names a row inside its parent (a unit's name, an item's code).
    `parts` nests once (units → substances).
    """

    name: str
    title: str
    title_en: str
    fields: tuple[Field, ...]
    key: str
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a key that is not a field, and doubled fields."""
        _distinct(self.name, self.fields)
        if self.key not in {f.name for f in self.fields}:
            raise DeclarationError(f"part {self.name!r}: its key {self.key!r} is not one of its fields")

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError if there is none."""
        return _find(self.fields, name)


class Shape(StrEnum):
    """How a layer's records are drawn (look: shape = layer, and nothing else)."""

    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    HEXAGON = "hexagon"
    SQUARE = "square"
    STAR = "star"
    PLUS = "plus"
    DOT = "dot"
    PENTAGON = "pentagon"
    DROP = "drop"
    CIRCLE = "circle"
    LINE = "line"
    AREA = "area"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Style:
    """How a layer is drawn: shape, the Leaflet zoom from which it appears, whether it is on at first, tree group.

    `rank` names a CHOICE field whose choices in `rank_from_zoom` (choice, zoom) appear later than the layer itself.
    """

    shape: Shape
    from_zoom: int = 0
    visible: bool = True
    group: Literal["risk", "resource", "water", "reference"] = "risk"
    rank: str = ""
    rank_from_zoom: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: WHAT is on the map. One declaration serves table, import, grade, tile, legend, card and API.

    `prefix` begins the codes that we give to records without one. `state` names the CHOICE field that tells the
    record's state (drawn as pattern, never as colour). `former` declares renames (new name → old name) and
    `dropped` fields that a former version had: without such a line the start refuses to lose a column.
    """

    name: str
    title: str
    title_en: str
    geometry: Geometry
    fields: tuple[Field, ...]
    style: Style
    prefix: str
    parts: tuple[Part, ...] = ()
    risk: Risk | None = None
    state: str = ""
    aliases: tuple[str, ...] = ()
    former: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the whole declaration: names, keys, the state field, and that every risk fact is a field."""
        if not _NAME.match(self.name):
            raise DeclarationError(f"layer {self.name!r}: a lower-case name, please")
        _distinct(self.name, self.fields)
        names = {f.name for f in self.fields}
        if self.state and self.state not in names:
            raise DeclarationError(f"layer {self.name!r}: state {self.state!r} is not one of its fields")
        if self.style.rank and self.style.rank not in names:
            raise DeclarationError(f"layer {self.name!r}: rank {self.style.rank!r} is not one of its fields")
        for wanted in self.risk.columns() if self.risk else ():
            if wanted not in names:
                raise DeclarationError(f"layer {self.name!r}: its risk rule reads {wanted!r}, which is not a field")

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError if there is none."""
        return _find(self.fields, name)

    def all_parts(self) -> Iterator[tuple[str, Part, Part | None]]:
        """Yield (table suffix, part, parent part or None) for each Part, parents before their children."""
        for part in self.parts:
            yield part.name, part, None
            for inner in part.parts:
                yield inner.name, inner, part


def _distinct(owner: str, fields: tuple[Field, ...]) -> None:
    names = [f.name for f in fields]
    for name in names:
        if names.count(name) > 1:
            raise DeclarationError(f"{owner!r}: field {name!r} stands there twice")


def _find(fields: tuple[Field, ...], name: str) -> Field:
    for candidate in fields:
        if candidate.name == name:
            return candidate
    raise KeyError(name)


__all__ = [
    "FIXED_COLUMNS", "Choice", "Column", "DeclarationError", "Field", "Geometry", "Kind", "Layer",
    "Part", "Ratio", "Risk", "Shape", "Style",
]  # fmt: skip
