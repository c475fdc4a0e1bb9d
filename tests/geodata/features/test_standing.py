"""Derived states with their reasons: shelters, reservoirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from shapely.geometry import MultiPolygon, Point, box

import layers
from geodata.features import items
from geodata.store.records import write

Tell = Callable[..., dict[str, Any]]
HERE = Point(106, 33)
RECENT = datetime.now(UTC) - timedelta(hours=2)


@pytest.fixture
def tell(connection: psycopg.Connection) -> Tell:
    """Writes a record and answers where it stands."""

    def put(layer: str, **fields: Any) -> dict[str, Any]:
        (site,) = write(connection, layers.ALL[layer], [{"code": "A", "name": "示例", **fields}], "示例值班员").ids
        (found,) = json.loads(items.one(connection, layers.ALL[layer], site))["properties"]["standing"]
        assert isinstance(found, dict)
        return found

    return put


def area(connection: psycopg.Connection, west: float, name: str) -> None:
    shape = MultiPolygon([box(west, 32.9, west + 0.2, 33.1)])
    write(connection, layers.ALL["hazard_areas"], [{"code": name, "name": name, "geom": shape}], "示例值班员")


@pytest.mark.parametrize(
    ("fields", "value", "known"),
    [
        ({"state": "ready", "capacity": 500}, "就绪，可容 500 人", True),
        ({"state": "ready", "capacity": 500, "shelter_class": "short", "effective_area_m2": Decimal("399.9")},
         "就绪，可容 199 人", True),
        ({"state": "ready", "shelter_class": "emergency", "effective_area_m2": 100}, "就绪，可容 200 人", True),
        ({"state": "ready", "shelter_class": "central", "effective_area_m2": 100}, "容量未知", False),
        ({"state": "ready"}, "容量未知", False),
        ({"capacity": 500}, "启用状态未知", False),
        ({"state": "opened", "capacity": 500, "occupied": 120}, "已启用，还可容 380 人", True),
        ({"state": "opened", "capacity": 500}, "已启用，余量未知", True),
        ({"state": "opened", "capacity": 500, "occupied": 500}, "已满", True),
        ({"state": "full"}, "已满", False),
        ({"state": "unusable", "capacity": 500}, "不可用", True),
    ],
)  # fmt: skip
def test_readiness_of_a_shelter(
    connection: psycopg.Connection, tell: Tell, fields: dict[str, Any], value: str, known: bool
) -> None:
    area(connection, 107, "远处易涝区")
    found = tell("shelters", geom=HERE, **fields)
    assert (found["value"], found["known"]) == (value, known)


def test_a_shelter_inside_a_hazard_area_says_which(connection: psycopg.Connection, tell: Tell) -> None:
    area(connection, 105.9, "西沟山洪区")
    found = tell("shelters", geom=HERE, state="opened", capacity=500)
    assert found["value"] == "慎用：在灾害易发区内" and found["note"].startswith("在 西沟山洪区；登记可容 500 人")


def test_what_a_shelter_lacks_is_said(connection: psycopg.Connection, tell: Tell) -> None:
    assert "没有灾害易发区数据" in tell("shelters", geom=HERE, state="ready", capacity=5)["note"]
    area(connection, 105.9, "西沟山洪区")
    found = tell("shelters", geom=None, state="ready", capacity=5)
    assert "位置未知" in found["note"] and not found["known"]


@pytest.mark.parametrize(
    ("level", "limit", "value", "known"),
    [("1245.35", "1245.00", "超汛限 0.35 m", True), ("1245.0", "1245.00", "平汛限", True),
     ("1243.80", "1245.00", "低于汛限 1.20 m", True), (None, "1245.00", "当前水位未知", False),
     ("1243.80", None, "汛限水位未知", False)],
)  # fmt: skip
def test_level_against_the_flood_limit(
    tell: Tell, level: str | None, limit: str | None, value: str, known: bool
) -> None:
    found = tell("reservoirs", level_now_m=level and Decimal(level), limit_level_m=limit and Decimal(limit),
                 level_now_at=RECENT)  # fmt: skip
    assert (found["value"].replace("\u2009", " "), found["known"]) == (value, known)


def test_an_old_level_is_dated_and_higher_levels_are_named(tell: Tell) -> None:
    levels = {"limit_level_m": 100, "design_flood_level_m": 104, "check_flood_level_m": 106}
    assert tell("reservoirs", level_now_m=105, level_now_at=RECENT, **levels)["value"] == "超设计洪水位 1\u2009m"
    old = tell("reservoirs", level_now_m=107, level_now_at=datetime(2026, 7, 1, 4, 0, tzinfo=UTC), **levels)
    assert old["value"] == "超校核洪水位 1\u2009m" and not old["known"]
    assert "水位测于 2026-07-01 12:00，已超过 24 小时" in old["note"]
