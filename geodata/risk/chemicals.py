"""Computed fact of chemical sites: S and R of every unit by GB 18218-2018, the worst unit decides.

All sums are numeric over the weights 3 ÷ Q, so a unit is a major hazard installation where 3S ≥ 3 and the fact's
number is 3R (the declaration says scale 3). S and R of the known substances are lower bounds: a level from a bound
may be said ("至少") but never 蓝.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from psycopg.sql import SQL, Composable

from geodata.risk.facts import Scope
from layers._gb18218 import (
    ALPHA_EDGES,
    ALPHAS,
    CATEGORIES,
    FOLD_FROM,
    FOLD_TO,
    LEVEL_EDGES,
    LEVEL_TITLES,
    TABLE_1,
    TABLE_3,
    WEIGHT,
    folded,
    weight,
)

#: A row that CAS and name both mean comes before one that only one of them means. Of several rows that are left (six
#: 硝化纤维素 of one CAS; name and CAS that contradict each other), and of several categories, the smallest critical
#: quantity.
SUBSTANCES = SQL("""
substance AS MATERIALIZED (
    SELECT s.id, u.id AS unit_id, s.substance, s.cas, nullif(s.q_t, 'NaN') AS q,
           lower(translate(regexp_replace(s.substance, '\\s', '', 'g'), {fold_from}, {fold_to})) AS folded,
           upper(concat_ws(' ', s.category, s.more_categories)) AS symbols
      FROM part.chemical_sites_units AS u JOIN part.chemical_sites_substances AS s ON s.parent_id = u.id
     WHERE u.deleted_at IS NULL AND s.deleted_at IS NULL AND {among}),
named AS MATERIALIZED (
    SELECT * FROM unnest({numbers}, {names}, {weights}, {beta_3}, {beta_practical})
        AS n (number, name, weight, beta_3, beta_practical)),
meaning AS MATERIALIZED (SELECT * FROM unnest({keys}, {key_rows}, {key_is_cas}) AS k (key, number, is_cas)),
category AS MATERIALIZED (
    SELECT * FROM unnest({symbols}, {symbol_weights}, {symbol_betas}) AS c (symbol, weight, beta)),
candidate AS (
    SELECT s.id, k.number, bool_or(k.is_cas) AND bool_or(NOT k.is_cas) AS by_both
      FROM substance AS s JOIN meaning AS k ON k.key = CASE WHEN k.is_cas THEN s.cas ELSE s.folded END
     GROUP BY s.id, k.number),
by_name AS (
    SELECT DISTINCT ON (c.id) c.id, n.number, n.weight, n.beta_3, n.beta_practical,
           CASE WHEN count(*) OVER same > 1
                THEN format('“%%s”的品名和 CAS 号对应表1的 %%s 项，取最小临界量（第 %%s 项）', s.substance,
                            count(*) OVER same, n.number)
           END AS doubt
      FROM candidate AS c JOIN named AS n USING (number) JOIN substance AS s ON s.id = c.id
     WHERE c.by_both OR NOT EXISTS (SELECT FROM candidate AS d WHERE d.id = c.id AND d.by_both)
    WINDOW same AS (PARTITION BY c.id)
     ORDER BY c.id, n.weight DESC, n.number),
by_category AS (
    SELECT s.id, max(c.weight) AS weight, max(c.beta) AS beta
      FROM substance AS s
     CROSS JOIN LATERAL regexp_split_to_table(s.symbols, '[\\s,，、;；]+') AS w (symbol)
      JOIN category AS c ON c.symbol = w.symbol GROUP BY s.id),
resolved AS (
    SELECT s.unit_id, s.substance, s.q, coalesce(n.weight, g.weight) AS weight,
           CASE WHEN n.id IS NULL THEN g.beta ELSE coalesce(n.beta_3, g.beta, n.beta_practical) END AS beta, n.doubt
      FROM substance AS s LEFT JOIN by_name AS n USING (id) LEFT JOIN by_category AS g USING (id)),
unit AS (
    SELECT u.id, u.parent_id AS site_id, u.unit, r.*
      FROM part.chemical_sites_units AS u
      LEFT JOIN (
        SELECT unit_id, coalesce(sum(q * weight), 0) AS s3, coalesce(sum(beta * q * weight), 0) AS r3,
               bool_and(q IS NOT NULL AND weight IS NOT NULL) AS s_whole,
               bool_and(q IS NOT NULL AND weight IS NOT NULL AND beta IS NOT NULL) AS r_whole,
               string_agg(substance || CASE WHEN weight IS NULL THEN ' 查不到临界量' WHEN q IS NULL THEN ' 数量未知'
                                            ELSE ' β 未知' END, '、' ORDER BY substance)
                   FILTER (WHERE q IS NULL OR weight IS NULL OR beta IS NULL) AS missing,
               string_agg(doubt, '；' ORDER BY doubt) AS doubt
          FROM resolved GROUP BY unit_id) AS r ON r.unit_id = u.id
     WHERE u.deleted_at IS NULL AND {among})
""")

#: α by the enterprise's own count; else an estimate: the share of a village's area within 500 m outside the boundary,
#: or the whole village where its point lies within 500 m and the settlement's radius. No villages near with a known
#: population: no data. The search box is wide enough for both; distances are metres on the ellipsoid.
PEOPLE = SQL("""
people AS (
    SELECT t.id AS site_id, coalesce(t.recorded_people_outside, e.people) AS people,
           t.recorded_people_outside IS NULL AND e.partly AS partly,
           CASE WHEN t.recorded_people_outside IS NOT NULL THEN '核定'
                WHEN t.boundary IS NULL THEN '估算，按点位代厂界' ELSE '估算' END AS basis
      FROM layer.chemical_sites AS t
      LEFT JOIN LATERAL (
        SELECT ceil(coalesce(sum(v.population * v.share) FILTER (WHERE v.share > 0), 0))::numeric AS people,
               coalesce(bool_or(v.population IS NULL AND v.share > 0), false) AS partly
          FROM (SELECT x.population,
                       CASE WHEN x.boundary IS NOT NULL
                            THEN ST_Area(ST_Intersection(x.boundary, a.ring)::geography)
                                 / nullif(ST_Area(x.boundary::geography), 0)
                            ELSE ST_DWithin(x.geom::geography, a.plant::geography,
                                            500 + coalesce(x.settlement_radius_m, 200))::integer END AS share
                  FROM (SELECT p.plant, ST_Difference(ST_Buffer(p.plant::geography, 500)::geometry, p.plant) AS ring
                          FROM (SELECT coalesce(t.boundary, t.geom) AS plant) AS p) AS a
                  JOIN layer.villages AS x ON x.geom && ST_Expand(a.plant, 0.2) AND x.deleted_at IS NULL) AS v
         HAVING count(v.population) > 0) AS e ON t.recorded_people_outside IS NULL
     WHERE t.deleted_at IS NULL AND {site_among})
""")

FACT = SQL("""
WITH {substances}, {people},
judged AS (
    SELECT u.site_id, u.unit, u.s3, u.s_whole, u.missing, u.doubt, p.people, p.basis, a.alpha, p.partly,
           u.s3 >= {weight_1} AS is_source,
           CASE WHEN u.s3 >= {weight_1} THEN u.r3 * a.alpha
                WHEN u.s3 IS NOT NULL THEN 0 END AS r3,
           u.s3 IS NULL OR NOT u.s_whole OR u.s3 >= {weight_1} AND (NOT u.r_whole OR p.partly) AS bound,
           u.r3 AS r3_plain
      FROM unit AS u LEFT JOIN people AS p USING (site_id)
     CROSS JOIN LATERAL (SELECT ({alphas})[width_bucket(p.people, {alpha_edges}) + 1] AS alpha) AS a),
worst AS (
    SELECT DISTINCT ON (site_id) site_id, unit, s3, s_whole, r3, r3_plain, is_source, alpha, people, basis
      FROM judged ORDER BY site_id, r3 DESC NULLS LAST, s3 DESC NULLS LAST, unit),
site AS (
    SELECT site_id, bool_or(bound) AS bound, bool_or(is_source AND alpha IS NULL) AS no_people,
           bool_or(partly) AS partly,
           string_agg(unit || '：' || coalesce(missing, '没有物质'), '；' ORDER BY unit)
               FILTER (WHERE missing IS NOT NULL OR s3 IS NULL) AS missing,
           string_agg(doubt, '；' ORDER BY unit) AS doubt,
           max(r3_plain) FILTER (WHERE is_source) AS r3_plain, bool_or(is_source) AS is_source
      FROM judged GROUP BY site_id)
SELECT s.site_id, CASE WHEN NOT s.no_people IS TRUE THEN w.r3 END AS judged,
       CASE WHEN NOT s.no_people IS TRUE AND w.is_source THEN w.r3 / {weight_1} END AS number,
       NULL::text AS class, s.bound,
       CASE WHEN s.no_people IS TRUE OR w.r3 IS NULL THEN NULL
            WHEN w.is_source THEN 'R ' || {shown_r} || '，' || ({level_titles})[width_bucket(w.r3, {level_edges}) + 1]
            ELSE 'S ' || {shown_s} || '，不构成' END AS value,
       CASE WHEN NOT s.bound AND NOT w.is_source THEN 'S ＜ 1' END AS threshold,
       NULL::text AS as_of,
       concat_ws('；', CASE WHEN w.s_whole THEN w.unit || ' S = ' || {shown_s}
                            WHEN w.s3 > 0 THEN w.unit || ' S ≥ ' || {shown_s} END,
           CASE WHEN w.is_source AND w.alpha IS NOT NULL
                THEN 'α = ' || w.alpha || '（厂界外 500 m ' || w.people || ' 人，' || w.basis || '）' END,
           CASE WHEN s.no_people THEN '厂界外人口未知：R 在 '
                || trim_scale(trunc(s.r3_plain * {alpha_least} / {weight_1}, 4)) || '（α 0.5）与 '
                || trim_scale(trunc(s.r3_plain * {alpha_most} / {weight_1}, 4)) || '（α 2.0）之间' END,
           CASE WHEN s.partly AND s.is_source THEN '附近有村社人口未知，人数为下限' END,
           CASE WHEN s.missing IS NOT NULL THEN '未知：' || s.missing END, s.doubt) AS note
  FROM site AS s JOIN worst AS w USING (site_id)
""")


def gb18218(scope: Scope, betas: Mapping[int, Decimal]) -> Composable:
    """3R of each site's worst unit, with α, S, what is missing and what is doubtful in the note."""
    add = scope.parameters.add
    shown = "trim_scale(trunc({} / {}, 4))"
    one = add(WEIGHT, "numeric")
    return FACT.format(
        substances=_substances(scope, betas),
        people=PEOPLE.format(
            site_among=SQL("true") if scope.ids is None else SQL("t.id = ANY({})").format(add(scope.ids, "bigint[]"))
        ),
        weight_1=one, alphas=add(list(ALPHAS), "numeric[]"), alpha_edges=add(list(ALPHA_EDGES), "numeric[]"),
        alpha_least=add(ALPHAS[0], "numeric"), alpha_most=add(ALPHAS[-1], "numeric"),
        level_titles=add(list(LEVEL_TITLES), "text[]"),
        level_edges=add([edge * WEIGHT for edge in LEVEL_EDGES], "numeric[]"),
        shown_r=SQL(shown).format(SQL("w.r3"), one), shown_s=SQL(shown).format(SQL("w.s3"), one),
    )  # fmt: skip


def _substances(scope: Scope, betas: Mapping[int, Decimal]) -> Composable:
    add = scope.parameters.add
    keys = [(folded(name), row.number, False) for row in TABLE_1 for name in row.names()]
    keys += [(cas, row.number, True) for row in TABLE_1 for cas in row.cas]
    keys = list(dict.fromkeys(keys))
    return SUBSTANCES.format(
        among=SQL("true") if scope.ids is None else SQL("u.parent_id = ANY({})").format(add(scope.ids, "bigint[]")),
        fold_from=add(FOLD_FROM, "text"), fold_to=add(FOLD_TO, "text"),
        numbers=add([row.number for row in TABLE_1], "integer[]"), names=add([row.name for row in TABLE_1], "text[]"),
        weights=add([weight(row.critical_t) for row in TABLE_1], "numeric[]"),
        beta_3=add([TABLE_3.get(row.number) for row in TABLE_1], "numeric[]"),
        beta_practical=add([betas.get(row.number) for row in TABLE_1], "numeric[]"),
        keys=add([key for key, _, _ in keys], "text[]"), key_rows=add([number for _, number, _ in keys], "integer[]"),
        key_is_cas=add([is_cas for _, _, is_cas in keys], "boolean[]"),
        symbols=add([c.symbol for c in CATEGORIES], "text[]"),
        symbol_weights=add([weight(c.critical_t) for c in CATEGORIES], "numeric[]"),
        symbol_betas=add([c.beta for c in CATEGORIES], "numeric[]"),
    )  # fmt: skip
