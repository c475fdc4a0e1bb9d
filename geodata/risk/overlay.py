"""Overlay by township: worst level, counts by level, index Σ w ÷ known with w = 8, 4, 2, 1; unknown counted apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier

from layers import ALL

#: Weights of 红 橙 黄 蓝 in the index.
WEIGHTS = {1: 8, 2: 4, 3: 2, 4: 1}

TOWNSHIPS = SQL("""
SELECT t.code, t.name, min(s.level) FILTER (WHERE s.confirmed) AS worst,
       count(*) FILTER (WHERE s.confirmed AND s.level = 1) AS n1,
       count(*) FILTER (WHERE s.confirmed AND s.level = 2) AS n2,
       count(*) FILTER (WHERE s.confirmed AND s.level = 3) AS n3,
       count(*) FILTER (WHERE s.confirmed AND s.level = 4) AS n4,
       count(*) FILTER (WHERE s.confirmed AND s.level IS NULL) AS n_unknown,
       count(*) FILTER (WHERE NOT s.confirmed) AS candidates,
       ST_X(ST_PointOnSurface(t.geom)) AS lon, ST_Y(ST_PointOnSurface(t.geom)) AS lat
  FROM layer.townships AS t LEFT JOIN ({sites}) AS s ON s.township_code = t.code
 WHERE t.deleted_at IS NULL GROUP BY t.id ORDER BY t.code
""")


@dataclass(frozen=True, slots=True)
class Township:
    """Counts of one township's graded sites; lon, lat is a point inside it, None where its area is not known.

    `candidates` are sites that nobody has confirmed yet: counted apart, in no level and not in the index.
    """

    code: str
    name: str
    worst: int | None
    n1: int
    n2: int
    n3: int
    n4: int
    n_unknown: int
    candidates: int
    lon: float | None
    lat: float | None

    @property
    def known(self) -> int:
        """Sites whose level is known."""
        return self.n1 + self.n2 + self.n3 + self.n4

    @property
    def total(self) -> int:
        """All graded sites, the unknown ones included."""
        return self.known + self.n_unknown

    @property
    def index(self) -> Decimal | None:
        """Index to two places; None where no site is known: nothing known is not 0."""
        return index((self.n1, self.n2, self.n3, self.n4))

    def as_json(self) -> dict[str, Any]:
        """The township as /api/summary tells it."""
        levels = {"1": self.n1, "2": self.n2, "3": self.n3, "4": self.n4, "unknown": self.n_unknown}
        return {
            "code": self.code, "name": self.name, "worst": self.worst, "levels": levels,
            "index": None if self.index is None else float(self.index), "known": self.known, "total": self.total,
            "candidates": self.candidates, "lon": self.lon, "lat": self.lat,
        }  # fmt: skip


def index(counts: Iterable[int]) -> Decimal | None:
    """Σ w(level) ÷ n known of the counts of levels 1 to 4, to two places; None where nothing is known."""
    by_level = dict(zip(WEIGHTS, counts, strict=True))
    known = sum(by_level.values())
    if known == 0:
        return None
    weighted = sum(WEIGHTS[level] * count for level, count in by_level.items())
    return (Decimal(weighted) / known).quantize(Decimal("0.01"))


def townships(connection: psycopg.Connection, names: Iterable[str] | None = None) -> list[Township]:
    """Every township with the counts of its graded sites, of all graded layers or of those in `names`."""
    graded = [layer for layer in ALL.values() if layer.risk and (names is None or layer.name in set(names))]
    sites = SQL(" UNION ALL ").join(
        SQL("SELECT township_code, level, confirmed FROM layer.{} WHERE deleted_at IS NULL").format(
            Identifier(layer.name)
        )
        for layer in graded
    ) if graded else SQL("SELECT NULL::text AS township_code, NULL::smallint AS level, false AS confirmed WHERE false")
    with connection.cursor(row_factory=class_row(Township)) as cursor:
        return cursor.execute(TOWNSHIPS.format(sites=sites)).fetchall()
