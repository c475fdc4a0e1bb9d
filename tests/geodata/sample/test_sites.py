"""The sample county's sites in the database: the issue's quantities, levels from facts, faults as real data has."""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from geodata import sample
from geodata.errors import Refused
from geodata.intake.checks import lec_score, ls_score, supply_code, uscc
from geodata.sample import loading
from geodata.sample.calendar import ZONE, Calendar
from geodata.sample.people import credit_code
from geodata.store import settings
from layers._tailings_tables import dam_grade, least_beach, least_freeboard

GRADED = ("mines", "tailings_dams", "chemical_sites", "flood_roads")


def nothing(_sentence: str) -> None:
    """Loading tells somebody what it does; nobody listens here."""


def one(connection: psycopg.Connection, query: str) -> tuple[object, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)


def rows_of(connection: psycopg.Connection, schema: str, table: str, condition: LiteralString = "true") -> int:
    query = SQL("SELECT count(*) FROM {} WHERE {}").format(Identifier(schema, table), SQL(condition))
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_quantities_of_the_issue(loaded: psycopg.Connection) -> None:
    counted = {name: rows_of(loaded, "layer", name)
               for name in ("townships", "villages", "mines", "tailings_dams", "chemical_sites", "flood_roads",
                            "rescue_teams", "shelters", "supply_points")}  # fmt: skip
    assert counted == {"townships": 5, "villages": 78, "mines": 27, "tailings_dams": 16, "chemical_sites": 19,
                       "flood_roads": 50, "rescue_teams": 87, "shelters": 24, "supply_points": 12}  # fmt: skip
    assert rows_of(loaded, "layer", "mines", "kind = 'coal'") == 11
    assert rows_of(loaded, "part", "flood_roads_signs") == 100
    assert one(loaded, "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM part.flood_roads_signs"
                       " GROUP BY parent_id) AS s") == (2, 2)  # fmt: skip
    assert one(loaded, "SELECT count(DISTINCT sector) FROM layer.enterprises") == (10,)
    (wells,) = one(loaded, "SELECT count(*) FROM layer.wells")
    assert isinstance(wells, int) and wells > 700


def test_three_tiers_of_teams(loaded: psycopg.Connection) -> None:
    tiers = loaded.execute("SELECT tier, count(*), sum(people) FROM layer.rescue_teams GROUP BY tier").fetchall()
    found = {tier: (teams, int(people)) for tier, teams, people in tiers}
    assert found["county"] == (1, 18)
    assert found["semi"] == (8, 122)
    assert found["village"][0] == 78 and 400 < found["village"][1] < 500


def test_supplies_as_the_report_counts_them(loaded: psycopg.Connection) -> None:
    items = loaded.execute("SELECT item, sum(quantity)::int FROM part.supply_points_items GROUP BY item")
    stock = dict(items.fetchall())
    named = {"编织袋、沙袋": 38_000, "水域救援湿式防护装备": 80, "对讲机": 80, "柴油机水泵": 2, "移动照明灯组": 2}
    assert {item: stock[item] for item in named} == named
    assert sum(stock.values()) - sum(named.values()) >= 8_000
    for (code,) in loaded.execute("SELECT DISTINCT item_code FROM part.supply_points_items"):
        assert supply_code(code) == code


def test_levels_come_out_of_the_facts(loaded: psycopg.Connection) -> None:
    rows = loaded.execute("SELECT level, count(*) FROM riskmap.grade WHERE layer = ANY(%s) GROUP BY level",
                          (list(GRADED),))
    assert dict(rows.fetchall()) == {1: 10, 2: 23, 3: 38, 4: 34, None: 7}
    first = loaded.execute(
        "SELECT count(DISTINCT f ->> 'factor') FROM riskmap.grade AS g, jsonb_array_elements(g.factors) AS f"
        " WHERE g.layer = ANY(%s) AND (f ->> 'level')::int = g.level", (list(GRADED),)).fetchone()  # fmt: skip
    assert first is not None and first[0] >= 14  # many different reasons decide


def test_the_dam_of_the_picture_has_its_reasons(loaded: psycopg.Connection) -> None:
    rows = loaded.execute(
        "SELECT f ->> 'factor', (f ->> 'level')::int"
        "  FROM riskmap.grade AS g JOIN layer.tailings_dams AS d ON d.id = g.site_id,"
        "       jsonb_array_elements(g.factors) AS f"
        " WHERE g.layer = 'tailings_dams' AND d.name = '大沟尾矿库'").fetchall()  # fmt: skip
    levels = dict(rows)
    assert levels["major_hazard"] == 1
    assert levels["safety_degree"] == levels["design_flood_pair"] == 2


def test_a_dams_values_fit_its_grade_and_method(loaded: psycopg.Connection) -> None:
    """Own design values are those of GB 50863 for the computed 等别; control values leave a margin above them."""
    dams = loaded.execute("SELECT capacity_10k_m3, height_m, method, freeboard_design_m, beach_design_m,"
                          " freeboard_control_m, beach_control_m FROM layer.tailings_dams"
                          " WHERE height_m IS NOT NULL").fetchall()  # fmt: skip
    assert len(dams) == 15
    for capacity, height, method, freeboard, beach, freeboard_control, beach_control in dams:
        grade = dam_grade(capacity, height)
        assert freeboard == least_freeboard(grade) < freeboard_control
        assert (beach is None) == (beach_control is None) == (method == "dry_stack")
        if beach is not None:
            assert beach == (least_beach(grade, method) or beach) < beach_control


def test_one_ledger_disagrees_with_the_computed_grade(loaded: psycopg.Connection) -> None:
    rows = loaded.execute(
        "SELECT d.name FROM riskmap.grade AS g JOIN layer.tailings_dams AS d ON d.id = g.site_id"
        " WHERE g.layer = 'tailings_dams' AND g.factors::text LIKE '%台账记 五等，与计算不一致%'"
    ).fetchall()  # fmt: skip
    assert rows == [("东沟尾矿库",)]


def test_faults_as_real_data_has(loaded: psycopg.Connection) -> None:
    assert one(loaded, "SELECT count(*) FROM layer.mines WHERE geom IS NULL") == (1,)
    (notes,) = one(loaded, "SELECT count(*) FROM layer.mines WHERE township_note IS NOT NULL")
    (expired,) = one(loaded, "SELECT count(*) FROM layer.mines WHERE permit_expires < current_date")
    (outside,) = one(loaded, "SELECT count(*) FROM layer.other_sites WHERE geom IS NOT NULL AND township_code IS NULL")
    assert (notes, expired, outside) == (1, 2, 1)
    assert one(loaded, "SELECT count(*) FROM layer.villages WHERE population IS NULL")[0] in range(1, 8)


def test_scores_are_possible_products(loaded: psycopg.Connection) -> None:
    for layer in ("enterprises", "other_sites"):
        for column, check in (("ls_score", ls_score), ("lec_score", lec_score)):
            query = SQL("SELECT DISTINCT {0} FROM {1} WHERE {0} IS NOT NULL").format(
                Identifier(column), Identifier("layer", layer))  # fmt: skip
            for (score,) in loaded.execute(query):
                assert check(f"{score}")


def test_every_row_says_that_it_is_the_sample(loaded: psycopg.Connection) -> None:
    for name in loading.MAKERS:
        assert rows_of(loaded, "layer", name, "NOT sample OR source IS NULL") == 0
    assert settings.get(loaded, "data") == "sample"
    assert settings.get(loaded, "county") == "示例县"


def test_flood_sections_lie_on_the_countys_roads(loaded: psycopg.Connection) -> None:
    (far,) = one(loaded, "SELECT count(*) FROM layer.flood_roads AS f WHERE NOT EXISTS (SELECT FROM layer.roads AS r"
                         " WHERE ST_DWithin(r.geom3857, f.geom3857, 3) AND ST_Length(ST_Intersection(f.geom3857,"
                         " ST_Buffer(r.geom3857, 3))) > 0.95 * ST_Length(f.geom3857))")  # fmt: skip
    assert far == 0


def test_every_site_with_a_position_knows_its_township(loaded: psycopg.Connection) -> None:
    for name in (*GRADED, "shelters", "rescue_teams", "supply_points", "reservoirs", "wells", "villages",
                 "hazard_areas"):  # fmt: skip
        assert rows_of(loaded, "layer", name, "geom IS NOT NULL AND township_code IS NULL") == 0, name


def test_dates_follow_the_day_of_loading(connection: psycopg.Connection) -> None:
    late = Calendar(datetime(2031, 5, 20, 8, 0, tzinfo=ZONE))
    loading.load(connection, nothing, late)
    (expires,) = one(connection, "SELECT permit_expires FROM layer.mines WHERE name = '石门煤矿'")
    assert expires == late.day(-26)


def test_loading_again_replaces_the_sample(loaded: psycopg.Connection) -> None:
    sample.load(loaded, nothing)
    assert one(loaded, "SELECT count(*) FROM layer.mines") == (27,)


def test_the_sample_never_mixes_with_real_data(connection: psycopg.Connection) -> None:
    settings.begin_real(connection)
    with pytest.raises(Refused, match="真实数据"):
        sample.load(connection, nothing)


def test_removing_leaves_real_rows_alone(loaded: psycopg.Connection) -> None:
    loaded.execute("INSERT INTO layer.mines (code, name, geom)"
                   " VALUES ('REAL-1', '真矿', ST_Point(105.42, 35.11, 4326))")  # fmt: skip
    sample.remove(loaded)
    assert loaded.execute("SELECT code FROM layer.mines").fetchall() == [("REAL-1",)]
    for name in loading.MAKERS:
        assert rows_of(loaded, "layer", name, "sample") == 0
    for table in ("grade", "dated_value", "height_grid", "contour"):
        assert rows_of(loaded, "riskmap", table) == 0, table
    assert settings.get(loaded, "data") == "empty"


@pytest.mark.parametrize("serial", [1, 27, 219, 345])
def test_credit_codes_pass_the_check(serial: int) -> None:
    assert uscc(credit_code(serial)) == credit_code(serial)
