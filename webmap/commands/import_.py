"""`./riskmap import LAYER FILE`: a bureau's file into a layer; refused rows come back with a remark."""

from __future__ import annotations

import getpass
import shlex
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

import layers
from config import Settings
from geodata.errors import Refused
from geodata.intake import loading, options, refusals
from geodata.intake.loading import Outcome
from geodata.store import database
from webmap.session import ready_database

#: So many refused rows are shown on the screen; the report has them all.
SHOWN = 10


@click.command("import")
@click.argument("layer", metavar="LAYER", type=click.Choice(sorted(layers.ALL)))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--crs", default="", help="坐标系：WGS84、CGCS2000、“CGCS2000 38带”、EPSG:4547、GCJ-02、BD-09、北京54、西安80。"
)
@click.option("--encoding", default="", help="文字编码；不写则按内容认（UTF-8、GB18030、UTF-16）。")
@click.option("--sheet", default="", help="工作表（或压缩包里的文件、图层）的名字。")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="字段取哪一列；列名后可写 [单位]，Part 的字段写 part.field。",
)
@click.option("--map-value", "spelt", multiple=True, metavar="FIELD:FROM=TO", help="把某个字段里的原文读作另一个值。")
@click.option("--set", "fixed", multiple=True, metavar="FIELD=VALUE", help="每一行的这个字段都是这个值。")
@click.option("--within", default="", metavar="W,S,E,N|FILE", help="位置必须在这个范围（经纬度框或边界文件）之内。")
@click.option("--county", default="", metavar="NAME", help="县名，显示在地图顶栏。")
@click.option("--dry-run", is_flag=True, help="只检查、计数，不写入。")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="把退回的行写成这个 .xlsx，改好可再导入。"
)
@click.pass_obj
def command(
    settings: Settings, layer: str, file: Path, crs: str, encoding: str, sheet: str, mapped: tuple[str, ...],
    spelt: tuple[str, ...], fixed: tuple[str, ...], within: str, county: str, dry_run: bool, report: Path | None,
) -> None:  # fmt: skip
    """把一个文件导入图层 LAYER：xlsx、xls、csv、geojson、gpkg、shp（及 zip、kml、kmz、tab、dxf）。

    One transaction, upsert by code. Rows that are wrong come back with row, field, reason and remedy; the others are
    written. Exit 0 where rows were taken (or would be), 1 where nothing was.
    """
    if report is not None and report.suffix.lower() != ".xlsx":
        raise Refused(f"“{report}”不是 .xlsx", "--report", "例如 --report 退回.xlsx")
    chosen = options.Options(
        crs=crs, encoding=encoding, sheet=sheet, within=within, county=county.strip(), columns=options.columns(mapped),
        spelt=options.spelt(spelt), fixed=options.fixed(fixed), dry_run=dry_run,
    )  # fmt: skip
    with ready_database(settings) as url, database.connect(url) as connection:
        try:
            outcome = loading.load_file(connection, layers.ALL[layer], file, chosen, _actor())
        except KeyboardInterrupt:
            # One transaction: what is not done is undone.
            click.echo("已中断，没有写入任何东西", err=True)
            sys.exit(130)
    _tell(outcome, layers.ALL[layer].title, dry_run)
    if report is not None:
        again = _again(layer, report, {"--crs": [crs], "--map": mapped, "--map-value": spelt, "--set": fixed,
                                       "--within": [within]})  # fmt: skip
        refusals.write(report, outcome.tables, [*outcome.notes, _counts(outcome, dry_run), again])
        click.echo(f"退回的行和提醒写在 {report}")
    elif outcome.refused:
        click.echo("加 --report 退回.xlsx 可把退回的行写成表，改好再导入")
    if not outcome.added + outcome.changed + outcome.unchanged:
        click.echo("没有一行能导入", err=True)
        sys.exit(1)


def _again(layer: str, report: Path, said: Mapping[str, Sequence[str]]) -> str:
    """The command by which the mended report is imported: the report cannot say the coordinate system itself."""
    words = ["./riskmap", "import", layer, str(report)]
    words += [word for option, texts in said.items() for text in texts if text for word in (option, text)]
    return f"改好后导入：{shlex.join(words)}"


def _actor() -> str:
    try:
        return f"命令行 {getpass.getuser()}"
    except (KeyError, OSError):
        return "命令行"


def _counts(outcome: Outcome, dry_run: bool) -> str:
    word = "试运行（没有写入）：" if dry_run else ""
    return (f"{word}新增 {outcome.added}，更改 {outcome.changed}，未变 {outcome.unchanged}，退回 {len(outcome.refused)}"
            + (f"；位置不详 {outcome.without_position}" if outcome.without_position else ""))  # fmt: skip


def _tell(outcome: Outcome, title: str, dry_run: bool) -> None:
    for note in outcome.notes:
        click.echo(note)
    for refusal in outcome.refused[:SHOWN]:
        click.echo(f"退回 {refusal}")
    if len(outcome.refused) > SHOWN:
        kinds = Counter(problem.field for refusal in outcome.refused for problem in refusal.problems)
        summary = "，".join(f"{name} {count}" for name, count in kinds.most_common(6))
        click.echo(f"…… 共退回 {len(outcome.refused)} 行：{summary}")
    for remark in outcome.remarks[:3]:
        click.echo(f"提醒 {remark}")
    if len(outcome.remarks) > 3:
        click.echo(f"…… 共 {len(outcome.remarks)} 行有提醒")
    click.echo(f"{title}：{_counts(outcome, dry_run)}")
