"""`./riskmap export LAYER FILE`: a layer as .xlsx or .geojson."""

from __future__ import annotations

from pathlib import Path

import click

import layers
from config import Settings
from geodata.intake import export
from geodata.store import database
from webmap.session import ready_database


@click.command("export")
@click.argument("layer", metavar="LAYER", type=click.Choice(sorted(layers.ALL)))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--public", is_flag=True, help="不含电话等个人信息。")
@click.pass_obj
def command(settings: Settings, layer: str, file: Path, public: bool) -> None:
    """把图层 LAYER 导出成 .xlsx（各 Part 一张表，可原样再导入）或 .geojson。

    Positions go out in WGS 84. The file appears whole or not at all; one that is there is replaced.
    """
    with ready_database(settings) as url, database.connect(url) as connection:
        count = export.save(connection, layers.ALL[layer], file, personal=not public, say=click.echo)
    click.echo(f"{layers.ALL[layer].title}：{count} 条，写在 {file}")
