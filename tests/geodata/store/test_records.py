"""Writing records: by code, with Parts, dated values, township and history; nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from shapely.geometry import Point, box

import layers
from geodata.errors import Refused
from geodata.store import dated, records, tables, version
from tests.geodata.store.trial import TRIAL

ACTOR = "示例值班员"


@pytest.fixture
def trial(connection: psycopg.Connection) -> psycopg.Connection:
    """A database with the trial layer's tables."""
    tables.reconcile(connection, {**layers.ALL, "trials": TRIAL})
    return connection


def put(connection: psycopg.Connection, **row: Any) -> records.Written:
    """Write one record."""
    return records.write(connection, TRIAL, [row], ACTOR)


def rows(connection: psycopg.Connection, statement: str) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    return connection.execute(statement.encode()).fetchall()


def test_added_changed_unchanged(trial: psycopg.Connection) -> None:
    """The same row written twice changes nothing; another value changes one record and keeps its id."""
    first = put(trial, code="A", name="甲", geom=Point(105, 35), amount=Decimal("1.50"))
    again = put(trial, code="A", name="甲", geom=Point(105, 35), amount=Decimal("1.50"))
    changed = put(trial, code="A", amount=Decimal("2"))
    assert (first.added, first.changed, first.unchanged) == (1, 0, 0)
    assert (again.added, again.changed, again.unchanged, again.ids) == (0, 0, 1, [])
    assert (changed.changed, changed.ids) == (1, first.ids)
    assert rows(trial, "SELECT name, initials, amount, ST_AsText(geom) FROM layer.trials") == [
        ("甲", "j", Decimal("2"), "POINT(105 35)")
    ]


def test_absent_key_is_left_and_none_withdraws(trial: psycopg.Connection) -> None:
    """A key that is not given keeps its value; None takes it away, and the history knows what it was."""
    put(trial, code="A", name="甲", amount=Decimal("1"), address="某处")
    put(trial, code="A", amount=None)
    assert rows(trial, "SELECT amount, address FROM layer.trials") == [(None, "某处")]
    before, after, actor = rows(trial, "SELECT before, after, actor FROM riskmap.history")[0]
    assert (before, after, actor) == ({"amount": 1}, {"amount": None}, ACTOR)


def test_codes_continue_the_numbering(trial: psycopg.Connection) -> None:
    """Rows without a code get the next ones and never one that the same batch names."""
    put(trial, code="SY-0007", name="七")
    records.write(trial, TRIAL, [{"name": "八"}, {"code": "SY-0009", "name": "九"}, {"name": "十"}], ACTOR)
    assert [r[0] for r in rows(trial, "SELECT code FROM layer.trials ORDER BY code")] == [
        "SY-0007", "SY-0008", "SY-0009", "SY-0010",
    ]  # fmt: skip


def test_refusals_name_the_place(trial: psycopg.Connection) -> None:
    """A doubled code, an unknown key and a value of the wrong type are refused with a sentence."""
    with pytest.raises(Refused, match="编码 A 在同一批里出现两次"):
        records.write(trial, TRIAL, [{"code": "A", "name": "1"}, {"code": "A", "name": "2"}], ACTOR)
    with pytest.raises(Refused, match="没有字段 colour"):
        put(trial, code="A", name="甲", colour="红")
    with pytest.raises(Refused, match="amount"):
        put(trial, code="A", name="甲", amount="很多")


def test_parts_are_written_changed_and_marked(trial: psycopg.Connection) -> None:
    """Nested Parts follow what is written: changed in place, marked as deleted when they are left out."""
    unit = {"label": "罐区", "size": 3, "substances": [{"substance": "氨", "q": Decimal("30")}]}
    put(trial, code="A", name="甲", units=[unit, {"label": "库房", "size": 1}])
    same = put(trial, code="A", units=[unit, {"label": "库房", "size": 1}])
    assert same.unchanged == 1
    unit["substances"] = [{"substance": "氨", "q": Decimal("31")}, {"substance": "氯", "q": None}]
    assert put(trial, code="A", units=[unit]).changed == 1
    assert rows(trial, "SELECT code, size, deleted_at IS NULL FROM part.trials_units ORDER BY position") == [
        ("罐区", 3, True), ("库房", 1, False),
    ]  # fmt: skip
    assert rows(trial, "SELECT code, q FROM part.trials_substances ORDER BY position") == [
        ("氨", Decimal("31")), ("氯", None),
    ]  # fmt: skip
    assert rows(trial, "SELECT part, before, after FROM riskmap.history WHERE part = 'substances'") == [
        ("substances", {"q": 30}, {"q": 31})
    ]


def test_dated_values_are_asked_by_date(trial: psycopg.Connection) -> None:
    """Intervals follow the dates that come with the values; before the first known date nothing is known."""
    put(trial, code="A", name="甲", state="open", state_since=date(2024, 3, 1))
    site = put(trial, code="A", state="closed", state_since=date(2025, 6, 1)).ids[0]
    assert dated.value_at(trial, TRIAL, site, "state", date(2024, 2, 29)) is None
    assert dated.value_at(trial, TRIAL, site, "state", date(2025, 5, 31)) == ("open", date(2024, 3, 1))
    assert dated.value_at(trial, TRIAL, site, "state", date(2025, 6, 1)) == ("closed", date(2025, 6, 1))


def test_a_new_state_without_a_date_holds_from_today(trial: psycopg.Connection) -> None:
    """The first value without a date holds since ever; a changed one begins today."""
    put(trial, code="A", name="甲", state="open")
    site = put(trial, code="A", state="closed").ids[0]
    assert dated.value_at(trial, TRIAL, site, "state", date(1999, 1, 1)) == ("open", None)
    assert rows(trial, "SELECT state_since = (now() AT TIME ZONE 'Asia/Shanghai')::date FROM layer.trials") == [(True,)]


def test_a_corrected_date_supersedes_and_keeps_the_old_interval(trial: psycopg.Connection) -> None:
    """An earlier date replaces the interval; the old row stays, marked."""
    put(trial, code="A", name="甲", state="open", state_since=date(2024, 3, 1))
    site = put(trial, code="A", state="open", state_since=date(2024, 1, 1)).ids[0]
    assert dated.value_at(trial, TRIAL, site, "state", date(2024, 2, 1)) == ("open", date(2024, 1, 1))
    assert rows(trial, "SELECT count(*), count(superseded_at) FROM riskmap.dated_value") == [(2, 1)]


def test_withdrawn_state_ends_its_interval(trial: psycopg.Connection) -> None:
    """A withdrawn value was true until now and is unknown from tomorrow on."""
    put(trial, code="A", name="甲", state="open", state_since=date(2024, 3, 1))
    site = put(trial, code="A", state=None).ids[0]
    assert dated.value_at(trial, TRIAL, site, "state", date(2024, 4, 1)) == ("open", date(2024, 3, 1))
    assert dated.value_at(trial, TRIAL, site, "state", date(2999, 1, 1)) is None


TOWNSHIPS = (
    {"code": "990001101000", "name": "城关镇", "geom": box(105, 35, 106, 36)},
    {"code": "990001102000", "name": "青溪镇", "geom": box(106, 35, 107, 36)},
)


def test_township_by_position_and_its_disagreement(trial: psycopg.Connection) -> None:
    """The position decides; an address that names another township gets a sentence."""
    records.write(trial, layers.ALL["townships"], TOWNSHIPS, ACTOR)
    put(trial, code="A", name="甲", geom=Point(105.5, 35.5), address="示例县青溪镇某村")
    put(trial, code="B", name="乙", geom=Point(109, 35), address="示例县青溪镇")
    put(trial, code="C", name="丙", address="示例县青溪镇")
    assert rows(trial, "SELECT code, township_code, township_note FROM layer.trials ORDER BY code") == [
        ("A", "990001101000", "地址写“青溪镇”，坐标在“城关镇”"), ("B", None, "地址写“青溪镇”，坐标在“各乡镇之外”"),
        ("C", None, None),
    ]  # fmt: skip


def test_new_townships_place_everything_anew(trial: psycopg.Connection) -> None:
    """Records that came before the townships get theirs when the townships come."""
    records.write(trial, layers.ALL["mines"], [{"code": "K", "name": "矿", "geom": Point(106.5, 35.5)}], ACTOR)
    records.write(trial, layers.ALL["townships"], TOWNSHIPS, ACTOR)
    assert rows(trial, "SELECT township_code FROM layer.mines") == [("990001102000",)]


def test_deleting_is_marking(trial: psycopg.Connection) -> None:
    """A marked record stays, comes back when it is written again, and its row cannot be removed."""
    ids = put(trial, code="A", name="甲").ids
    assert records.mark_deleted(trial, TRIAL, ids, ACTOR) == 1
    assert put(trial, code="A", name="甲").changed == 1
    assert rows(trial, "SELECT action FROM riskmap.history ORDER BY id") == [("delete",), ("restore",)]
    with pytest.raises(psycopg.errors.RestrictViolation):
        trial.execute("DELETE FROM layer.trials")


def test_every_write_raises_the_version(trial: psycopg.Connection) -> None:
    """A write that changes something raises the map's version; one that changes nothing does not."""
    put(trial, code="A", name="甲")
    before = version.map_version(trial)
    put(trial, code="A", name="甲")
    assert version.map_version(trial) == before
    put(trial, code="A", name="甲乙")
    assert version.map_version(trial) == before + 1


def test_boundary_and_history_by_role(trial: psycopg.Connection) -> None:
    """A polygon beside the point is kept as MultiPolygon."""
    put(trial, code="A", name="甲", fence=box(105, 35, 105.01, 35.01))
    assert rows(trial, "SELECT GeometryType(fence), ST_SRID(fence) FROM layer.trials") == [("MULTIPOLYGON", 4326)]
