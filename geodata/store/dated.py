"""Dated values: state, class and the like are kept as intervals and asked by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import psycopg
from psycopg.sql import SQL, Identifier

from geodata.store.tables import layer_table
from layers._vocabulary import Layer

#: Sites whose present value or its date is not what the open interval says. `{value}`, `{since}`: the columns.
NEWS = SQL("""
INSERT INTO news SELECT l.id, l.{value}::text, l.{since}
  FROM {table} AS l
  LEFT JOIN riskmap.dated_value AS d
    ON d.layer = %(layer)s AND d.site_id = l.id AND d.field = %(field)s
   AND d.superseded_at IS NULL AND upper_inf(d.valid)
 WHERE l.id = ANY(%(ids)s)
   AND (l.{value}::text IS DISTINCT FROM d.value OR l.{since} IS DISTINCT FROM lower(d.valid))
   AND NOT (l.{value} IS NULL AND d.id IS NULL)
""")

#: Intervals that begin with or after the news are superseded (kept, but no longer asked).
SUPERSEDE = """
UPDATE riskmap.dated_value AS d SET superseded_at = now() FROM news AS n
 WHERE d.layer = %(layer)s AND d.site_id = n.site_id AND d.field = %(field)s AND d.superseded_at IS NULL
   AND coalesce(lower(d.valid), '-infinity') >= coalesce(n.since, '-infinity')
   AND NOT (n.value IS NULL)
"""

#: The interval in which the news begins ends there; a withdrawn value's interval ends today.
CLOSE = """
UPDATE riskmap.dated_value AS d
   SET valid = daterange(lower(d.valid), greatest(lower(d.valid) + 1, coalesce(n.since, %(today)s)))
  FROM news AS n
 WHERE d.layer = %(layer)s AND d.site_id = n.site_id AND d.field = %(field)s AND d.superseded_at IS NULL
   AND (upper_inf(d.valid) OR upper(d.valid) > coalesce(n.since, %(today)s))
"""

OPEN = """
INSERT INTO riskmap.dated_value (layer, site_id, field, value, valid, actor)
SELECT %(layer)s, site_id, %(field)s, value, daterange(since, NULL), %(actor)s FROM news WHERE value IS NOT NULL
"""

AT = """
SELECT value, lower(valid) FROM riskmap.dated_value
 WHERE layer = %s AND site_id = %s AND field = %s AND superseded_at IS NULL AND valid @> %s::date
"""


def keep(
    connection: psycopg.Connection, layer: Layer, keys: Sequence[str], ids: Sequence[int], actor: str
) -> None:
    """Bring the intervals of the written dated fields up to date for records `ids`.

    A value without a date that is the first of its kind holds since ever ("since unknown").
    """
    for field in layer.fields:
        if not (field.dated and field.name in keys and ids):
            continue
        values: dict[str, object] = {
            "layer": layer.name, "field": field.name, "ids": list(ids), "actor": actor, "today": _today(connection),
        }  # fmt: skip
        columns = {"value": Identifier(field.name), "since": Identifier(f"{field.name}_since")}
        connection.execute("DROP TABLE IF EXISTS pg_temp.news")
        connection.execute("CREATE TEMPORARY TABLE news (site_id bigint, value text, since date) ON COMMIT DROP")
        connection.execute(NEWS.format(table=layer_table(layer), **columns), values)
        for statement in (SUPERSEDE, CLOSE, OPEN):
            connection.execute(statement, values)


def value_at(
    connection: psycopg.Connection, layer: Layer, site_id: int, field: str, on: date
) -> tuple[str, date | None] | None:
    """The value that `field` had on a day and since when (None: since unknown); None where nothing is known."""
    row = connection.execute(AT, (layer.name, site_id, field, on)).fetchone()
    return (str(row[0]), row[1]) if row else None


def _today(connection: psycopg.Connection) -> date:
    row = connection.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date").fetchone()
    assert row is not None and isinstance(row[0], date)
    return row[0]
