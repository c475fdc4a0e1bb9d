"""Before a rule is saved: how many sites would change their level, which, and what becomes of the edges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
from psycopg.sql import SQL, Identifier

from geodata.risk import judging, rules
from geodata.risk.facts import Scope
from geodata.risk.grading import graded, run
from geodata.risk.statement import Parameters
from layers._risk import Bands
from layers._vocabulary import Layer

MOVED = SQL("""
SELECT t.code, t.name, t.level AS before, n.level AS after
  FROM final AS n JOIN layer.{table} AS t ON t.id = n.site_id
 WHERE t.level IS DISTINCT FROM n.level ORDER BY n.level NULLS LAST, t.code
""")


@dataclass(frozen=True, slots=True)
class Moved:
    """A site whose level a rule would change."""

    code: str
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A value on an edge of the old or the new rule, and its level by each."""

    value: Decimal
    before: int | None
    after: int | None


def moved(
    connection: psycopg.Connection, layer: Layer, trial: rules.Override, now: datetime | None = None
) -> list[Moved]:
    """Sites whose level differs from the shown one when `trial` is in force; nothing is written."""
    rule = rules.in_force(connection, layer, trial)
    scope = Scope(layer, now or datetime.now(UTC), None, Parameters())
    statement = graded(scope, rule) + MOVED.format(table=Identifier(layer.name))
    return [Moved(*row) for row in run(connection, statement, scope)]


def edges(connection: psycopg.Connection, layer: Layer, trial: rules.Override) -> list[Edge]:
    """The old and new edges of a factor with bands, each judged by both rules; empty for other tests."""
    old = {f.name: f for f in rules.in_force(connection, layer).risk.factors}.get(trial.factor)
    new = {f.name: f for f in rules.in_force(connection, layer, trial).risk.factors}.get(trial.factor)
    if old is None or new is None or not isinstance(old.test, Bands) or not isinstance(new.test, Bands):
        return []
    values = sorted({*old.test.edges, *new.test.edges})
    return [Edge(value, judging.level_of(old, value), judging.level_of(new, value)) for value in values]
