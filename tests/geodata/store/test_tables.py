"""Reconciling tables with declarations: additions happen by themselves, losses are refused with a sentence."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest

import layers
from geodata.errors import Refused
from geodata.store import records, tables
from layers._vocabulary import Field, Kind, Layer
from tests.geodata.store.trial import TRIAL


@pytest.fixture
def filled(connection: psycopg.Connection) -> psycopg.Connection:
    """The trial layer with one record."""
    reconcile(connection, TRIAL)
    records.write(connection, TRIAL, [{"code": "A", "name": "甲", "amount": "1.5"}], "示例值班员")
    return connection


def reconcile(connection: psycopg.Connection, *more: Layer) -> None:
    """Reconcile all layers and some more."""
    tables.reconcile(connection, {**layers.ALL, **{layer.name: layer for layer in more}})


def test_a_new_field_keeps_the_data(filled: psycopg.Connection) -> None:
    """A field added to a filled layer is there, blank, and the record keeps what it had."""
    reconcile(filled, replace(TRIAL, fields=(*TRIAL.fields, Field("note", "备注", "Note"))))
    assert filled.execute("SELECT amount::text, note FROM layer.trials").fetchall() == [("1.5", None)]


def test_a_dropped_field_is_refused_and_then_declared(filled: psycopg.Connection) -> None:
    """Without `dropped` the start refuses and names the field; with it the column stays in the database."""
    fewer = replace(TRIAL, fields=TRIAL.fields[1:])
    with pytest.raises(Refused, match=r"layers/trials\.py：库里有字段 amount"):
        reconcile(filled, fewer)
    filled.execute("RESET ROLE")
    reconcile(filled, replace(fewer, dropped=("amount",)))
    assert filled.execute("SELECT amount::text FROM layer.trials").fetchall() == [("1.5",)]


def test_a_renamed_field_keeps_its_values(filled: psycopg.Connection) -> None:
    """`former` names the old column; its values come along."""
    renamed = replace(
        TRIAL, fields=(Field("quantity", "数量", "Quantity", Kind.DECIMAL), *TRIAL.fields[1:]),
        former={"quantity": "amount"},
    )  # fmt: skip
    reconcile(filled, renamed)
    assert filled.execute("SELECT quantity::text FROM layer.trials").fetchall() == [("1.5",)]


def test_a_retyped_field_is_refused(filled: psycopg.Connection) -> None:
    """Another type under the same name is refused with both types named."""
    retyped = replace(TRIAL, fields=(Field("amount", "数量", "Amount", Kind.TEXT), *TRIAL.fields[1:]))
    with pytest.raises(Refused, match="amount 声明为 text，库里是 numeric"):
        reconcile(filled, retyped)


def test_a_layer_that_lost_its_file_is_refused(filled: psycopg.Connection) -> None:
    """Records of a layer that no file declares would vanish from the map: the start says so."""
    with pytest.raises(Refused, match="图层 trials 有 1 条记录，但没有文件声明它"):
        reconcile(filled)


def test_reconciling_twice_changes_nothing(filled: psycopg.Connection) -> None:
    """The second start finds everything in order."""
    count = "SELECT count(*) FROM information_schema.columns WHERE table_schema IN ('layer', 'part')"
    before = filled.execute(count).fetchone()
    reconcile(filled, TRIAL)
    assert filled.execute(count).fetchone() == before
