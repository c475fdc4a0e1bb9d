"""The computed facts by the names that declarations use: each answers site_id, judged, number, class, bound, value,
threshold, as_of and note for the sites of a scope."""

from __future__ import annotations

from psycopg.sql import Composable

from geodata.errors import Refused
from geodata.risk.chemicals import gb18218
from geodata.risk.facts import Scope
from geodata.risk.monitoring import monitoring_offline
from geodata.risk.rules import InForce
from geodata.risk.tailings import design_flood_pair, monitoring_warning

#: Every name that a declaration may give to Computed().
NAMES = ("design_flood_pair", "gb18218", "monitoring_offline", "monitoring_warning")


def query(name: str, scope: Scope, rule: InForce) -> Composable:
    """The SELECT of the computed fact `name`. Raises Refused for a name that nobody computes."""
    if name == "gb18218":
        return gb18218(scope, rule.betas)
    if name == "design_flood_pair":
        return design_flood_pair(scope)
    if name == "monitoring_warning":
        return monitoring_warning(scope)
    if name == "monitoring_offline":
        return monitoring_offline(scope)
    raise Refused(f"没有名为 {name} 的计算事实", f"layers/{scope.layer.name}.py", f"可用：{'、'.join(NAMES)}")
