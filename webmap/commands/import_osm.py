"""`./riskmap import-osm`: an OpenStreetMap extract becomes townships, villages, roads, water and candidates."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from config import Settings
from geodata.intake.osm.areas import TOWNSHIP_LEVEL
from geodata.intake.osm.loading import LayerOutcome, Outcome, load_osm
from geodata.store import database
from webmap import session
from webmap.progress import Steps


@click.command("import-osm")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--within", metavar="FILE|RELATION|NAME",
              help="只取这个范围：GeoJSON/GPKG 文件、关系编号，或文件里的边界名称。")  # fmt: skip
@click.option("--township-level", type=click.IntRange(3, 11), default=TOWNSHIP_LEVEL, show_default=True,
              help="作为乡镇的 admin_level（中国：8 乡镇，10 村）。")  # fmt: skip
@click.option("--county", default="", metavar="NAME", help="县名，显示在地图顶栏；不写则用 --within 的边界名称。")
@click.option("--dry-run", is_flag=True, help="只数会新增、修改多少，不写入。")
@click.pass_obj
def command(
    settings: Settings, file: Path, within: str | None, township_level: int, county: str, dry_run: bool
) -> None:  # fmt: skip
    """导入 OpenStreetMap 数据（.osm.pbf、.osm 等）。

    Townships are the closed boundaries wholly inside; roads, villages and water come with their sources; quarries,
    factories, fuel stations, fords, schools and stations come as candidates that somebody must confirm. A record that
    was confirmed or changed meanwhile is left alone.
    """
    steps = Steps()
    with session.ready_database(settings) as url, database.connect(url) as connection:
        with steps.step("导入 OpenStreetMap") as report:
            outcome = load_osm(
                connection, file, actor=f"命令行 {getpass.getuser()}", region=within, township_level=township_level,
                county=county.strip(), dry_run=dry_run, report=report,
            )  # fmt: skip
    for line in told(outcome, dry_run=dry_run):
        click.echo(line)


def told(outcome: Outcome, *, dry_run: bool) -> list[str]:
    """What the command prints: one line a layer, the road length, the candidates, and what was left out."""
    lines = ["试运行，没有写入。" if dry_run else "导入完成。"]
    lines += [_layer_line(each) for each in outcome.layers.values()]
    added, changed, unchanged = outcome.restrictions
    lines.append(f"转弯限制：新增 {added}，修改 {changed}，未变 {unchanged}")
    lines.append(f"可通车道路 {outcome.drivable_km:.1f} km（范围内的长度；各级公路、街道、机耕路，不含步道和自行车道）")
    waiting = sum(each.waiting for each in outcome.layers.values())
    if waiting:
        lines.append(f"待确认的候选点共 {waiting} 处，确认之前在图上标为待确认")
    return lines + [f"注意：{note}" for note in outcome.notes]


def _layer_line(each: LayerOutcome) -> str:
    counts = f"{each.layer.title}：新增 {each.added}，修改 {each.changed}，未变 {each.unchanged}"
    if each.left_alone:
        counts += f"，已由人确认或改过而保留 {each.left_alone}"
    if each.blanked:
        counts += f"，{each.blanked} 个不合理的数值留空"
    if each.kinds:
        counts += f"（{'、'.join(f'{title} {count}' for title, count in each.kinds.items())}）"
    return counts + (f"；待确认 {each.waiting}" if each.waiting else "")
