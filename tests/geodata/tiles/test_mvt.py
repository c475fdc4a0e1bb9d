"""A tile's layers and properties are those of DESIGN.md, section 5, at every zoom."""

from __future__ import annotations

from collections import Counter
from typing import Any

import mapbox_vector_tile
import psycopg
import pytest
from psycopg.sql import SQL
from shapely.geometry import box

import layers
from geodata.errors import NotFound
from geodata.store import database, records, version
from geodata.store.tables import layer_table
from geodata.tiles import cells, mvt
from tests.geodata.tiles.conftest import Scatter

MINES = layers.ALL["mines"]
#: The tile of zoom z that holds 110.25 E, 38.25 N.
PLACES = {4: (12, 6), 8: (206, 98), 9: (412, 197), 11: (1651, 788), 12: (3302, 1576)}


def decoded(tile: bytes) -> dict[str, list[dict[str, Any]]]:
    found = mapbox_vector_tile.decode(bytes(tile)) if tile else {}
    assert all(layer["extent"] == 4096 for layer in found.values())
    return {name: layer["features"] for name, layer in found.items()}


def map_tile(connection: psycopg.Connection, z: int, township: str | None = None) -> dict[str, list[dict[str, Any]]]:
    return decoded(mvt.map_tile(connection, z, *PLACES[z], township))


@pytest.fixture
def county(connection: psycopg.Connection) -> psycopg.Connection:
    """Two townships side by side, and one record of many layers in the first."""
    def write(name: str, *rows: dict[str, Any]) -> None:
        done = records.write(connection, layers.ALL[name], rows, "测试")
        cells.refresh(connection, layers.ALL[name], done.ids)

    write("townships", {"code": "610881001", "name": "甲镇", "geom": box(110, 38, 110.5, 38.5)},
          {"code": "610881002", "name": "乙镇", "geom": box(110.5, 38, 111, 38.5)})  # fmt: skip
    here = box(110.25, 38.25, 110.26, 38.26)
    write("mines", {"code": "M-1", "name": "示例矿", "geom": here.centroid},
          {"code": "M-2", "name": "待核矿", "confirmed": False, "geom": here.centroid})  # fmt: skip
    write("villages", {"code": "V-1", "name": "示例村", "population": 321, "geom": here.centroid})
    write("roads",
          {"code": "R-1", "name": "国道", "ref": "G1", "class": "national", "bridge": True, "geom": here.exterior},
          {"code": "R-2", "name": "村道", "class": "village", "geom": here.exterior})  # fmt: skip
    write("water", {"code": "W-1", "name": "示例河", "kind": "river", "geom": here.exterior},
          {"code": "W-2", "name": "示例湖", "kind": "lake", "geom": here.exterior, "area": here})  # fmt: skip
    write("hazard_areas", {"code": "H-1", "name": "易发区", "geom": here})
    connection.execute("UPDATE layer.mines SET level = 2 WHERE code = 'M-1'")
    return connection


def test_records_carry_what_the_design_says(county: psycopg.Connection) -> None:
    found = map_tile(county, 12)
    one, other = sorted((f["properties"] for f in found["mines"]), key=lambda p: p["id"])
    assert one == {"id": one["id"], "level": 2, "t": "610881001", "name": "示例矿"}
    assert other == {"id": other["id"], "t": "610881001", "name": "待核矿", "confirmed": False}
    assert found["villages"][0]["properties"] == {"name": "示例村", "population": 321}
    assert [f["properties"] for f in found["roads"]] == [
        {"class": "national", "ref": "G1", "name": "国道", "bridge": True}, {"class": "village", "name": "村道"},
    ]  # fmt: skip
    assert {f["properties"]["kind"]: f["geometry"]["type"] for f in found["water"]} == {
        "river": "LineString", "lake": "Polygon",
    }  # fmt: skip
    assert found["townships"][0]["properties"] == {"code": "610881001", "name": "甲镇"}


def test_names_come_from_zoom_11_and_roads_by_their_rank(county: psycopg.Connection) -> None:
    assert "name" not in map_tile(county, 9)["mines"][0]["properties"]
    assert "name" in map_tile(county, 11)["mines"][0]["properties"]
    assert [f["properties"]["class"] for f in map_tile(county, 9)["roads"]] == ["national"]
    assert "roads" not in map_tile(county, 4)


def test_townships_and_their_labels_are_there(county: psycopg.Connection) -> None:
    assert [f["properties"]["code"] for f in map_tile(county, 4)["townships"]] == ["610881001", "610881002"]
    labels = map_tile(county, 8)["township_labels"]
    assert {f["properties"]["name"]: f["geometry"]["type"] for f in labels} == {"甲镇": "Point", "乙镇": "Point"}


def test_contours_are_index_contours_first(county: psycopg.Connection) -> None:
    county.execute(
        "INSERT INTO riskmap.contour (elevation, is_index, geom3857) SELECT e, e = 1000,"
        " ST_Transform(ST_SetSRID(ST_MakeLine(ST_MakePoint(110.2, 38.2), ST_MakePoint(110.3, 38.3)), 4326), 3857)"
        " FROM (VALUES (1000), (1020)) AS v (e)"
    )
    assert "contours" not in map_tile(county, 9)
    assert [f["properties"] for f in map_tile(county, 11)["contours"]] == [{"e": 1000, "i": True}]
    assert [f["properties"] for f in map_tile(county, 12)["contours"]] == [
        {"e": 1000, "i": True}, {"e": 1020, "i": False},
    ]  # fmt: skip


def test_a_deleted_record_is_gone_and_a_place_without_any_is_no_bytes(county: psycopg.Connection) -> None:
    ids = [row[0] for row in county.execute("SELECT id FROM layer.mines")]
    records.mark_deleted(county, MINES, ids, "测试")
    cells.refresh(county, MINES, ids)
    assert "mines" not in map_tile(county, 12)
    assert mvt.map_tile(county, 12, 0, 0) == b""


@pytest.mark.parametrize("name", list(layers.ALL))
def test_every_layer_has_its_own_tile(connection: psycopg.Connection, scatter: Scatter, name: str) -> None:
    scatter(layers.ALL[name], 5)
    cells.rebuild(connection, [name])
    found = decoded(mvt.layer_tile(connection, layers.ALL[name], 4, *PLACES[4]))
    assert list(found) == [name] and len(found[name]) == 5
    assert {f["properties"]["id"] for f in found[name]} == {
        row[0] for row in connection.execute(SQL("SELECT id FROM {}").format(layer_table(layers.ALL[name])))
    }


def test_cells_of_a_zoom_sum_up_to_the_records(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 400)
    cells.rebuild(connection, ["mines"])
    row = connection.execute("SELECT split_from, raw_from FROM riskmap.tile_layer").fetchone()
    assert row is not None
    levels = dict(connection.execute("SELECT coalesce(level, 0), count(*) FROM layer.mines GROUP BY 1").fetchall())
    for z in (0, row[0] - 1, row[0], row[1] - 1, row[1]):
        total: Counter[int] = Counter()
        for x, y in _tiles(connection, z):
            for feature in decoded(mvt.layer_tile(connection, MINES, z, x, y)).get("mines", []):
                east, north = feature["geometry"]["coordinates"]
                # What lies in the buffer is counted in the tile that it belongs to.
                if 0 <= east < 4096 and 0 < north <= 4096:
                    p = feature["properties"]
                    total.update({k: p[f"n{k}"] for k in range(5)} if "n" in p else {p.get("level", 0): 1})
        assert +total == Counter(levels), z


def _tiles(connection: psycopg.Connection, z: int) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT DISTINCT riskmap.cell_at(ST_X(geom3857), %(z)s) >> 4, riskmap.cell_at(-ST_Y(geom3857), %(z)s) >> 4"
        " FROM layer.mines", {"z": z},
    ).fetchall()  # fmt: skip


def test_a_cell_of_one_record_is_the_record(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 400)
    cells.rebuild(connection, ["mines"])
    alone = 0
    for x, y in _tiles(connection, 9):
        for feature in decoded(mvt.layer_tile(connection, MINES, 9, x, y))["mines"]:
            p = feature["properties"]
            assert p["n"] == sum(p[f"n{k}"] for k in range(5))
            assert ("id" in p) == (p["n"] == 1)
            if p["n"] == 1:
                alone += 1
                row = connection.execute("SELECT level, name, township_code FROM layer.mines WHERE id = %s", (p["id"],))
                assert row.fetchone() == (p.get("level"), p["name"], p.get("t"))
    assert alone


def test_the_township_filter_is_exact_at_every_zoom(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 400)
    cells.rebuild(connection, ["mines"])
    row = connection.execute("SELECT split_from, raw_from FROM riskmap.tile_layer").fetchone()
    counted = connection.execute("SELECT count(*) FROM layer.mines WHERE township_code = '610881002'").fetchone()
    assert row is not None and counted is not None
    for z in (row[0] - 1, row[0], row[1]):
        n = 0
        for x, y in _tiles(connection, z):
            for feature in decoded(mvt.layer_tile(connection, MINES, z, x, y, "610881002")).get("mines", []):
                east, north = feature["geometry"]["coordinates"]
                assert feature["properties"]["t"] == "610881002"
                n += feature["properties"].get("n", 1) if 0 <= east < 4096 and 0 < north <= 4096 else 0
        assert n == counted[0], z


def test_a_rebuild_in_another_process_is_noticed(
    connection: psycopg.Connection, database_url: str, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 40)
    connection.commit()
    assert "n" not in decoded(mvt.layer_tile(connection, MINES, 4, *PLACES[4]))["mines"][0]["properties"]
    connection.commit()
    with database.connect(database_url) as other:
        other.execute("UPDATE layer.mines SET geom = geom")
        other.execute("INSERT INTO layer.mines (code, name, geom) SELECT 'X', 'X', geom FROM layer.mines LIMIT 1")
        cells.rebuild(other, ["mines"])
    assert "n" in decoded(mvt.layer_tile(connection, MINES, 4, *PLACES[4]))["mines"][0]["properties"]


@pytest.mark.parametrize("z", range(mvt.DEEPEST_ZOOM + 1))
def test_a_township_can_be_asked_for_at_every_zoom_of_the_map(county: psycopg.Connection, z: int) -> None:
    """Far zooms show nothing that is filtered, and an unused parameter has no type for PostgreSQL."""
    mvt.map_tile(county, z, 0, 0, "610881001")


def test_a_tile_tells_the_version_that_it_shows(connection: psycopg.Connection) -> None:
    before = mvt.map_tile(connection, 0, 0, 0).version
    version.raise_map(connection)
    assert mvt.map_tile(connection, 0, 0, 0).version == before + 1


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0)])
def test_outside_of_the_pyramid_there_is_no_tile(connection: psycopg.Connection, z: int, x: int, y: int) -> None:
    with pytest.raises(NotFound):
        mvt.map_tile(connection, z, x, y)
