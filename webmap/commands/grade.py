"""`./riskmap grade`: regrade, say why a site has its level, preview and save an editable threshold."""

from __future__ import annotations

import getpass
import unicodedata

import click

import layers
from config import Settings
from geodata.errors import Refused
from geodata.risk import grading, preview, reasons, rules
from geodata.store import database
from geodata.store.database import Connection
from layers._risk import LEVEL_TITLES
from layers._vocabulary import Layer
from webmap import session

#: So many of the sites that a rule would move are named; the rest are counted.
NAMED = 20
STATES = {"known": "", "unknown": "未知", "withdrawn": "已撤回", "stale": "过时"}


@click.command("grade")
@click.argument("names", metavar="[LAYER…]", nargs=-1)
@click.option("--why", nargs=2, metavar="LAYER CODE", help="逐项列出这个对象为什么是这个等级。")
@click.option("--rule", metavar="LAYER.FACTOR=15,30,45",
              help="改一个可编辑的门槛；类别写 A=4,B=3；上调写 1,2（一级，最高橙）。")
@click.option("--source", default="", help="改门槛的依据：文件名、会议纪要。")
@click.option("--preview", "only_preview", is_flag=True, help="只看改了以后哪些对象变级，不保存。")
@click.pass_obj
def command(
    settings: Settings, names: tuple[str, ...], why: tuple[str, str] | None, rule: str | None, source: str,
    only_preview: bool,
) -> None:  # fmt: skip
    """重新评级并按等级计数；或说明原因；或改一条规则。

    Without options the named layers (all graded ones by default) are graded anew. `--rule` refuses thresholds that a
    standard fixes.
    """
    if only_preview and not rule:
        raise click.UsageError("--preview 和 --rule 一起用")
    if sum((bool(names), why is not None, rule is not None)) > 1:
        raise click.UsageError("图层、--why、--rule 只能用一样")
    chosen = [_layer(name) for name in names] or [layer for layer in layers.ALL.values() if layer.risk]
    with session.ready_database(settings) as url, database.connect(url) as connection:
        database.acting_as(connection, f"命令行 {getpass.getuser()}")
        if why:
            _tell_why(connection, _layer(why[0]), why[1])
        elif rule:
            _change_rule(connection, rule, source, only_preview)
        else:
            _regrade(connection, chosen)


def _layer(name: str) -> Layer:
    layer = layers.ALL.get(name)
    graded = [each.name for each in layers.ALL.values() if each.risk]
    if layer is None or layer.risk is None:
        raise Refused(f"没有要评级的图层 {name}", "grade", f"可选：{'、'.join(graded)}")
    return layer


def _regrade(connection: Connection, chosen: list[Layer]) -> None:
    for layer in chosen:
        done = grading.regrade(connection, layer)
        by_level = reasons.counts(connection, layer)
        shown = "，".join(f"{LEVEL_TITLES[level][0]} {by_level.get(level, 0)}" for level in LEVEL_TITLES)
        click.echo(f"{layer.title}：{shown}，未知 {by_level.get(None, 0)}；共 {done.sites}，变化 {done.changed}")


def _tell_why(connection: Connection, layer: Layer, code: str) -> None:
    grade = reasons.why(connection, layer, code)
    titles = reasons.titles(layer)
    click.echo(f"{grade.name}（{grade.code}）：{_level(grade.level)}，自 {grade.level_since:%Y-%m-%d}")
    click.echo(f"为什么：{grade.total} 项因素，{grade.known} 项已知；规则 {grade.edition}")
    rows = [("等级", "因素", "值", "门槛", "说明", "依据")]
    for factor in grade.factors:
        state = STATES[factor["state"]]
        notes = [state + (f"（{factor['as_of']}）" if state and factor["as_of"] else ""), factor["note"] or ""]
        rows.append((
            _level(factor["level"]) if factor["level"] else "—", titles.get(factor["factor"], factor["factor"]),
            factor["value"] or "未知", factor["threshold"] or "", "；".join(note for note in notes if note),
            factor["source"] + ("（可改）" if factor["editable"] else ""),
        ))  # fmt: skip
    widths = [max(_width(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*padded, row[5]]).rstrip())


def _change_rule(connection: Connection, text: str, source: str, only_preview: bool) -> None:
    target, equals, test = text.partition("=")
    name, dot, factor = target.partition(".")
    if not equals or not dot:
        raise click.UsageError("--rule 写成 图层.因素=门槛，如 flood_roads.depth_now=15,30,45")
    layer = _layer(name.strip())
    override = rules.parse(layer, factor.strip(), test, source or ("预览" if only_preview else ""))
    for edge in preview.edges(connection, layer, override):
        click.echo(f"{edge.value}：原 {_level(edge.before)}，改后 {_level(edge.after)}")
    moved = preview.moved(connection, layer, override)
    click.echo(f"会有 {len(moved)} 个对象变级")
    for site in moved[:NAMED]:
        click.echo(f"  {site.code} {site.name}：{_level(site.before)} → {_level(site.after)}")
    if len(moved) > NAMED:
        click.echo(f"  其余 {len(moved) - NAMED} 个略")
    if only_preview:
        click.echo("预览，没有保存")
        return
    number = rules.save(connection, layer, override, f"命令行 {getpass.getuser()}")
    done = grading.regrade(connection, layer)
    click.echo(f"已存为规则 {number}；{layer.title} 变化 {done.changed}")


def _level(level: int | None) -> str:
    return f"{LEVEL_TITLES[level][0]} {level} {LEVEL_TITLES[level][1]}" if level else "? 未知"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
