"""行业: the editable table riskmap.sector, seeded once from the declaration."""

from __future__ import annotations

from dataclasses import astuple

import psycopg

from layers._sectors import SECTORS
from layers._vocabulary import Layer

SEED = """
INSERT INTO riskmap.sector (code, title, title_en, department, class_rule) VALUES (%s, %s, %s, %s, %s)
"""


def seed(connection: psycopg.Connection) -> None:
    """Fill the table where it is empty; what the bureau changed or removed is never brought back."""
    if connection.execute("SELECT EXISTS (SELECT FROM riskmap.sector)").fetchone() == (False,):
        with connection.cursor() as cursor:
            cursor.executemany(SEED, [astuple(sector) for sector in SECTORS])


def titles(connection: psycopg.Connection) -> dict[str, tuple[str, str]]:
    """Chinese and English title of each sector by its code, in the table's order."""
    rows = connection.execute("SELECT code, title, title_en FROM riskmap.sector ORDER BY position")
    return {code: (title, title_en) for code, title, title_en in rows}


def spellings(connection: psycopg.Connection, layer: Layer) -> dict[str, dict[str, str]]:
    """For each field of `layer` that holds a sector: title, English title or alias as written, lower case → code."""
    fields = [field.name for field in layer.fields if field.check == "sector"]
    if not fields:
        return {}
    rows = connection.execute(
        "SELECT lower(w), code FROM riskmap.sector CROSS JOIN LATERAL unnest(ARRAY[title, title_en] || aliases) AS w"
    )
    known: dict[str, str] = dict(rows.fetchall())
    return {field: known for field in fields}
