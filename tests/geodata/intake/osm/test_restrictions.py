"""Turn restrictions: over a node, over ways, with exceptions and conditions; and the broken ones."""

from __future__ import annotations

from pathlib import Path

import psycopg

from geodata.intake.osm.reading import Extract
from geodata.intake.osm.restrictions import Broken, Restriction, restrictions, write
from tests.geodata.intake.osm.sketch import Sketch

OVER_NODE = [("way", 1, "from"), ("node", 5, "via"), ("way", 2, "to")]


def read(folder: Path, members: list[tuple[str, int, str]], **tags: str) -> tuple[list[Restriction], int]:
    sketch = Sketch()
    sketch.relation(9, members, **({"type": "restriction"} | tags))
    broken = Broken()
    rows = list(restrictions(Extract(sketch.write(folder)), {1, 2, 3, 4}, broken))
    return rows, broken.count


def test_over_a_node_with_exception(tmp_path: Path) -> None:
    (row,), broken = read(tmp_path, OVER_NODE, restriction="no_left_turn", **{"except": "bus;emergency"})
    assert (row.code, row.kind, row.from_way, row.via_node, row.via_ways, row.to_way) == (
        "OSM-R9", "no_left_turn", "1", "5", None, "2")  # fmt: skip
    assert (row.except_for, row.condition, broken) == ("bus;emergency", None, 0)
    assert row.source.endswith("(relation/9 v3)")


def test_over_ways_in_their_order(tmp_path: Path) -> None:
    members = [("way", 1, "from"), ("way", 4, "via"), ("way", 3, "via"), ("way", 2, "to")]
    (row,), _ = read(tmp_path, members, restriction="no_u_turn")
    assert (row.via_node, row.via_ways) == (None, ("4", "3"))


def test_a_condition_and_a_kind_of_vehicle_stay_with_it(tmp_path: Path) -> None:
    (timed,), _ = read(tmp_path, OVER_NODE, restriction__conditional="no_right_turn @ (Mo-Fr 07:00-09:00)")
    assert (timed.kind, timed.condition) == ("no_right_turn", "Mo-Fr 07:00-09:00")
    (lorry,), _ = read(tmp_path, OVER_NODE, restriction__hgv="no_straight_on")
    assert (lorry.kind, lorry.condition) == ("no_straight_on", "hgv")


def test_several_from_ways_give_one_row_each(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, [*OVER_NODE, ("way", 3, "from")], restriction="no_entry")
    assert [(row.code, row.from_way, row.to_way) for row in rows] == [("OSM-R9-1", "1", "2"), ("OSM-R9-2", "3", "2")]


def test_what_lacks_a_member_or_a_kind_is_counted_and_not_guessed(tmp_path: Path) -> None:
    assert read(tmp_path, OVER_NODE[:2], restriction="no_left_turn") == ([], 1)
    assert read(tmp_path, [OVER_NODE[0], OVER_NODE[2]], restriction="no_left_turn") == ([], 1)
    assert read(tmp_path, [*OVER_NODE, ("node", 6, "via")], restriction="no_left_turn") == ([], 1)
    assert read(tmp_path, OVER_NODE, restriction="give_way") == ([], 1)


def test_those_of_other_roads_are_not_ours(tmp_path: Path) -> None:
    elsewhere = [("way", 71, "from"), ("node", 5, "via"), ("way", 72, "to")]
    assert read(tmp_path, elsewhere, restriction="no_left_turn") == ([], 0)


def test_writing_twice_changes_nothing_and_a_change_is_counted(connection: psycopg.Connection, tmp_path: Path) -> None:
    rows, _ = read(tmp_path, OVER_NODE, restriction="no_left_turn")
    assert write(connection, rows, None) == (1, 0, 0)
    assert write(connection, rows, None) == (0, 0, 1)
    other, _ = read(tmp_path, OVER_NODE, restriction="only_straight_on")
    assert write(connection, other, None) == (0, 1, 0)
    stored = connection.execute("SELECT code, kind, from_way, via_node, to_way FROM riskmap.turn_restriction")
    assert stored.fetchall() == [("OSM-R9", "only_straight_on", "1", "5", "2")]
