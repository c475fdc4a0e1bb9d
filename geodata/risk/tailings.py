"""Computed facts of tailings dams: the pair at the design flood level against its requirement, monitoring warnings."""

from __future__ import annotations

from psycopg.sql import SQL, Composable

from geodata.risk.facts import Scope
from layers._tailings_tables import (
    BEACH_BY_METHOD,
    CAPACITY_EDGES,
    CARRY,
    HEIGHT_EDGES,
    LEAST_FREEBOARD,
    WARNINGS,
)

#: 等别 from capacity and height by the combination rule; where one is unknown, the ledger's own serves and is named.
#: Needed: the dam's own design values, else GB 50863-2013 Tables 4.2.1 and 4.2.2 by class and method.
PAIR = SQL("""
SELECT t.id AS site_id, NULL::numeric AS judged, NULL::numeric AS number,
       CASE WHEN m.freeboard_met AND m.beach_met THEN 'both_met'
            WHEN NOT m.freeboard_met AND NOT m.beach_met THEN 'neither_met'
            WHEN NOT m.freeboard_met OR NOT m.beach_met THEN 'one_failed' END AS class,
       (m.freeboard_met IS NULL) <> (m.beach_met IS NULL) AND NOT coalesce(m.freeboard_met, m.beach_met) AS bound,
       concat('超高 ', coalesce(t.freeboard_flood_m::text || '\u2009m', '未知'),
              '；干滩 ', coalesce(t.beach_flood_m::text || '\u2009m', '未知')) AS value,
       concat('超高 ', coalesce('≥ ' || n.freeboard || '\u2009m', '未知'),
              CASE WHEN t.freeboard_design_m > 0 THEN '（本库设计）' END,
              '；干滩 ', coalesce('≥ ' || n.beach || '\u2009m', '未知'),
              CASE WHEN t.beach_design_m > 0 THEN '（本库设计）' END) AS threshold,
       NULL::text AS as_of,
       concat_ws('；',
           CASE WHEN g.computed IS NOT NULL THEN '等别 ' || ({titles})[g.computed]
                WHEN t.grade_recorded IS NOT NULL
                THEN '等别 ' || ({titles})[t.grade_recorded::integer] || '（台账，库容或坝高未知）'
                ELSE '等别未知（库容或坝高未知）' END,
           CASE WHEN g.computed <> t.grade_recorded::integer
                THEN '台账记 ' || ({titles})[t.grade_recorded::integer] || '，与计算不一致' END) AS note
  FROM layer.tailings_dams AS t
 CROSS JOIN LATERAL (SELECT 5 - width_bucket(t.capacity_10k_m3, {capacity}) AS by_capacity,
                            5 - width_bucket(t.height_m, {height}) AS by_height) AS e
 CROSS JOIN LATERAL (SELECT CASE WHEN abs(by_capacity - by_height) <= 1 THEN least(by_capacity, by_height)
                                 WHEN abs(by_capacity - by_height) > 1 THEN least(by_capacity, by_height) + 1
                            END AS computed) AS g
 CROSS JOIN LATERAL (SELECT coalesce(g.computed, t.grade_recorded::integer) AS class) AS c
 CROSS JOIN LATERAL (
     SELECT CASE WHEN t.freeboard_design_m > 0 THEN t.freeboard_design_m ELSE ({freeboard})[c.class] END AS freeboard,
            CASE WHEN t.beach_design_m > 0 THEN t.beach_design_m
                 WHEN t.method = ANY({upstream}) THEN ({beach_upstream})[c.class]
                 WHEN t.method = ANY({downstream}) THEN ({beach_downstream})[c.class] END AS beach) AS n
 CROSS JOIN LATERAL (SELECT nullif(t.freeboard_flood_m, 'NaN') >= n.freeboard AS freeboard_met,
                            nullif(t.beach_flood_m, 'NaN') >= n.beach AS beach_met) AS m
 WHERE t.deleted_at IS NULL
""")

#: Two stages of GB 39496-2020 5.5.4, each with carry: points of an item → the item, items → the dam. Where a point's
#: warning is not known the others give a lower bound: a sensor that falls silent never makes a dam look better.
WARNING = SQL("""
SELECT d.site_id, NULL::numeric AS judged, NULL::numeric AS number,
       CASE WHEN d.known > 0 THEN coalesce({dam}, 'normal') END AS class, d.unknown > 0 AS bound,
       coalesce(d.shown, '各测点正常') AS value, NULL::text AS threshold, d.as_of,
       CASE WHEN d.unknown > 0 THEN d.unknown || ' 个测点无预警状态' END AS note
  FROM (SELECT i.site_id, string_agg(i.item || ' ' || ({titles})[array_position({warnings}, i.warning)], '、'
                                     ORDER BY i.item) FILTER (WHERE i.warning IS NOT NULL) AS shown,
               max(i.as_of) AS as_of, sum(i.known) AS known, sum(i.unknown) AS unknown, {item_counts}
          FROM (SELECT p.site_id, p.item, {item} AS warning, p.as_of, p.known, p.unknown
                  FROM (SELECT m.parent_id AS site_id, m.item, {point_counts},
                               to_char(max(m.read_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS as_of,
                               count(*) FILTER (WHERE m.warning IS NULL) AS unknown, count(m.warning) AS known
                          FROM part.tailings_dams_monitoring_points AS m
                         WHERE m.deleted_at IS NULL AND {among} GROUP BY m.parent_id, m.item) AS p) AS i
         GROUP BY i.site_id) AS d
""")


def design_flood_pair(scope: Scope) -> Composable:
    """安全度 of the pair at the design flood level: both met, one failed, neither met (AQ 2006-2005, chapter 8)."""
    add = scope.parameters.add
    tables = {method: list(table) for method, table in BEACH_BY_METHOD.items()}
    return PAIR.format(
        titles=add(["一等", "二等", "三等", "四等", "五等"], "text[]"),
        capacity=add(list(CAPACITY_EDGES), "numeric[]"), height=add(list(HEIGHT_EDGES), "numeric[]"),
        freeboard=add(list(LEAST_FREEBOARD), "numeric[]"),
        upstream=add(["upstream"], "text[]"), beach_upstream=add(tables["upstream"], "numeric[]"),
        downstream=add(["downstream", "centreline"], "text[]"), beach_downstream=add(tables["downstream"], "numeric[]"),
    )  # fmt: skip


def monitoring_warning(scope: Scope) -> Composable:
    """The dam's warning from its monitoring points; a dam without known points has no row."""
    add = scope.parameters.add
    among = SQL("true") if scope.ids is None else SQL("m.parent_id = ANY({})").format(add(scope.ids, "bigint[]"))
    return WARNING.format(
        among=among, warnings=add(list(WARNINGS), "text[]"), titles=add(["蓝色", "黄色", "橙色", "红色"], "text[]"),
        point_counts=_counts(scope, SQL("m.warning")), item_counts=_counts(scope, SQL("i.warning")),
        item=_carried(scope, SQL("p")), dam=_carried(scope, SQL("d")),
    )  # fmt: skip


def _counts(scope: Scope, column: Composable) -> Composable:
    """How many of each warning: columns blue, yellow, orange, red."""
    return SQL(", ").join(
        SQL("count(*) FILTER (WHERE {} = {}) AS {}").format(column, scope.parameters.add(name, "text"), SQL(name))
        for name in WARNINGS
    )  # fmt: skip


def _carried(scope: Scope, row: Composable) -> Composable:
    """The highest warning reached when the counts of `row` are carried upwards; NULL where all are 0."""
    totals: dict[str, Composable] = {name: SQL("{}.{}").format(row, SQL(name)) for name in WARNINGS}
    for lower, enough, higher in CARRY:
        totals[higher] = SQL("({} + {} / {})").format(
            totals[higher], totals[lower], scope.parameters.add(enough, "bigint")
        )
    cases = SQL(" ").join(
        SQL("WHEN {} > 0 THEN {}").format(totals[name], scope.parameters.add(name, "text"))
        for name in reversed(WARNINGS)
    )
    return SQL("CASE {} END").format(cases)
