"""Grades: one set-based statement a layer, from facts to level, with every reason, joined with the grade before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
from psycopg.sql import SQL, Composable, Composed, Identifier

from geodata.risk import computed, facts, rules, wording
from geodata.risk.facts import Scope
from geodata.risk.statement import Parameters
from geodata.store.version import raise_map
from geodata.tiles import cells
from layers import ALL
from layers._risk import Computed, Escalation, Factor, Risk
from layers._vocabulary import Layer

#: Layers whose grades read another layer: villages are the people outside of a chemical site.
READERS = {"villages": ("chemical_sites",)}

#: A value that is withdrawn or gone stale keeps its last level, dated, until a new one comes; a level from a lower
#: bound is never 蓝 and never better than the level before. Rows that give precedence to a fresh one are left out.
GRADED = SQL("""
WITH {computed_facts}
fact AS (
{selects}
),
rule AS (SELECT * FROM unnest({names}, {units}, {sources}, {editable}, {steps}, {limits}, {after_names})
             AS r (factor, unit, source, editable, step, at_most, after)),
former AS (
    SELECT g.site_id, g.graded_at, p.*
      FROM riskmap.grade AS g
     CROSS JOIN LATERAL jsonb_to_recordset(g.factors)
           AS p (factor text, value text, number numeric, level smallint, threshold text, source text, as_of text,
                note text)
     WHERE g.layer = {layer} AND {among_grades}),
known AS (
    SELECT f.*, f.present AND NOT (f.bound AND coalesce(f.level, 4) = 4) AS usable,
           p.level AS former_level, p.number AS former_number, p.value AS former_value,
           p.threshold AS former_threshold, p.source AS former_source, p.note AS former_note,
           coalesce(p.as_of, to_char(p.graded_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')) AS former_as_of
      FROM fact AS f LEFT JOIN former AS p ON p.site_id = f.site_id AND p.factor = f.factor),
stated AS MATERIALIZED (
    SELECT k.site_id, k.factor, k.ord, r.unit, r.source, r.editable, r.step, r.at_most, r.after,
           CASE WHEN k.usable AND NOT (k.bound AND coalesce(k.former_level < k.level, false))
                THEN CASE WHEN k.stale THEN 'stale' ELSE 'known' END
                WHEN k.former_level IS NOT NULL OR r.step IS NOT NULL AND k.former_number > 0 THEN 'withdrawn'
                WHEN k.silent THEN NULL ELSE 'unknown' END AS state,
           k.level, k.number, k.value, k.threshold, k.as_of, k.note, k.bound,
           k.former_level, k.former_number, k.former_value, k.former_threshold, k.former_source, k.former_as_of,
           k.former_note
      FROM known AS k JOIN rule AS r USING (factor)),
reason AS (
    SELECT s.site_id, s.factor, s.ord, s.unit, s.editable, s.step, s.at_most, s.state,
           CASE s.state WHEN 'withdrawn' THEN s.former_source ELSE s.source END AS source,
           CASE s.state WHEN 'withdrawn' THEN s.former_level WHEN 'unknown' THEN NULL ELSE s.level END AS level,
           CASE s.state WHEN 'withdrawn' THEN s.former_number WHEN 'unknown' THEN NULL ELSE s.number END AS number,
           CASE s.state WHEN 'withdrawn' THEN s.former_value WHEN 'unknown' THEN NULL
                ELSE CASE WHEN s.bound THEN '至少 ' ELSE '' END || s.value END AS value,
           CASE WHEN s.state = 'withdrawn' THEN s.former_threshold WHEN s.state = 'unknown' AND s.bound THEN NULL
                ELSE s.threshold END AS threshold,
           CASE s.state WHEN 'withdrawn' THEN s.former_as_of ELSE s.as_of END AS as_of,
           CASE s.state WHEN 'withdrawn' THEN coalesce(s.note, s.former_note) ELSE s.note END AS note
      FROM stated AS s
     WHERE s.state IS NOT NULL {give_way}),
site AS (
    SELECT site_id, min(level) FILTER (WHERE step IS NULL) AS level_0{flags} FROM reason GROUP BY site_id),
{raising}
final AS (
    SELECT s.site_id, s.level_{last} AS level,
           jsonb_agg(jsonb_build_object(
               'factor', r.factor, 'value', r.value, 'number', r.number, 'unit', r.unit,
               'level', CASE WHEN r.step IS NULL THEN r.level {raised_levels} END,
               'threshold', r.threshold, 'source', r.source, 'state', r.state, 'as_of', r.as_of, 'note', r.note,
               'editable', r.editable)
               ORDER BY r.state = 'unknown', CASE WHEN r.step IS NULL THEN r.level {raised_levels} END NULLS LAST, r.ord
           ) AS factors,
           count(*) FILTER (WHERE r.state = 'known') AS known, count(*) AS total
      FROM site_{last} AS s JOIN reason AS r USING (site_id) GROUP BY s.site_id, s.level_{last}{kept})
""")

#: Where a rule names factors that take precedence: a row is left out while one of them has a fresh value.
GIVE_WAY = SQL("""
       AND NOT EXISTS (SELECT FROM stated AS o WHERE o.site_id = s.site_id AND o.state = 'known'
                          AND o.factor = ANY(string_to_array(s.after, ',')))""")

#: One escalation: a site at `before` rises by a step, never above the limit.
RAISE = SQL("""site_{after} AS (
    SELECT *, CASE WHEN raised_{after} AND level_{before} > {at_most}
                   THEN greatest(level_{before} - {step}, {at_most}) ELSE level_{before} END AS level_{after}
      FROM site_{before}),
""")

SAVE = SQL(""",
old AS (SELECT site_id, level, factors, edition, level_since, previous_level FROM riskmap.grade
         WHERE layer = {layer} AND {among_grades}),
changed AS (
    SELECT n.*, o.site_id IS NOT NULL AS graded_before, o.level AS old_level, o.factors AS old_factors,
           (o.level, o.factors) IS DISTINCT FROM (n.level, n.factors) AS differs,
           CASE WHEN o.site_id IS NOT NULL AND o.level IS NOT DISTINCT FROM n.level THEN o.level_since ELSE {now} END
               AS level_since,
           CASE WHEN o.level IS NOT DISTINCT FROM n.level THEN o.previous_level ELSE o.level END AS previous_level
      FROM final AS n LEFT JOIN old AS o USING (site_id)
     WHERE o.site_id IS NULL OR (o.level, o.factors, o.edition) IS DISTINCT FROM (n.level, n.factors, {edition})),
saved AS (
    INSERT INTO riskmap.grade AS g
           (layer, site_id, level, factors, known, total, edition, graded_at, level_since, previous_level)
    SELECT {layer}, site_id, level, factors, known, total, {edition}, {now}, level_since, previous_level FROM changed
        ON CONFLICT (layer, site_id) DO UPDATE
       SET level = excluded.level, factors = excluded.factors, known = excluded.known, total = excluded.total,
           edition = excluded.edition, graded_at = excluded.graded_at, level_since = excluded.level_since,
           previous_level = excluded.previous_level),
kept AS (
    INSERT INTO riskmap.history (layer, record_id, at, actor, action, before, after)
    SELECT {layer}, site_id, {now}, coalesce(nullif(current_setting('riskmap.actor', true), ''), '系统'), 'grade',
           jsonb_build_object('level', old_level, 'factors', old_factors),
           jsonb_build_object('level', level, 'factors', factors)
      FROM changed WHERE graded_before AND differs),
shown AS (
    UPDATE layer.{table} AS t SET level = n.level FROM final AS n
     WHERE t.id = n.site_id AND t.level IS DISTINCT FROM n.level RETURNING t.id)
SELECT (SELECT count(*) FROM final), (SELECT count(*) FROM changed WHERE differs), (SELECT array_agg(id) FROM shown)
""")

#: Up to so many records the reasons may be joined row by row.
FEW = 20

GRADED_AT = """
INSERT INTO riskmap.setting (name, value) VALUES ('graded_at', to_jsonb(%s::text))
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


@dataclass(frozen=True, slots=True)
class Regraded:
    """What a regrade did: sites looked at, grades whose level or reasons changed, ids whose level changed."""

    sites: int
    changed: int
    moved: tuple[int, ...]


def regrade(
    connection: psycopg.Connection, layer: Layer | str, ids: Sequence[int] | None = None, now: datetime | None = None
) -> Regraded:
    """Grade all records of `layer`, or those with `ids`, in the caller's transaction; also the layers that read it.

    Writes riskmap.grade, the layer's level, the history of changes, cells of the pyramid and the map's version.
    `now` is the moment by which permits are overdue and values stale. A layer without a rule has no grades.
    """
    declared = ALL[layer] if isinstance(layer, str) else layer
    moment = now or datetime.now(UTC)
    done = Regraded(0, 0, ())
    if declared.risk is not None and (ids is None or ids):
        done = _grade(connection, declared, ids, moment)
    if ids is None or ids:
        cells.refresh(connection, declared, list(ids) if ids is not None else None)
    for reader in READERS.get(declared.name, ()):
        regrade(connection, reader, None, moment)
    if done.changed:
        raise_map(connection)
    return done


def _grade(connection: psycopg.Connection, layer: Layer, ids: Sequence[int] | None, now: datetime) -> Regraded:
    rule = rules.in_force(connection, layer)
    scope = Scope(layer, now, None if ids is None else list(ids), Parameters())
    add = scope.parameters.add
    statement = graded(scope, rule) + SAVE.format(
        layer=add(layer.name, "text"), among_grades=_among(scope, "site_id"), now=add(now, "timestamptz"),
        edition=add(rule.edition, "text"), table=Identifier(layer.name),
    )  # fmt: skip
    row = run(connection, statement, scope).fetchone()
    assert row is not None  # a SELECT of three counts has one row
    connection.execute(GRADED_AT, (now.isoformat(),))
    return Regraded(row[0], row[1], tuple(row[2] or ()))


def run(connection: psycopg.Connection, statement: Composed, scope: Scope) -> psycopg.Cursor:
    """Run a statement that begins with graded(), with the planner's choices that it needs.

    Compiling it costs more than running it for one record (0.2 s against 10 ms), and the planner takes the reasons of
    a whole layer for a few rows: joined row by row they would take for ever.
    """
    connection.execute("SET LOCAL jit = off")
    if scope.ids is not None and len(scope.ids) <= FEW:
        return connection.execute(statement, scope.parameters.values)
    connection.execute("SET LOCAL enable_nestloop = off")
    cursor = connection.execute(statement, scope.parameters.values)
    connection.execute("SET LOCAL enable_nestloop = on")
    return cursor


def graded(scope: Scope, rule: rules.InForce) -> Composed:
    """The WITH list that ends in `final`: site_id, level, factors, known, total of every site of the scope."""
    add, risk = scope.parameters.add, rule.risk
    every = risk.rules()
    needed = dict.fromkeys(r.fact.name for r in every if isinstance(r.fact, Computed))
    names = {name: Identifier(f"computed_{name}") for name in needed}
    scope = Scope(scope.layer, scope.now, scope.ids, scope.parameters, names)
    selects = [facts.select(scope, one, place) for place, one in enumerate(every)]
    return GRADED.format(
        computed_facts=SQL("").join(
            SQL("{} AS MATERIALIZED ({}),\n").format(names[name], computed.query(name, scope, rule)) for name in needed
        ),
        selects=SQL(" UNION ALL ").join(selects),
        names=add([r.name for r in every], "text[]"), units=add([_unit(r) for r in every], "text[]"),
        sources=add([wording.source_words(r.source) for r in every], "text[]"),
        editable=add([r.source.editable for r in every], "boolean[]"),
        steps=add([r.by if isinstance(r, Escalation) else None for r in every], "smallint[]"),
        limits=add([r.at_most if isinstance(r, Escalation) else None for r in every], "smallint[]"),
        after_names=add([",".join(r.after) if isinstance(r, Factor) else None for r in every], "text[]"),
        layer=add(scope.layer.name, "text"), among_grades=_among(scope, "site_id"), **_raising(scope, risk),
        give_way=GIVE_WAY if any(factor.after for factor in risk.factors) else SQL(""),
    )  # fmt: skip


def _raising(scope: Scope, risk: Risk) -> dict[str, Composable]:
    """The escalations one after the other: level_0 is the worst factor's, level_n that after the n-th escalation."""
    add = scope.parameters.add
    flags: list[Composable] = []
    steps: list[Composable] = [SQL("site_0 AS (SELECT * FROM site),\n")]
    raised: list[Composable] = []
    kept: list[Composable] = []
    for place, escalation in enumerate(risk.escalations, 1):
        before, after = SQL(str(place - 1)), SQL(str(place))
        flags.append(SQL(", coalesce(bool_or(number > 0) FILTER (WHERE factor = {}), false) AS raised_{}").format(
            add(escalation.name, "text"), after))  # fmt: skip
        steps.append(RAISE.format(
            before=before, after=after, at_most=add(escalation.at_most, "smallint"), step=add(escalation.by, "smallint")
        ))  # fmt: skip
        raised.append(SQL("WHEN r.factor = {} AND s.level_{} < s.level_{} THEN s.level_{}").format(
            add(escalation.name, "text"), after, before, after))  # fmt: skip
        kept.append(SQL(", s.level_{}").format(before))
    last = SQL(str(len(risk.escalations)))
    return {
        "flags": SQL("").join(flags), "raising": SQL("").join(steps), "raised_levels": SQL(" ").join(raised),
        "kept": SQL("").join(kept), "last": last,
    }  # fmt: skip


def _unit(rule: Factor | Escalation) -> str:
    return rule.unit if isinstance(rule, Factor) else ""


def _among(scope: Scope, column: str) -> Composable:
    if scope.ids is None:
        return SQL("true")
    return SQL("{} = ANY({})").format(Identifier(column), scope.parameters.add(scope.ids, "bigint[]"))
