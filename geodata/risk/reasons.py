"""Reading grades: counts by level, and why a site has its level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from geodata.errors import NotFound
from layers._vocabulary import Layer

COUNTS = SQL("SELECT level, count(*) FROM layer.{table} WHERE deleted_at IS NULL GROUP BY level")

WHY = SQL("""
SELECT t.code, t.name, g.level, g.factors, g.known, g.total, g.edition, g.graded_at, g.level_since, g.previous_level
  FROM layer.{table} AS t JOIN riskmap.grade AS g ON g.layer = %s AND g.site_id = t.id
 WHERE t.code = %s AND t.deleted_at IS NULL
""")


@dataclass(frozen=True, slots=True)
class Grade:
    """A site's grade: `factors` as in riskmap.grade, worst first and unknown last."""

    code: str
    name: str
    level: int | None
    factors: list[dict[str, Any]]
    known: int
    total: int
    edition: str
    graded_at: datetime
    level_since: datetime
    previous_level: int | None


def counts(connection: psycopg.Connection, layer: Layer) -> dict[int | None, int]:
    """Records of a layer by level, None the unknown ones."""
    return dict(connection.execute(COUNTS.format(table=Identifier(layer.name))).fetchall())


def why(connection: psycopg.Connection, layer: Layer, code: str) -> Grade:
    """The grade of the site with business code `code`. Raises NotFound where there is none."""
    row = connection.execute(WHY.format(table=Identifier(layer.name)), (layer.name, code)).fetchone()
    if row is None:
        raise NotFound(f"图层 {layer.name} 没有编码 {code} 的评级", "--why", f"先运行 ./riskmap grade {layer.name}")
    return Grade(*row)


def titles(layer: Layer) -> dict[str, str]:
    """The shown title of each factor and escalation."""
    return {rule.name: rule.title for rule in layer.risk.rules()} if layer.risk else {}
