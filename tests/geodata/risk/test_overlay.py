"""The township overlay: worst, counts, index."""

from __future__ import annotations

from decimal import Decimal

import psycopg
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

import layers
from geodata.risk import overlay
from geodata.risk.grading import regrade
from geodata.store.records import write

counts = st.tuples(*[st.integers(0, 10**6)] * 4)


def test_published_vector() -> None:
    """1 红, 2 黄, 3 蓝, 2 unknown → (8 + 4 + 3) ÷ 6 = 2.50, 6 of 8 known."""
    town = overlay.Township("1", "甲镇", 1, 1, 0, 2, 3, 2, 4, None, None)
    assert (town.index, town.known, town.total) == (Decimal("2.50"), 6, 8)
    assert town.as_json()["levels"] == {"1": 1, "2": 0, "3": 2, "4": 3, "unknown": 2}


def test_nothing_known_has_no_index() -> None:
    assert overlay.index((0, 0, 0, 0)) is None
    assert overlay.Township("1", "甲镇", None, 0, 0, 0, 0, 5, 0, None, None).as_json()["index"] is None


@given(counts)
def test_index_lies_between_the_best_and_the_worst_level(held: tuple[int, int, int, int]) -> None:
    found = overlay.index(held)
    if found is not None:
        weights = [w for w, count in zip(overlay.WEIGHTS.values(), held, strict=True) if count]
        assert min(weights) - Decimal("0.005") <= found <= max(weights) + Decimal("0.005")


def test_townships_count_their_own_confirmed_sites(connection: psycopg.Connection) -> None:
    towns = [{"code": "610727100", "name": "甲镇", "geom": box(106, 33, 106.1, 33.1)},
             {"code": "610727101", "name": "乙镇", "geom": box(106.1, 33, 106.2, 33.1)}]  # fmt: skip
    write(connection, layers.ALL["townships"], towns, "示例值班员")
    inside = Point(106.05, 33.05)
    letters = ["D", "B", "B", "A", "A", "A", None, None]
    mines = [
        {"code": f"M{place}", "name": "示例", "geom": inside, "kind": "noncoal", "safety_class": letter}
        for place, letter in enumerate(letters)
    ]
    candidate = {"code": "OSM", "name": "采石场", "geom": inside, "confirmed": False}
    nowhere = {"code": "NO", "name": "示例", "kind": "noncoal", "safety_class": "D"}
    write(connection, layers.ALL["mines"], [*mines, candidate, nowhere], "示例值班员")
    regrade(connection, "mines")
    first, second = overlay.townships(connection)
    assert (first.code, first.worst, first.index, first.known, first.total) == ("610727100", 1, Decimal("2.50"), 6, 8)
    assert first.lon is not None and 106 < first.lon < 106.1
    assert (first.candidates, first.as_json()["candidates"]) == (1, 1)
    assert (second.worst, second.index, second.total, second.candidates) == (None, None, 0, 0)
    assert overlay.townships(connection, ["flood_roads"])[0].total == 0
