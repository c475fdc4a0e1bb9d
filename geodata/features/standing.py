"""Where a record stands, in words with reasons: a shelter's readiness, a reservoir's level, a dam's run-out.

None of it is a risk level.

Each is an expression over the record `r` that gives a JSON array of {"title", "title_en", "value", "note", "known"};
`known` is false where something that the words need is missing, and the words say what.
"""

from __future__ import annotations

from psycopg.sql import SQL, Composable, Literal

from layers.shelters import AREA_PER_PERSON

#: Capacity: registered, or effective area ÷ m² a person of its class where that is less. A shelter inside a hazard area
#: is not to be opened unseen, whatever its state says.
SHELTER = SQL("""(
SELECT json_build_array(json_build_object('title', '可用情况', 'title_en', 'Readiness',
    'value', CASE
        WHEN r.state = 'unusable' THEN '不可用'
        WHEN h.names IS NOT NULL THEN '慎用：在灾害易发区内'
        WHEN r.state = 'full' OR r.occupied >= c.holds THEN '已满'
        WHEN c.holds IS NULL THEN '容量未知'
        WHEN r.state = 'opened' THEN coalesce('已启用，还可容 ' || c.holds - r.occupied || ' 人', '已启用，余量未知')
        WHEN r.state = 'ready' THEN '就绪，可容 ' || c.holds || ' 人' ELSE '启用状态未知' END,
    'note', concat_ws('；', '在 ' || h.names,
        CASE WHEN r.geom IS NULL THEN '位置未知，不能判断是否在灾害易发区内'
             WHEN NOT h.any_area THEN '没有灾害易发区数据' END,
        '登记可容 ' || r.capacity || ' 人',
        '按面积可容 ' || n.holds || ' 人（有效面积 ' || trim_scale(r.effective_area_m2) || ' m² ÷ '
            || trim_scale(n.each) || ' m²/人，GB 51143-2015 表3.1.10）',
        '现有 ' || r.occupied || ' 人'),
    'known', r.state IS NOT NULL AND c.holds IS NOT NULL AND r.geom IS NOT NULL AND h.any_area))
  FROM (SELECT a.each, floor(nullif(r.effective_area_m2, 'NaN') / a.each)::bigint AS holds
          FROM (SELECT ({areas}::numeric[])[array_position({classes}::text[], r.shelter_class)] AS each) AS a) AS n,
       LATERAL (SELECT least(r.capacity, n.holds) AS holds) AS c,
       (SELECT string_agg(a.name, '、' ORDER BY a.name) FILTER (WHERE ST_Intersects(a.geom, r.geom)) AS names,
               count(a.geom) > 0 AS any_area
          FROM layer.hazard_areas AS a WHERE a.deleted_at IS NULL) AS h)""")

#: The highest of its levels that the water has passed; today's level is nothing without the time of its reading.
RESERVOIR = SQL("""(
SELECT json_build_array(json_build_object('title', '水位与汛限', 'title_en', 'Level against the flood limit',
    'value', CASE
        WHEN w.level IS NULL THEN '当前水位未知'
        WHEN w.level > r.check_flood_level_m THEN '超校核洪水位 ' || w.level - r.check_flood_level_m || '\u2009m'
        WHEN w.level > r.design_flood_level_m THEN '超设计洪水位 ' || w.level - r.design_flood_level_m || '\u2009m'
        WHEN w.limit_level IS NULL THEN '汛限水位未知'
        WHEN w.level > w.limit_level THEN '超汛限 ' || w.level - w.limit_level || '\u2009m'
        WHEN w.level = w.limit_level THEN '平汛限' ELSE '低于汛限 ' || w.limit_level - w.level || '\u2009m' END,
    'note', concat_ws('；', '汛限水位 ' || w.limit_level || '\u2009m',
        CASE WHEN w.level IS NULL THEN NULL WHEN w.read_at IS NULL THEN '水位没有测量时间'
             WHEN w.read_at < now() - interval '24 hours'
             THEN '水位测于 ' || to_char(w.read_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
                  || '，已超过 24 小时' END),
    'known', w.level IS NOT NULL AND w.limit_level IS NOT NULL
             AND coalesce(w.read_at >= now() - interval '24 hours', false)))
  FROM (SELECT nullif(r.level_now_m, 'NaN') AS level, nullif(r.limit_level_m, 'NaN') AS limit_level,
               coalesce(r.level_now_at, r.level_now_m_since::timestamp AT TIME ZONE 'Asia/Shanghai') AS read_at
       ) AS w)""")

#: Screening band of geodata.risk.runout, from what is stored and today's height, else the full capacity and height.
RUN_OUT = SQL("""(
SELECT json_build_array(json_build_object('title', '溃坝下泄距离（筛查）', 'title_en', 'Run-out (screening)',
    'value', coalesce(to_char(least(d.rico, d.lall), 'FM999990.0') || '–'
                      || to_char(greatest(d.rico, d.lall), 'FM999990.0') || '\u2009km', '库容或坝高未知'),
    'note', '筛查估算，不代表溃坝计算结果；沿沟谷，不是圆；Rico 等 2008，Concha Larrauri 与 Lall 2018',
    'known', d.rico IS NOT NULL))
  FROM (SELECT nullif(greatest(coalesce(r.stored_10k_m3, r.capacity_10k_m3), 0), 0)::float8 * 0.01 AS volume,
               nullif(greatest(coalesce(r.height_now_m, r.height_m), 0), 0)::float8 AS height) AS s,
       LATERAL (SELECT 0.354 * power(s.volume, 1.01) AS rico,
                       power(10, -0.477 + 0.954 * log(s.volume)) AS lall) AS f,
       LATERAL (SELECT 1.61 * power(s.height * f.rico, 0.66) AS rico,
                       power(10, 0.484 + 0.545 * log(s.height * f.lall / s.volume * f.lall)) AS lall) AS d)""")


def standing(name: str) -> Composable | None:
    """The expression of the layer called `name`; None where its records stand as their state field says."""
    if name == "shelters":
        return SHELTER.format(classes=Literal(list(AREA_PER_PERSON)), areas=Literal(list(AREA_PER_PERSON.values())))
    if name == "reservoirs":
        return RESERVOIR
    if name == "tailings_dams":
        return RUN_OUT
    return None
