"""One extract into all the layers that it feeds: one import, one transaction, nothing half done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

import layers
from geodata import change
from geodata.errors import Refused
from geodata.intake.osm import areas, candidates, fords, keeping, network, restrictions, villages, water
from geodata.intake.osm.plausible import plausible
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import Region, whole_extract, within
from geodata.store import database, records, settings
from layers._vocabulary import Layer

#: Rows that are written at once; this and the extract's node index bound the memory.
BATCH = 20_000
#: Layers whose records come as candidates that somebody must confirm.
CANDIDATE_LAYERS = ("flood_roads", *sorted({rule.layer for rule in candidates.RULES}))

Row = dict[str, Any]
Report = Callable[[str], None]


@dataclass
class LayerOutcome:
    """Counts of one layer.

    `left_alone` were confirmed, changed or deleted by somebody, `blanked` are values that cannot be meant, `waiting`
    are the layer's unconfirmed candidates, `kinds` what this extract's candidates are (消防站 → 7).
    """

    layer: Layer
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_alone: int = 0
    blanked: int = 0
    waiting: int = 0
    ids: list[int] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)


@dataclass
class Outcome:
    """What an import of an extract did. `drivable_km` is measured inside the region (geodesic)."""

    layers: dict[str, LayerOutcome] = field(default_factory=dict)
    drivable_km: float = 0.0
    restrictions: tuple[int, int, int] = (0, 0, 0)
    notes: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Records of all layers that the extract had."""
        return sum(o.added + o.changed + o.unchanged + o.left_alone for o in self.layers.values())


def load_osm(
    connection: psycopg.Connection, path: Path, *, actor: str, region: str | None = None,
    township_level: int = areas.TOWNSHIP_LEVEL, county: str = "", dry_run: bool = False,
    report: Report = lambda _sentence: None,
) -> Outcome:  # fmt: skip
    """Load what the extract at `path` has of the region (`--within`: file, relation id or boundary name; None: all).

    `county` is the county's name; without it an unnamed county takes the boundary's.
    One transaction; with `dry_run` it is rolled back after counting. Raises Refused, with nothing written, where the
    extract cannot be read, has no such boundary or nothing to load, and while the sample county is loaded.
    """
    extract = Extract(path)
    with connection.transaction(force_rollback=dry_run):
        settings.begin_real(connection)
        report("读取范围")
        inside = whole_extract() if region is None else within(extract, region)
        import_id = _begin(connection, path, actor, region, township_level, keep_file=not dry_run)
        outcome = _load(connection, extract, inside, township_level, actor, import_id, report)
        if not outcome.found:
            raise Refused("文件里没有可以导入的内容", path.name, "请核对文件范围和 --within")
        if not dry_run:
            _grade(connection, outcome, report)
        settings.name_county(connection, county or ("" if settings.get(connection, "county") else inside.title))
        outcome.notes += settings.county_unnamed(connection)
        _finish(connection, import_id, outcome)
    return outcome


def _load(
    connection: psycopg.Connection, extract: Extract, region: Region, township_level: int, actor: str, import_id: int,
    report: Report,
) -> Outcome:  # fmt: skip
    outcome = Outcome()

    def load(name: str, rows: Iterable[Row]) -> None:
        report(f"{layers.ALL[name].title}（{extract.path.name}）")
        _write(connection, outcome, layers.ALL[name], rows, actor, import_id, report)

    found = areas.townships(extract, region, township_level)
    covered = keeping.covered_townships(connection, found.rows)
    load("townships", [row for row in found.rows if row["code"] not in covered])
    if covered:
        outcome.notes.append(f"{len(covered)} 个边界处已有另行导入的乡镇，以已有的为准")
    outcome.notes += _about_townships(found, township_level)
    load("villages", villages.villages(extract, region))
    length = network.Length()
    load("roads", network.roads(extract, region, length))
    outcome.drivable_km = length.metres / 1000
    broken = restrictions.Broken()
    turns = list(restrictions.restrictions(extract, length.ways, broken))
    outcome.restrictions = restrictions.write(connection, turns, import_id)
    if broken.count:
        outcome.notes.append(f"{broken.count} 条转弯限制缺成员或类型，未收")
    load("water", water.water(extract, region))
    load("flood_roads", fords.fords(extract, region))
    tally = candidates.Tally()
    for name, rows in _by_layer(candidates.candidates(extract, region, tally)).items():
        load(name, rows)
        outcome.layers[name].kinds = {title: n for (layer, title), n in tally.kinds.items() if layer == name}
    outcome.notes += [f"{count} 处未收：{reason}" for reason, count in tally.left.items()]
    for name in CANDIDATE_LAYERS:
        if name in outcome.layers:
            outcome.layers[name].waiting = keeping.waiting(connection, layers.ALL[name])
    return outcome


def _write(
    connection: psycopg.Connection, outcome: Outcome, layer: Layer, rows: Iterable[Row], actor: str, import_id: int,
    report: Report,
) -> None:  # fmt: skip
    """Write one layer in batches; records that somebody has taken over are left as they are."""
    mine = outcome.layers.setdefault(layer.name, LayerOutcome(layer))
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        alone = keeping.taken_over(
            connection, layer, [row["code"] for row in batch], candidates=layer.name in CANDIDATE_LAYERS
        )
        free = [plausible(layer, row) for row in batch if row["code"] not in alone]
        written = records.write(connection, layer, [row for row, _ in free], actor=actor, import_id=import_id)
        mine.left_alone += len(alone)
        mine.blanked += sum(blanked for _, blanked in free)
        mine.added += written.added
        mine.changed += written.changed
        mine.unchanged += written.unchanged
        mine.ids += written.ids
        report(f"{layer.title} {mine.added + mine.changed + mine.unchanged + mine.left_alone}")


def _grade(connection: psycopg.Connection, outcome: Outcome, report: Report) -> None:
    """Grade what was written and bring the tiles' cells up to date, once every layer is there."""
    report("分级")
    for each in outcome.layers.values():
        change.settle(connection, each.layer, each.ids)


def _by_layer(pairs: Iterator[tuple[str, Row]]) -> dict[str, list[Row]]:
    """Rows by layer, in the order of the layer tree; candidates are few enough to be held."""
    found: dict[str, list[Row]] = {}
    for name, row in pairs:
        found.setdefault(name, []).append(row)
    return {name: found[name] for name in layers.ALL if name in found}


def _about_townships(found: areas.Townships, level: int) -> list[str]:
    notes = []
    if found.cut_open:
        notes.append(f"{len(found.cut_open)} 个边界被文件边缘截断，不作为乡镇：{'、'.join(found.cut_open)}")
    if found.outside:
        notes.append(f"{len(found.outside)} 个边界不全在范围之内，不作为乡镇：{'、'.join(found.outside)}")
    if not found.rows:
        there = "、".join(f"{name} 级 {count} 个" for name, count in sorted(found.levels.items()))
        notes.append(f"没有 admin_level={level} 的闭合边界，没有导入乡镇（文件里有：{there or '没有任何闭合边界'}）")
        notes.append("乡镇可用 --township-level 换一级，或用 ./riskmap import townships 另行导入")
    return notes


BEGIN = """
INSERT INTO riskmap.import (layer, file_name, sha256, file, actor, options)
VALUES (%s, %s, %s, %b, %s, %s) RETURNING id
"""


def _begin(
    connection: psycopg.Connection, path: Path, actor: str, region: str | None, township_level: int, *, keep_file: bool
) -> int:
    """Record the import with its source file and checksum. A rehearsal leaves the file out: nothing of it stays."""
    database.acting_as(connection, actor)
    content = path.read_bytes() if keep_file else b""
    options = {"within": region, "township_level": township_level}
    row = connection.execute(
        BEGIN, (keeping.OSM, path.name, hashlib.sha256(content).hexdigest(), content, actor, Jsonb(options))
    ).fetchone()
    assert row is not None  # INSERT … RETURNING answers its row
    return int(row[0])


FINISH = """
UPDATE riskmap.import SET added = %s, changed = %s, unchanged = %s, options = options || %s WHERE id = %s
"""


def _finish(connection: psycopg.Connection, import_id: int, outcome: Outcome) -> None:
    each = {name: [o.added, o.changed, o.unchanged, o.left_alone] for name, o in outcome.layers.items()}
    connection.execute(FINISH, (
        sum(o.added for o in outcome.layers.values()),
        sum(o.changed for o in outcome.layers.values()),
        sum(o.unchanged + o.left_alone for o in outcome.layers.values()),
        Jsonb({"layers": each, "drivable_km": round(outcome.drivable_km, 3)}),
        import_id,
    ))  # fmt: skip
