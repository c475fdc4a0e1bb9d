"""Facts by SQL: one SELECT a factor, in the long form that grading joins with the previous grade.

Every SELECT answers these columns: site_id, factor, ord, level (by the test, NULL where it says nothing), present
(there is a value that the test knows), stale, bound (the value is a lower bound only), number, value and threshold
(as shown), as_of, note, silent (leave the row out unless a former level is to be kept).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from psycopg.sql import SQL, Composable, Identifier

from geodata.risk import wording
from geodata.risk.statement import Parameters
from layers._risk import Bands, Classes, Column, Computed, Escalation, Factor, Overdue, Ratio
from layers._vocabulary import Field, Kind, Layer

SHANGHAI = ZoneInfo("Asia/Shanghai")

#: The fact `v` and its bucket `b` of each site `t`; the pieces are filled in by the kind of fact and of test.
SELECT = SQL("""
SELECT t.id AS site_id, {factor} AS factor, {ord} AS ord, {level} AS level,
       coalesce({present}, false) AND NOT {unmet} AS present, coalesce({stale}, false) AS stale,
       coalesce(v.bound, false) AS bound,
       v.number, {value} AS value, {threshold} AS threshold, {as_of} AS as_of,
       nullif(concat_ws('；', {note}, v.note), '') AS note, {silent} AS silent
  FROM layer.{table} AS t {join}
 CROSS JOIN LATERAL (SELECT {judged} AS judged, {number} AS number, {class} AS class, {bound} AS bound,
                            {shown} AS shown, {own_threshold} AS threshold, {own_note} AS note) AS v
 CROSS JOIN LATERAL (SELECT {bucket} AS n) AS b
 WHERE t.deleted_at IS NULL AND {among} AND {applies}
""")

DAY = SQL("to_char({}, 'YYYY-MM-DD')")
MOMENT = SQL("to_char({} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')")


@dataclass(frozen=True)
class Scope:
    """What a statement is about: the layer, the moment, all records or some, parameters, computed facts' names."""

    layer: Layer
    now: datetime
    ids: list[int] | None
    parameters: Parameters
    computed: Mapping[str, Composable] = field(default_factory=dict)

    def column(self, name: str) -> Composable:
        """A column of the layer's table."""
        return SQL("t.{}").format(Identifier(name))

    def kind(self, name: str) -> Field:
        """The declared field of a column."""
        return self.layer.field(name)


def select(scope: Scope, rule: Factor | Escalation, place: int) -> Composable:
    """The SELECT of one factor or escalation, `place` being its position in the declaration."""
    parts = _nothing(scope)
    parts |= _fact(scope, rule)
    parts |= _escalated(scope, rule) if isinstance(rule, Escalation) else _tested(scope, rule)
    parts |= _condition(scope, rule)
    among = SQL("true") if scope.ids is None else SQL("t.id = ANY({})").format(
        scope.parameters.add(scope.ids, "bigint[]"))  # fmt: skip
    return SELECT.format(
        **parts, among=among, table=Identifier(scope.layer.name),
        factor=scope.parameters.add(rule.name, "text"), ord=scope.parameters.add(place, "integer"),
    )  # fmt: skip


def _nothing(scope: Scope) -> dict[str, Composable]:
    """Pieces of a fact that has nothing special."""
    empty = SQL("NULL::text")
    return {
        "join": SQL(""), "judged": SQL("NULL::numeric"), "number": SQL("NULL::numeric"), "class": empty,
        "bound": SQL("false"), "shown": empty, "own_threshold": empty, "own_note": empty, "as_of": empty,
        "stale": SQL("false"), "silent": SQL("false"), "unmet": SQL("false"), "applies": SQL("true"), "note": empty,
        "threshold": empty,
        "level": SQL("NULL::smallint"), "bucket": SQL("NULL::integer"), "value": SQL("v.shown"),
        "present": SQL("false"),
    }  # fmt: skip


def _fact(scope: Scope, rule: Factor | Escalation) -> dict[str, Composable]:
    fact = rule.fact
    if isinstance(fact, Column):
        return _column(scope, fact)
    if isinstance(fact, Ratio):
        return _ratio(scope, fact)
    if isinstance(fact, Overdue):
        return _overdue(scope, fact)
    assert isinstance(fact, Computed)  # the union has no other member
    computed = SQL("LEFT JOIN {} AS c ON c.site_id = t.id").format(scope.computed[fact.name])
    return {
        "join": computed, "judged": SQL("c.judged"), "number": SQL("c.number"), "class": SQL("c.class"),
        "bound": SQL("c.bound"), "shown": SQL("c.value"), "own_threshold": SQL("c.threshold"),
        "own_note": SQL("c.note"), "as_of": SQL("c.as_of"),
    }  # fmt: skip


def _overdue(scope: Scope, fact: Overdue) -> dict[str, Composable]:
    day = scope.column(fact.name)
    today = scope.parameters.add(scope.now.astimezone(SHANGHAI).date(), "date")
    overdue = SQL("({} < {})::integer::numeric").format(day, today)
    parts: dict[str, Composable] = {"judged": overdue, "number": overdue, "shown": DAY.format(day)}
    if fact.settled_by:
        count = scope.column(fact.settled_by)
        parts["applies"] = SQL("({} IS NOT NULL OR {} IS DISTINCT FROM 0)").format(day, count)
    return parts


def _column(scope: Scope, fact: Column) -> dict[str, Composable]:
    column, kind = scope.column(fact.name), scope.kind(fact.name).kind
    parts: dict[str, Composable] = {}
    if kind is Kind.CHOICE:
        parts["class"] = column
    elif kind is Kind.FLAG:
        parts["judged"] = parts["number"] = SQL("{}::integer::numeric").format(column)
        parts["shown"] = SQL("CASE {} WHEN true THEN '是' WHEN false THEN '否' END").format(column)
    else:  # NaN is no measurement
        parts["judged"] = parts["number"] = SQL("nullif({}::numeric, 'NaN')").format(column)
    moments = _moments(scope, fact.as_of, fact.name)
    if moments:
        parts["as_of"] = SQL("coalesce({})").format(SQL(", ").join(text for _, text in moments))
    if fact.stale_after_days is not None:
        taken = SQL("coalesce({})").format(SQL(", ").join(instant for instant, _ in moments))
        parts["stale"] = SQL("coalesce({} < {} - make_interval(days => {}), true)").format(
            taken, scope.parameters.add(scope.now, "timestamptz"),
            scope.parameters.add(fact.stale_after_days, "integer"),
        )  # fmt: skip
        parts["own_note"] = SQL("CASE WHEN {} IS NOT NULL AND {} IS NULL THEN {} END").format(
            column, taken, scope.parameters.add(wording.UNDATED, "text"))  # fmt: skip
    return parts


def _moments(scope: Scope, as_of: str, name: str) -> list[tuple[Composable, Composable]]:
    """When the value was taken, as instant and as text: its own time field, else since when a dated value holds."""
    moments: list[tuple[Composable, Composable]] = []
    if as_of:
        column = scope.column(as_of)
        if scope.kind(as_of).kind is Kind.TIME:
            moments.append((column, MOMENT.format(column)))
        else:
            moments.append((_midnight(column), DAY.format(column)))
    if name and scope.kind(name).dated:
        since = scope.column(f"{name}_since")
        moments.append((_midnight(since), DAY.format(since)))
    return moments


def _midnight(day: Composable) -> Composable:
    return SQL("({}::timestamp AT TIME ZONE 'Asia/Shanghai')").format(day)


def _ratio(scope: Scope, fact: Ratio) -> dict[str, Composable]:
    """Actual ÷ required; the test compares actual with edge × required, so that no quotient is rounded."""
    actual, required = scope.column(fact.actual), scope.column(fact.required)
    usable = SQL("{r} > 0 AND {r} < 'Infinity' AND {a} > '-Infinity' AND {a} < 'Infinity'").format(a=actual, r=required)
    unit = scope.parameters.add(wording.THIN_SPACE + scope.kind(fact.actual).unit, "text")
    parts: dict[str, Composable] = {
        "judged": SQL("CASE WHEN {} THEN {} END").format(usable, actual),
        "number": SQL("CASE WHEN {} THEN {} / {} END").format(usable, actual, required),
        "shown": SQL("{}::text || {}").format(actual, unit),
        "own_threshold": SQL("{}::text || {}").format(required, unit),
    }
    moments = _moments(scope, fact.as_of, "")
    if moments:
        parts["as_of"] = moments[0][1]
    return parts


def _tested(scope: Scope, factor: Factor) -> dict[str, Composable]:
    """The pieces that the factor's test adds: bucket, level, threshold, and the value as it is shown."""
    add, test = scope.parameters.add, factor.test
    found: dict[str, Composable] = {"note": add(factor.remark or None, "text")} if factor.remark else {}
    if isinstance(test, Classes):
        titles = _titles(scope, factor)
        codes = [code for code, _ in test.levels]
        found["bucket"] = SQL("array_position({}, v.class)").format(add(codes, "text[]"))
        found["present"] = SQL("b.n IS NOT NULL")
        found["value"] = SQL("coalesce(v.shown, ({})[b.n], v.class)").format(
            add([titles.get(code, code) for code in codes], "text[]")
        )
        levels, words = [level for _, level in test.levels], wording.class_words(test, titles)
    elif isinstance(test, Bands):
        found["bucket"] = SQL("width_bucket(v.judged, {}) + 1").format(_edges(scope, factor, test))
        found["present"] = SQL("v.judged IS NOT NULL")
        found["value"] = _number(scope, factor)
        levels, words = list(test.levels), wording.band_words(test, factor.unit)
        if isinstance(factor.fact, Ratio):
            words = wording.ratio_words(test)
    else:
        found["bucket"] = SQL("CASE WHEN v.judged > 0 THEN 1 WHEN v.judged <= 0 THEN 2 END")
        found["present"] = SQL("v.judged IS NOT NULL")
        found["value"] = _number(scope, factor)
        levels, words = [test.level_if_any, test.otherwise], [wording.present_words(test)] * 2
    found["level"] = SQL("({})[b.n]").format(add(levels, "smallint[]"))
    joined = SQL("({})[b.n] || v.threshold") if isinstance(factor.fact,
                                                           Ratio) else SQL("coalesce(v.threshold, ({})[b.n])")
    found["threshold"] = joined.format(add(words, "text[]"))
    return found


def _edges(scope: Scope, factor: Factor, test: Bands) -> Composable:
    add, fact = scope.parameters.add, factor.fact
    if isinstance(fact, Ratio):
        required = scope.column(fact.required)
        return SQL("ARRAY[{}]").format(
            SQL(", ").join(SQL("{} * {}").format(add(edge, "numeric"), required) for edge in test.edges)
        )
    scale = fact.scale if isinstance(fact, Computed) else 1
    return add([edge * scale for edge in test.edges], "numeric[]")


def _number(scope: Scope, factor: Factor) -> Composable:
    """The number with its unit; quotients are cut, not rounded, so that 0.999 is never shown as 1.00."""
    cut: Composable = SQL("v.number")
    if isinstance(factor.fact, Ratio | Computed):
        cut = SQL("trunc(v.number, {})").format(scope.parameters.add(factor.decimals, "integer"))
    unit = wording.THIN_SPACE + factor.unit if factor.unit else ""
    return SQL("coalesce(v.shown, trim_scale({})::text || {})").format(cut, scope.parameters.add(unit, "text"))


def _titles(scope: Scope, factor: Factor) -> dict[str, str]:
    if isinstance(factor.fact, Column):
        return {choice.code: choice.title for choice in scope.kind(factor.fact.name).choices}
    if isinstance(factor.test, Classes) and factor.test.titles:
        return {code: title for (code, _), title in zip(factor.test.levels, factor.test.titles, strict=True)}
    return {}


def _escalated(scope: Scope, escalation: Escalation) -> dict[str, Composable]:
    return {
        "present": SQL("v.judged IS NOT NULL"),
        "value": SQL("coalesce(v.shown, CASE WHEN v.judged > 0 THEN '是' WHEN v.judged <= 0 THEN '否' END)"),
        "threshold": scope.parameters.add(wording.escalation_words(escalation), "text"),
    }


def _condition(scope: Scope, rule: Factor | Escalation) -> dict[str, Composable]:
    """Where a rule has a condition: rows that do not meet it are left out; an unknown condition makes it unknown."""
    if rule.when is None:
        return {}
    column = scope.column(rule.when.name)
    if not rule.when.values:
        return {"silent": SQL("{} IS NULL").format(column)}
    values = scope.parameters.add(list(rule.when.values), "text[]")
    titles = {field.name: field.title for field in scope.layer.fields}
    why = scope.parameters.add(wording.unknown_condition(rule, titles), "text")
    return {
        "applies": SQL("({c} IS NULL OR {c}::text = ANY({v}))").format(c=column, v=values),
        "note": SQL("CASE WHEN {} IS NULL THEN {} END").format(column, why),
        "unmet": SQL("{} IS NULL").format(column),
    }

