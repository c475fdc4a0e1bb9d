"""`./riskmap height`: a height grid for relief shading and contours."""

from __future__ import annotations

from pathlib import Path

import click

from config import Settings
from geodata.store import database
from geodata.tiles import height
from webmap import session
from webmap.progress import Steps


@click.command("height")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(settings: Settings, file: Path) -> None:
    """装入高程（GeoTIFF），用于地形晕渲和等高线；替换原来的高程。

    Band 1 in metres, in any coordinate system that the file names; it is brought to WGS 84.
    """
    steps = Steps()
    with session.ready_database(settings) as url, database.connect(url) as connection:
        with steps.step("高程") as report:
            grid = height.read_geotiff(file)
            rows, columns = grid.heights.shape
            report(f"{columns} × {rows} 格")
            height.store(connection, grid, report=report)
    extent = f"{grid.west:.4f}–{grid.east:.4f}°E，{grid.south:.4f}–{grid.north:.4f}°N"
    click.echo(f"高程已装好：{extent}，{columns} × {rows} 格。")
