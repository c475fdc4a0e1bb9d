"""The rule in force: what the layer declares, with the bureau's overrides (riskmap.rule) of its editable thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from geodata.errors import Refused
from layers._gb18218 import PRACTICAL_BETA
from layers._risk import BLUE, LEVELS, Bands, Classes, Escalation, Factor, Present, Risk
from layers._vocabulary import Layer

#: Overrides of single figures that are no factor of their own: the practical β of GB 18218's Table 1 substances.
BETA = "beta."

NEWEST = """
SELECT DISTINCT ON (factor) factor, test, source, id FROM riskmap.rule WHERE layer = %s ORDER BY factor, id DESC
"""

SAVE = """
INSERT INTO riskmap.rule (layer, factor, test, source, edition, actor, note) VALUES (%s, %s, %s, %s, %s, %s, %s)
RETURNING id
"""

KEEP = """
INSERT INTO riskmap.history (layer, record_id, part, actor, action, before, after)
VALUES (%s, %s, %s, %s, 'rule', %s, %s)
"""


@dataclass(frozen=True, slots=True)
class Override:
    """A change of one factor's threshold that is not yet, or already, in the table."""

    factor: str
    test: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A layer's rule with its overrides applied: `risk`, its `edition` in words, and the practical β values."""

    risk: Risk
    edition: str
    betas: Mapping[int, Decimal] = field(default_factory=lambda: dict(PRACTICAL_BETA))


def in_force(connection: psycopg.Connection, layer: Layer, trial: Override | None = None) -> InForce:
    """The rule of `layer` with saved overrides, and with `trial` over them for a preview. Refused without a rule."""
    if layer.risk is None:
        raise Refused(f"图层 {layer.name} 没有风险分级规则", f"layers/{layer.name}.py")
    saved = connection.execute(NEWEST, (layer.name,)).fetchall()
    overrides = {name: Override(name, test, source) for name, test, source, _ in saved}
    edition = layer.risk.edition
    if saved:
        edition += f"＋规则表 {max(number for *_, number in saved)}"
    if trial:
        overrides[trial.factor] = trial
        edition += "（预览）"
    betas = dict(PRACTICAL_BETA)
    for name, override in overrides.items():
        if name.startswith(BETA):
            betas[int(name.removeprefix(BETA))] = Decimal(override.test["beta"])
    factors = tuple(_applied(factor, overrides.get(factor.name)) for factor in layer.risk.factors)
    escalations = (_raised(one, overrides.get(one.name)) for one in layer.risk.escalations)
    in_order = tuple(sorted(escalations, key=lambda one: -one.at_most))
    return InForce(replace(layer.risk, factors=factors, escalations=in_order), edition, betas)


def parse(layer: Layer, name: str, text: str, source: str) -> Override:
    """An override as written on the command line: `15,30,45` for edges, `A=4,B=3` for classes, `2` for a β or count,
    `1,2` for an escalation (one level up, at most 橙).

    Raises Refused for a rule that is fixed by a standard, and for a text that does not fit the declared test.
    """
    if not source.strip():
        raise Refused("没有写依据", name, "用 --source 写明文件名或会议纪要")
    if name.startswith(BETA) and layer.name == "chemical_sites":
        return Override(name, {"beta": _beta(name, text)}, source)
    factor = _editable(layer, name)
    if isinstance(factor, Escalation):
        return Override(name, _escalation(name, text), source)
    if isinstance(factor.test, Bands):
        edges = _numbers(name, text)
        if len(edges) != len(factor.test.edges):
            raise Refused(f"要 {len(factor.test.edges)} 个门槛，写了 {len(edges)} 个", name)
        return Override(name, {"edges": [str(edge) for edge in edges]}, source)
    if isinstance(factor.test, Classes):
        return Override(name, {"levels": _class_levels(name, text, factor.test)}, source)
    return Override(name, {"level_if_any": _level(name, text.strip())}, source)


def save(connection: psycopg.Connection, layer: Layer, override: Override, actor: str, note: str = "") -> int:
    """Add an override to the table and to the history; answers its number. Earlier rows stay."""
    assert layer.risk is not None  # parse() refused otherwise
    before = [row for row in connection.execute(NEWEST, (layer.name,)) if row[0] == override.factor]
    row = connection.execute(
        SAVE,
        (layer.name, override.factor, Jsonb(dict(override.test)), override.source, layer.risk.edition, actor, note),
    ).fetchone()
    assert row is not None  # INSERT … RETURNING answers its row
    was = Jsonb({"test": before[0][1], "source": before[0][2]}) if before else None
    now = Jsonb({"test": dict(override.test), "source": override.source})
    connection.execute(KEEP, (layer.name, row[0], override.factor, actor, was, now))
    return int(row[0])


def _applied(factor: Factor, override: Override | None) -> Factor:
    if override is None:
        return factor
    test = factor.test
    if isinstance(test, Bands):
        test = Bands(tuple(Decimal(edge) for edge in override.test["edges"]), test.levels)
    elif isinstance(test, Classes):
        levels: dict[str, int | None] = override.test["levels"]
        test = replace(test, levels=tuple((code, levels.get(code, level)) for code, level in test.levels))
    else:
        test = Present(override.test["level_if_any"], test.otherwise)
    return replace(factor, test=test, source=replace(factor.source, text=override.source))


def _raised(escalation: Escalation, override: Override | None) -> Escalation:
    if override is None:
        return escalation
    source = replace(escalation.source, text=override.source)
    return replace(escalation, by=override.test["by"], at_most=override.test["at_most"], source=source)


def _editable(layer: Layer, name: str) -> Factor | Escalation:
    factors = {factor.name: factor for factor in layer.risk.rules()} if layer.risk else {}
    if name not in factors:
        raise Refused(f"图层 {layer.name} 没有因素 {name}", "--rule", f"可选：{'、'.join(factors) or '无'}")
    factor = factors[name]
    if not factor.source.editable:
        raise Refused(f"“{factor.title}”由标准规定，不能改：{factor.source.text}", f"{layer.name}.{name}")
    return factor


def _numbers(name: str, text: str) -> list[Decimal]:
    try:
        edges = [Decimal(piece.strip()) for piece in text.replace("，", ",").split(",")]
    except InvalidOperation as error:
        raise Refused(f"“{text}”不是数", name, "门槛用逗号分开，如 15,30,45") from error
    if not all(edge.is_finite() for edge in edges):
        raise Refused(f"“{text}”里有不是有限数的门槛", name)
    if edges != sorted(set(edges)):
        raise Refused(f"门槛 {text} 没有从小到大", name, "门槛须由小到大，各不相同")
    return edges


def _class_levels(name: str, text: str, test: Classes) -> dict[str, int]:
    codes = {code for code, _ in test.levels}
    levels: dict[str, int] = {}
    for piece in text.replace("，", ",").split(","):
        code, equals, level = (part.strip() for part in piece.partition("="))
        if not equals or code not in codes:
            raise Refused(f"“{piece}”不是 类别=等级", name,
                          f"类别有 {'、'.join(sorted(codes))}；等级 1 红 2 橙 3 黄 4 蓝")
        levels[code] = _level(name, level)
    return levels


def _level(name: str, text: str) -> int:
    if text not in {str(level) for level in LEVELS}:
        raise Refused(f"“{text}”不是等级", name, "等级写 1（红）、2（橙）、3（黄）、4（蓝）")
    return int(text)


def _escalation(name: str, text: str) -> dict[str, int]:
    by, comma, at_most = (piece.strip() for piece in text.replace("，", ",").partition(","))
    if not comma or by not in ("1", "2", "3") or at_most not in {str(level) for level in LEVELS if level != BLUE}:
        raise Refused(f"“{text}”不是 上调几级,最高哪级", name, "如 1,2：上调一级，最高橙（1 红 2 橙 3 黄）")
    return {"by": int(by), "at_most": int(at_most)}


def _beta(name: str, text: str) -> str:
    number = name.removeprefix(BETA)
    if not number.isdigit() or int(number) not in PRACTICAL_BETA:
        raise Refused(f"{name} 不是可改的 β", "--rule",
                      f"可改的是表1第 {'、'.join(map(str, sorted(PRACTICAL_BETA)))} 项")
    (value,) = _numbers(name, text)[:1]
    if value <= 0:
        raise Refused(f"β 须大于 0，写的是 {text}", name)
    return str(value)
