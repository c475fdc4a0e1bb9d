"""The cell pyramid: its sums are count(*) under every filter, before and after any change."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

import layers
from geodata.store import records
from geodata.tiles import cells, plan, pyramid
from tests.geodata.tiles.conftest import Scatter

MINES = layers.ALL["mines"]

BY_LEVEL = """
SELECT coalesce(sum(n1), 0), coalesce(sum(n2), 0), coalesce(sum(n3), 0), coalesce(sum(n4), 0), coalesce(sum(n0), 0)
  FROM riskmap.cell WHERE layer = 'mines' AND z = %s
"""
COUNTED = """
SELECT count(*) FILTER (WHERE level = 1), count(*) FILTER (WHERE level = 2), count(*) FILTER (WHERE level = 3),
       count(*) FILTER (WHERE level = 4), count(*) FILTER (WHERE level IS NULL)
  FROM layer.mines WHERE deleted_at IS NULL AND geom IS NOT NULL
"""


ZOOMS = "SELECT split_from, raw_from FROM riskmap.tile_layer WHERE layer = 'mines'"


def zooms(connection: psycopg.Connection) -> tuple[int, int]:
    row = connection.execute(ZOOMS).fetchone()
    assert row is not None
    return row


def content(connection: psycopg.Connection) -> tuple[list[Any], Any]:
    """The pyramid's counts, and its mean positions to a metre: adding in another order changes their last digits."""
    rows = connection.execute(
        "SELECT z, col, row, township_code, n1, n2, n3, n4, n0, n, sum_id, sum_x / n, sum_y / n"
        " FROM riskmap.cell WHERE layer = 'mines' ORDER BY 1, 2, 3, 4"
    ).fetchall()
    return [row[:-2] for row in rows], pytest.approx([place for row in rows for place in row[-2:]], abs=1)


def assert_sums_are_counts(connection: psycopg.Connection) -> None:
    split_from, raw_from = zooms(connection)
    for z in range(raw_from):
        assert connection.execute(BY_LEVEL, (z,)).fetchone() == connection.execute(COUNTED).fetchone()
    by_township = connection.execute(
        "SELECT coalesce(township_code, ''), coalesce(level, 0), count(*) FROM layer.mines"
        " WHERE deleted_at IS NULL AND geom IS NOT NULL GROUP BY 1, 2"
    ).fetchall()
    for z in range(split_from, raw_from):
        rows = connection.execute(
            "SELECT township_code, sum(n1), sum(n2), sum(n3), sum(n4), sum(n0) FROM riskmap.cell"
            " WHERE layer = 'mines' AND z = %s GROUP BY 1", (z,)
        ).fetchall()  # fmt: skip
        kept = {(row[0], level): n for row in rows for level, n in zip((1, 2, 3, 4, 0), row[1:], strict=True) if n}
        assert kept == {(township, level): n for township, level, n in by_township}


def test_sums_are_counts_under_every_filter(connection: psycopg.Connection, scatter: Scatter, low_limits: None) -> None:
    scatter(MINES, 400)
    connection.execute("UPDATE layer.mines SET deleted_at = now() WHERE id % 17 = 0")
    connection.execute("UPDATE layer.mines SET geom = NULL WHERE id % 19 = 0")
    cells.rebuild(connection, ["mines"])
    split_from, raw_from = zooms(connection)
    assert 0 < split_from < raw_from < pyramid.DEEPEST
    assert_sums_are_counts(connection)


def test_no_raw_tile_is_overfull_and_the_zoom_above_has_one(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 400)
    cells.rebuild(connection, ["mines"])
    _, raw_from = zooms(connection)
    fullest = [
        connection.execute(
            "SELECT max(n) FROM (SELECT count(*) AS n FROM layer.mines"
            " GROUP BY riskmap.cell_at(ST_X(geom3857), %(z)s) >> 4, riskmap.cell_at(-ST_Y(geom3857), %(z)s) >> 4) AS t",
            {"z": z},
        ).fetchone()
        for z in (raw_from - 1, raw_from)
    ]
    assert fullest[0] and fullest[1] and fullest[0][0] > 40 >= fullest[1][0]


def test_a_layer_is_drawn_in_one_way_at_each_zoom(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 400)
    cells.rebuild(connection, ["mines"])
    split_from, raw_from = zooms(connection)
    known = plan.read(connection)
    drawn = [known.drawn("mines", z) for z in range(16)]
    assert drawn == (
        ["merged cells"] * split_from + ["cells"] * (raw_from - split_from) + ["records"] * (16 - raw_from)
    )
    assert {known.drawn("wells", z) for z in range(16)} == {"records"}
    kept = connection.execute("SELECT DISTINCT z, township_code = '*' FROM riskmap.cell WHERE layer = 'mines'")
    assert sorted(kept.fetchall()) == [(z, z < split_from) for z in range(raw_from)]


CHANGES = {
    "move": "UPDATE layer.mines SET geom = ST_SetSRID(ST_MakePoint(110 + (id %% 97) / 97.0, 38 + {k} / 50.0), 4326)",
    "lose": "UPDATE layer.mines SET geom = NULL",
    "grade": "UPDATE layer.mines SET level = nullif({k} %% 5, 0)",
    "place": "UPDATE layer.mines SET township_code = (ARRAY['610881001', NULL, '610881009'])[1 + {k} %% 3]",
    "delete": "UPDATE layer.mines SET deleted_at = now()",
    "restore": "UPDATE layer.mines SET deleted_at = NULL",
}  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 49), st.integers(1, 60)), max_size=4)
)
def test_refreshed_cells_are_rebuilt_cells(
    connection: psycopg.Connection, low_limits: None, changes: list[tuple[str, int, int]]
) -> None:
    # One pyramid for all examples; each example's changes are rolled back.
    if not connection.execute("SELECT 1 FROM layer.mines LIMIT 1").fetchone():
        _pyramid_of_400(connection)
    with connection.transaction(force_rollback=True):
        for name, k, count in changes:
            where = " WHERE id %% 50 >= %s AND id <= %s RETURNING id"
            ids = [row[0] for row in connection.execute(CHANGES[name].format(k=k) + where, (k, count * 8))]
            cells.refresh(connection, MINES, ids)
            cells.refresh(connection, MINES, ids)
        (counts, places), drawn = content(connection), zooms(connection)
        assert_sums_are_counts(connection)
        cells.rebuild(connection, ["mines"])
        # Refreshing keeps the zooms as they are; a rebuild may decide on others, or on none.
        if connection.execute(ZOOMS).fetchone() == drawn:
            assert counts == content(connection)[0]
            assert places.expected == content(connection)[1]


def _pyramid_of_400(connection: psycopg.Connection) -> None:
    connection.execute("SELECT setseed(0.1)")
    connection.execute(
        "INSERT INTO layer.mines (code, name, geom, level, township_code)"
        " SELECT 'S-' || i, '示例',"
        " ST_SetSRID(ST_MakePoint(110 + random() / (1 + i % 9), 38 + random() / (1 + i % 9)), 4326),"
        " nullif(i % 5, 0), (ARRAY['610881001', '610881002', NULL])[1 + i % 3] FROM generate_series(1, 400) AS i"
    )
    cells.rebuild(connection, ["mines"])


def test_a_small_layer_has_no_cells_until_it_grows(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    cells.refresh(connection, MINES, scatter(MINES, 40))
    assert content(connection)[0] == []
    cells.refresh(connection, MINES, scatter(MINES, 1))
    assert_sums_are_counts(connection)


def test_a_tile_that_grows_overfull_moves_its_layer_on_by_a_zoom(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 120)
    cells.rebuild(connection, ["mines"])
    _, before = zooms(connection)
    for _ in range(4):
        cells.refresh(connection, MINES, scatter(MINES, 60))
    _, after = zooms(connection)
    assert after > before
    assert_sums_are_counts(connection)


@pytest.mark.parametrize("name", ["dikes", "hazard_areas"])
def test_lines_and_areas_are_counted_by_a_point_on_them(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None, name: str
) -> None:
    scatter(layers.ALL[name], 100)
    cells.rebuild(connection, [name])
    row = connection.execute(
        "SELECT sum(n), min(sum_x / n) FROM riskmap.cell WHERE layer = %s AND z = 0", (name,)
    ).fetchone()
    assert row is not None and row[0] == 100
    west = connection.execute("SELECT ST_X(ST_Transform(ST_SetSRID(ST_MakePoint(110, 38), 4326), 3857))").fetchone()
    assert west is not None and row[1] > west[0]


def test_the_edge_of_the_world_belongs_to_its_last_cell(connection: psycopg.Connection) -> None:
    row = connection.execute(
        "SELECT riskmap.cell_at(-20037508.342789244, 3), riskmap.cell_at(20037508.342789244, 3), riskmap.cell_at(0, 3),"
        " riskmap.cell_at(-0.001, 3)"
    ).fetchone()
    assert row == (0, 127, 64, 63)


def test_a_changed_township_moves_its_records_in_the_cells(
    connection: psycopg.Connection, scatter: Scatter, low_limits: None
) -> None:
    scatter(MINES, 200)
    cells.rebuild(connection, ["mines"])
    rows = [{"code": "610881007", "name": "新镇", "geom": box(109, 37, 112, 40)}]
    done = records.write(connection, layers.ALL["townships"], rows, "测试")
    cells.refresh(connection, layers.ALL["townships"], done.ids)
    assert_sums_are_counts(connection)
    found = connection.execute("SELECT DISTINCT township_code FROM riskmap.cell WHERE layer = 'mines'").fetchall()
    assert sorted(found) in ([("*",), ("610881007",)], [("610881007",)])
