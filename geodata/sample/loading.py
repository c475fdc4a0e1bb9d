"""The sample county into the database, by the same way as real data; and out of it again, leaving real rows alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import psycopg
from psycopg.sql import SQL, Composable

import layers
from geodata.errors import Refused
from geodata.risk import grading
from geodata.sample import (
    chemical_sites,
    county,
    dikes,
    enterprises,
    flood_roads,
    hazard_areas,
    mines,
    other_sites,
    plane,
    reference,
    rescue_teams,
    reservoirs,
    shelters,
    supply_points,
    tailings_dams,
    wells,
)
from geodata.sample.calendar import Calendar
from geodata.sample.county import County, Row
from geodata.sample.townships import COUNTY
from geodata.store import records, settings, townships
from geodata.store.tables import layer_table, part_table
from geodata.store.version import raise_map
from geodata.tiles import cells, height
from geodata.tiles.height import HeightGrid
from layers._vocabulary import Layer

ACTOR = "示例数据"
Report = Callable[[str], None]

#: What makes each layer's rows. Townships come first: everything else is placed in them.
MAKERS: Mapping[str, Callable[[County, Calendar], list[Row]]] = {
    "townships": reference.townships, "villages": reference.villages, "roads": reference.roads,
    "water": reference.water,
    "hazard_areas": hazard_areas.rows, "mines": mines.rows, "tailings_dams": tailings_dams.rows,
    "chemical_sites": chemical_sites.rows, "flood_roads": flood_roads.rows, "other_sites": other_sites.rows,
    "enterprises": enterprises.rows, "shelters": shelters.rows, "rescue_teams": rescue_teams.rows,
    "supply_points": supply_points.rows, "reservoirs": reservoirs.rows, "dikes": dikes.rows, "wells": wells.rows,
}  # fmt: skip

LEAVING = SQL("CREATE TEMPORARY TABLE leaving ON COMMIT DROP AS SELECT id FROM {} WHERE sample")
FORGET = (
    "DELETE FROM riskmap.history WHERE layer = %s AND part IS NULL AND record_id IN (SELECT id FROM leaving)",
    "DELETE FROM riskmap.grade WHERE layer = %s AND site_id IN (SELECT id FROM leaving)",
    "DELETE FROM riskmap.dated_value WHERE layer = %s AND site_id IN (SELECT id FROM leaving)",
)
FORGET_PART = SQL("DELETE FROM riskmap.history WHERE layer = %s AND part = %s AND record_id IN ({})")


def load(connection: psycopg.Connection, report: Report, calendar: Calendar | None = None) -> None:
    """Load 示例县 in the caller's transaction; `report` is told what is being done. An earlier sample is replaced.

    Raises Refused where real data are loaded: the two never mix.
    """
    state = settings.get(connection, "data")
    if state == "real":
        raise Refused("库里已有真实数据，示例不与真实数据混放", mend="示例请装在另一个空库：换一个 RISKMAP_HOME 再运行")
    if state == "sample":
        remove(connection)
    calendar = calendar or Calendar.today()
    report("地形、水系和道路")
    made = county.build()
    for name, rows_of in MAKERS.items():
        layer = layers.ALL[name]
        report(layer.title)
        records.write(connection, layer, rows_of(made, calendar), ACTOR)
    report("高程和等高线")
    height.store(connection, height_grid(made), sample=True, report=report)
    report("分级")
    for name, layer in layers.ALL.items():
        if layer.risk is not None and name in MAKERS:
            grading.regrade(connection, layer)
    report("瓦片")
    cells.rebuild(connection)
    settings.put(connection, "county", COUNTY)
    settings.put(connection, "data", "sample")
    raise_map(connection)
    report(f"{COUNTY}已装好")


def height_grid(made: County) -> HeightGrid:
    """The county's land as a height grid: cells of 50 m, some kilometres beyond its edge on every side."""
    (west, north), (east, south) = plane.to_degrees(plane.corners())
    return HeightGrid(made.land.fine, float(west), float(south), float(east), float(north), county.SOURCE)


def remove(connection: psycopg.Connection) -> None:
    """Take out every sample row, its grade, history and intervals, the sample's height grid; real rows stay.

    Works in the caller's transaction; may be called where no sample is loaded.
    """
    for name, layer in layers.ALL.items():
        table = layer_table(layer)
        connection.execute(LEAVING.format(table))
        for suffix, _, above in layer.all_parts():
            _forget_parts(connection, layer, suffix, above.name if above else None)
        for statement in FORGET:
            connection.execute(statement, (name,))
        connection.execute(SQL("DELETE FROM {} WHERE sample").format(table))
        connection.execute("DROP TABLE leaving")
    townships.place_everything(connection)
    height.clear(connection, sample_only=True)
    cells.rebuild(connection)
    if settings.get(connection, "data") == "sample":
        settings.put(connection, "data", "empty")
        settings.put(connection, "county", None)
    raise_map(connection)


def _forget_parts(connection: psycopg.Connection, layer: Layer, suffix: str, above: str | None) -> None:
    """Take the history of the Parts that go with the sample's sites."""
    part = part_table(layer, suffix)
    rows: Composable
    if above is None:
        rows = SQL("SELECT p.id FROM {} AS p JOIN leaving AS l ON l.id = p.parent_id").format(part)
    else:
        rows = SQL("SELECT p.id FROM {} AS p JOIN {} AS a ON a.id = p.parent_id"
                   " JOIN leaving AS l ON l.id = a.parent_id").format(part, part_table(layer, above))  # fmt: skip
    connection.execute(FORGET_PART.format(rows), (layer.name, suffix))
