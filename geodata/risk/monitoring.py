"""Computed fact: required online monitoring that has been offline for more than 24 hours."""

from __future__ import annotations

from psycopg.sql import SQL, Composable, Identifier

from geodata.risk.facts import Scope

#: 未接入 is no monitoring that could be offline. "Online" whose last sign is older than 24 h is offline: no signal is
#: not normal. Offline without a time is taken as longer than 24 h.
OFFLINE = SQL("""
SELECT t.id AS site_id, o.offline AS judged, o.offline AS number, NULL::text AS class, false AS bound,
       CASE WHEN o.offline IS NULL THEN NULL WHEN t.monitoring = 'none' THEN '未接入'
            WHEN o.offline > 0 THEN '离线' ELSE '在线' END AS value,
       NULL::text AS threshold,
       to_char(t.monitoring_seen AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS as_of,
       CASE WHEN t.monitoring = 'offline' AND t.monitoring_seen IS NULL THEN '离线起始时间未知，按超过 24 小时计'
            WHEN t.monitoring = 'online' AND o.offline > 0 THEN '台账记在线，但末次信号已超过 24 小时' END AS note
  FROM layer.{table} AS t
 CROSS JOIN LATERAL (SELECT CASE
     WHEN t.monitoring = 'none' THEN 0
     WHEN t.monitoring_seen IS NOT NULL THEN (t.monitoring_seen < {now} - interval '24 hours')::integer
     WHEN t.monitoring = 'offline' THEN 1 WHEN t.monitoring = 'online' THEN 0 END::numeric AS offline) AS o
 WHERE t.deleted_at IS NULL
""")


def monitoring_offline(scope: Scope) -> Composable:
    """1 where the site's monitoring is offline for more than 24 hours, 0 where it is not, NULL unknown."""
    return OFFLINE.format(
        table=Identifier(scope.layer.name), now=scope.parameters.add(scope.now, "timestamptz")
    )
