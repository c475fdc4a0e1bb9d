"""Real extracts: a small country, and the roads of a Chinese county seat."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

import layers
from config import Settings
from geodata.intake.osm.loading import CANDIDATE_LAYERS, load_osm
from geodata.intake.osm.reading import Extract
from geodata.intake.osm.region import within
from layers._vocabulary import Kind


def real(name: str) -> Path:
    """A file of RISKMAP_TEST_DATA; the test is skipped with the reason where it is not there."""
    folder = Settings.from_environ(os.environ).test_data
    if folder is None:
        pytest.skip("RISKMAP_TEST_DATA is not set: it names a folder of real data")
    if not (folder / name).exists():
        pytest.skip(f"{name} is not in the folder that RISKMAP_TEST_DATA names")
    return folder / name


LIECHTENSTEIN = "region/liechtenstein_2021-01.osm.pbf"


def test_a_country_of_eleven_municipalities(connection: psycopg.Connection) -> None:
    outcome = load_osm(connection, real(LIECHTENSTEIN), actor="测试员")
    assert outcome.layers["townships"].added == 11
    assert outcome.drivable_km == pytest.approx(848, abs=1)
    assert outcome.layers["rescue_teams"].kinds == {"消防站": 7, "急救站": 2}
    assert outcome.layers["mines"].kinds == {"采石场": 6}
    assert outcome.layers["chemical_sites"].kinds == {"加油加气站": 14}
    assert outcome.layers["enterprises"].kinds == {"工厂": 5, "工业用地": 70}
    assert outcome.restrictions == (85, 0, 0)
    assert any("Buchs (SG)" in note for note in outcome.notes)  # a neighbour that the edge cuts open
    placed = connection.execute("SELECT count(DISTINCT township_code) FROM layer.roads").fetchone()
    assert placed == (11,)


def test_within_the_border_less_road_lies_than_in_the_extract(connection: psycopg.Connection) -> None:
    outcome = load_osm(connection, real(LIECHTENSTEIN), actor="测试员", region="Liechtenstein")
    assert outcome.layers["townships"].added == 11
    assert outcome.drivable_km == pytest.approx(790, abs=1)
    assert outcome.layers["rescue_teams"].kinds == {"消防站": 7, "急救站": 2}


def test_no_candidate_has_a_level_or_is_confirmed(connection: psycopg.Connection) -> None:
    load_osm(connection, real(LIECHTENSTEIN), actor="测试员")
    for name in CANDIDATE_LAYERS:
        rows = connection.execute(f'SELECT DISTINCT confirmed, level FROM layer."{name}"').fetchall()  # noqa: S608
        assert rows in ([], [(False, None)]), name


def test_every_choice_is_one_that_its_layer_declares(connection: psycopg.Connection) -> None:
    outcome = load_osm(connection, real(LIECHTENSTEIN), actor="测试员")
    for name in outcome.layers:
        for field in layers.ALL[name].fields:
            if field.kind is Kind.CHOICE:
                found = connection.execute(f'SELECT DISTINCT "{field.name}" FROM layer."{name}"')  # noqa: S608
                assert {row[0] for row in found} - {None} <= {choice.code for choice in field.choices}


def test_the_country_is_found_by_its_number_and_its_name() -> None:
    extract = Extract(real(LIECHTENSTEIN))
    by_name, by_number = within(extract, "Liechtenstein"), within(extract, "r1155955")
    assert by_name.outline is not None and by_name.outline == by_number.outline


def test_a_chinese_county_seat_without_a_closed_boundary(connection: psycopg.Connection) -> None:
    outcome = load_osm(connection, real("china/guixi.osm"), actor="测试员")
    assert outcome.layers["roads"].added == 170
    assert any("花园街道" in note for note in outcome.notes)
    names = {row[0] for row in connection.execute("SELECT name FROM layer.villages")}
    assert {"花园村", "黄坑村"} <= names
