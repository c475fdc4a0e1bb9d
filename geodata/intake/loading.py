"""One file into one layer: read, checked, staged, written in one transaction; or counted only (dry run)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import shapely
from psycopg.sql import SQL
from psycopg.types.json import Jsonb

from geodata import change
from geodata.errors import Refused
from geodata.intake import (
    area,
    belongings,
    choosing,
    crs,
    field_names,
    headers,
    identity,
    isolation,
    offsets,
    positions,
    rows,
    targets,
)
from geodata.intake.options import Options
from geodata.intake.positions import Position
from geodata.intake.refusals import Problem, Refusal, Table
from geodata.intake.sheets import Request, Sheet
from geodata.store import records, sectors, settings
from geodata.store.tables import layer_table
from layers._vocabulary import Field, Geometry, Kind, Layer

RECORD = """
INSERT INTO riskmap.import (layer, file_name, sha256, file, actor, options, refused)
VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id
"""
THERE = SQL("SELECT code, ST_AsBinary(geom) FROM {table} WHERE code = ANY(%s) AND geom IS NOT NULL")
COUNTED = "UPDATE riskmap.import SET added = %s, changed = %s, unchanged = %s WHERE id = %s"


@dataclass
class Outcome:
    """What an import did, or in a dry run would do; `notes` are sentences, `tables` hold the refused rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    without_position: int = 0
    ids: list[int] = field(default_factory=list)

    @property
    def refused(self) -> list[Refusal]:
        """Every refused row, the main sheet's first."""
        return [refusal for table in self.tables for refusal in table.refused]

    @property
    def remarks(self) -> list[Refusal]:
        """Rows that were taken with a reservation."""
        return [remark for table in self.tables for remark in table.remarks]


@dataclass
class _Batch:
    """The main sheet while it is worked on: records beside their rows, positions and refusals."""

    header: headers.Header
    table: Table
    raws: list[rows.Raw]
    records: list[dict[str, Any]]
    refusals: list[Refusal]
    positions: list[Position]


def load_file(connection: psycopg.Connection, layer: Layer, path: Path, options: Options, actor: str) -> Outcome:
    """Import `path` into `layer` in one transaction, rolled back in a dry run or where nothing is taken.

    Raises Refused where the file as a whole cannot be taken (its kind, encoding, headings, coordinate system), and
    while the sample is loaded. Single rows that are wrong come back in the Outcome; the others are written.
    """
    within = area.of_option(options.within)
    options = field_names.resolved(options, layer)
    sheets = isolation.read(Request(path, options.encoding, options.sheet))
    main = choosing.main_sheet(sheets, layer, options.sheet, dict(_own(options)), path.name)
    outcome = Outcome(notes=list(main.notes if main else ()))
    with connection.transaction(force_rollback=options.dry_run) as undo:
        settings.begin_real(connection)
        options = replace(options, spelt={**sectors.spellings(connection, layer), **options.spelt})
        accepted: list[dict[str, Any]] = []
        refused_names: Mapping[str, int] = {}
        if main is not None:
            batch = _read_main(layer, main, options, outcome, path.name)
            other = within is None and layer.name != "townships"
            townships = area.of_townships(connection) if other else None
            positions.check_within(batch.positions, within, townships)
            accepted = _accept(connection, layer, batch, outcome)
            outcome.tables.append(batch.table)
            refused_names = belongings.refused_names(batch.table, batch.header)
            _doubts(connection, batch, options, outcome)
        parts = choosing.part_sheets(sheets, layer)
        if parts:
            found, tables = belongings.read(
                parts, belongings.Sites(connection, layer, accepted, refused_names), options
            )
            accepted = _with_parts(accepted, found)
            outcome.tables += tables
        if accepted:
            _write(connection, layer, path, options, actor, accepted, outcome)
        else:
            # Nothing was taken: nothing may be marked as real either.
            raise psycopg.Rollback(undo)
        if layer.name == "townships":
            outcome.notes += settings.county_unnamed(connection)
    return outcome


def _own(options: Options) -> Mapping[str, Any]:
    """--map of the layer's own sheet; a Part's has a dot."""
    return {name: source for name, source in options.columns.items() if "." not in name}


def _read_main(layer: Layer, sheet: Sheet, options: Options, outcome: Outcome, file: str) -> _Batch:
    known = targets.of_layer(layer)
    header = headers.find(sheet, known, _own(options))
    where = file if sheet.name == Path(file).stem else f"{file}“{sheet.name}”"
    _need_columns(layer, sheet, header, options, where)
    raws = list(rows.data(sheet, header))
    if not raws:
        raise Refused("只有表头，没有数据", where, "核对是否选对了表（--sheet）")
    read = [rows.read(raw, header, known, options, sheet.name) for raw in raws]
    shapes = [sheet.geometries[raw.place] for raw in raws] if sheet.geometries is not None else None
    placed = positions.written(header, [raw.cells for raw in raws], shapes)
    if sheet.geometries is None and layer.geometry is not Geometry.POINT and not header.column("position"):
        outcome.notes.append(f"“{layer.title}”是线或面，表格里没有几何列（WKT），按位置不详导入")
    elif sheet.geometries is None and not any(map(header.column, ("position", "lon", "lat"))):
        outcome.notes.append("没有认出坐标列：已有的记录位置不动，新增的记录位置不详")
    _place(layer, sheet, header, placed, options, outcome, where)
    if header.untaken:
        outcome.notes.append(f"没有用到的列：{'、'.join(header.untaken)}")
    outcome.notes += header.proposals
    table = Table(sheet.name, _headings(header, sheet))
    return _Batch(header, table, raws, [record for record, _ in read], [refusal for _, refusal in read], placed)


def _need_columns(layer: Layer, sheet: Sheet, header: headers.Header, options: Options, where: str) -> None:
    """Refuse a sheet without the columns that every record needs."""
    have = {column.target.name for column in header.columns} | options.fixed.keys()
    needed = {field.name: field.title for field in layer.fields if field.required}
    if layer.geometry is Geometry.POINT or layer.name == "townships":
        needed["name"] = f"名称（或{layer.title}名称）"
    missing = [f"“{title}”（--map {name}=列名）" for name, title in needed.items() if name not in have]
    if missing or not header.columns:
        headings = "、".join(heading for heading in header.headings if heading) or "（没有）"
        hints = "；".join(header.proposals)
        if sheet.notes and not header.columns:
            hints = f"{sheet.notes[0]}：像乱码就加 --encoding，例如 --encoding big5"
        raise Refused(
            f"表头里找不到{'、'.join(missing) or '任何能认出的列'}",
            where,
            f"这些列是：{headings}。{hints or '用 --map 字段=列名 指明'}",
        )


def _place(
    layer: Layer, sheet: Sheet, header: headers.Header, placed: Sequence[Position], options: Options,
    outcome: Outcome, where: str,
) -> None:  # fmt: skip
    """Resolve the system where any position is written, and convert them all."""
    if not any(position.pair or position.drawn for position in placed):
        return
    declared = sheet.declared or (positions.declared(header) if sheet.geometries is None else "")
    try:
        if sheet.geometries is None and declared:
            # A heading's word is a name for people, and gives way to --crs.
            system, said = crs.resolve(options.crs or declared, "", overridable=True)
            if crs.named(declared) != system:
                said = "；".join(filter(None, (f"表头写的是 {declared}，按 --crs 作 {system.title}", said)))
        else:
            system, said = crs.resolve(options.crs, declared, sheet.overridable)
    except Refused as refusal:
        raise Refused(refusal.what, refusal.where or where, refusal.mend) from refusal
    outcome.notes.append(f"坐标系：{system.title}" + (f"（{said}）" if said else ""))
    outcome.notes += positions.surveyors_axes(header, placed)
    positions.place(placed, system, layer.geometry)
    for position in placed:
        if position.geom is not None:
            position.source = system.title
    if (boundary := _boundary(layer)) is not None and (surfaces := positions.surfaces(placed)):
        outcome.notes.append(f"{surfaces} 条是面：面存作“{boundary.title}”，点取在面内")


def _headings(header: headers.Header, sheet: Sheet) -> list[str]:
    """Headings for the report; features get a column for their geometry, so that the report can be imported."""
    return [*header.headings, "几何(WKT)"] if sheet.geometries is not None else list(header.headings)


def _accept(connection: psycopg.Connection, layer: Layer, batch: _Batch, outcome: Outcome) -> list[dict[str, Any]]:
    """The records of the rows in order, with codes; the others go to the table of refused rows."""
    good: list[int] = []
    for place, (record, refusal, position) in enumerate(
        zip(batch.records, batch.refusals, batch.positions, strict=True)
    ):
        refusal.problems += position.wrong
        if layer.geometry is Geometry.POINT and not record.get("name") and "name" in record:
            refusal.problems.append(Problem("名称", "没有名称", "补上名称"))
        if len(batch.table.headings) > len(batch.header.headings):
            refusal.cells = [*refusal.cells[: len(batch.header.headings)], position.original]
        if refusal.problems:
            batch.table.refused.append(refusal)
        else:
            good.append(place)
            if position.doubts:
                batch.table.remarks.append(Refusal(refusal.sheet, refusal.row, refusal.cells, position.doubts))
    boundary = _boundary(layer)
    accepted = [_record(batch.records[place], batch.positions[place], boundary) for place in good]
    likes = [
        identity.Likeness(record.get("code") or "", record.get("name") or "", identity.middle(record.get("geom")),
                          record.get("address") or "", batch.raws[place].row)
        for record, place in zip(accepted, good, strict=True)
    ]  # fmt: skip
    refused = identity.give_codes(connection, layer, likes)
    for like, refusal_of, place, record in zip(likes, refused, good, accepted, strict=True):
        record["code"] = like.code
        if refusal_of is not None:
            batch.refusals[place].problems.append(Problem("编码", refusal_of.what, refusal_of.mend))
            batch.table.refused.append(batch.refusals[place])
    for place, doubt in identity.taken_places(connection, layer, likes).items():
        refusal = batch.refusals[good[place]]
        batch.table.remarks.append(Refusal(refusal.sheet, refusal.row, refusal.cells, [doubt]))
    batch.table.refused.sort(key=lambda refusal: refusal.row)
    batch.table.remarks.sort(key=lambda remark: remark.row)
    accepted = [record for record, wrong in zip(accepted, refused, strict=True) if wrong is None]
    outcome.without_position = _leave_unmoved(connection, layer, accepted)
    return accepted


def _leave_unmoved(connection: psycopg.Connection, layer: Layer, accepted: Sequence[dict[str, Any]]) -> int:
    """A position that is there already, to the millimetre, keeps its source and original.

    Answers how many records have no position, neither in the file nor in the database.
    """
    codes = [record["code"] for record in accepted]
    there: dict[str, bytes] = dict(connection.execute(THERE.format(table=layer_table(layer)), (codes,)).fetchall())
    for record in accepted:
        known = there.get(record["code"])
        if known is not None and "geom" in record and shapely.equals_exact(
            shapely.from_wkb(bytes(known)), record["geom"], tolerance=1e-8
        ):  # fmt: skip
            for name in ("geom", "position_source", "position_original"):
                del record[name]
    return sum(1 for record in accepted if "geom" not in record and record["code"] not in there)


def _boundary(layer: Layer) -> Field | None:
    """The field that takes a polygon where the layer's own geometry is a point."""
    if layer.geometry is not Geometry.POINT:
        return None
    return next((field for field in layer.fields if field.kind is Kind.BOUNDARY), None)


def _record(record: dict[str, Any], position: Position, boundary: Field | None) -> dict[str, Any]:
    """A row as the store wants it: township joined to the address; a blank position leaves what is known."""
    written = {name: value for name, value in record.items() if name != "township"}
    township = record.get("township")
    if township and township not in (written.get("address") or ""):
        written["address"] = f"{township}{written.get('address') or ''}"
    if position.geom is not None:
        written["geom"] = position.geom
        written["position_source"] = position.source
        written["position_original"] = position.original or None
    if boundary is not None and position.surface is not None:
        written.setdefault(boundary.name, position.surface)
    return written


def _with_parts(accepted: list[dict[str, Any]], found: belongings.Belongings) -> list[dict[str, Any]]:
    """Hang each site's Parts on its record; sites that are in the database only get a record of their code."""
    by_code = {record["code"]: record for record in accepted}
    for code, parts in found.items():
        if code not in by_code:
            by_code[code] = {"code": code}
        by_code[code].update(parts)
    return list(by_code.values())


def _doubts(connection: psycopg.Connection, batch: _Batch, options: Options, outcome: Outcome) -> None:
    """Say where positions look shifted: only where nobody has named GCJ-02 or BD-09."""
    sources = {position.source for position in batch.positions if position.geom is not None}
    if sources & {crs.GCJ02.title, crs.BD09.title}:
        return
    pairs = [
        (middle, f"{record.get('township') or ''}{record.get('address') or ''}")
        for record, position in zip(batch.records, batch.positions, strict=True)
        if (middle := identity.middle(position.geom)) is not None
    ]
    said = offsets.proposal(connection, [pair[0] for pair in pairs], [pair[1] for pair in pairs])
    if said:
        outcome.notes.append(said)


def _write(
    connection: psycopg.Connection, layer: Layer, path: Path, options: Options, actor: str,
    accepted: Sequence[dict[str, Any]], outcome: Outcome,
) -> None:  # fmt: skip
    """Keep the file, write the records, grade them, bring the cells up to date."""
    content = path.read_bytes()
    row = connection.execute(RECORD, (
        layer.name, path.name, hashlib.sha256(content).hexdigest(), content, actor,
        Jsonb(options.recorded()), len(outcome.refused),
    )).fetchone()  # fmt: skip
    assert row is not None  # INSERT … RETURNING has a row
    written = records.write(connection, layer, accepted, actor, row[0])
    connection.execute(COUNTED, (written.added, written.changed, written.unchanged, row[0]))
    outcome.added, outcome.changed, outcome.unchanged = written.added, written.changed, written.unchanged
    outcome.ids = written.ids
    settings.name_county(connection, options.county)
    if not options.dry_run:
        change.settle(connection, layer, written.ids)
