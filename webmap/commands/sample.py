"""`./riskmap sample`: the invented county into the database, many of them for measuring, or out again."""

from __future__ import annotations

import click

from config import Settings
from geodata import sample
from geodata.sample import scale as many
from geodata.store import database
from webmap import session
from webmap.progress import Steps


@click.command("sample")
@click.option("--remove", is_flag=True, help="移除示例数据；真实数据不受影响。")
@click.option("--scale", type=click.IntRange(1), metavar="N",
              help="并排装入 N 个示例县，用于测速（1000 县约 120 万个对象）。")
@click.pass_obj
def command(settings: Settings, remove: bool, scale: int | None) -> None:
    """装入示例县（虚构数据），或用 --remove 移除。

    Loads 示例县 into a database without real data; an earlier sample is replaced. Everything happens in one
    transaction: readers see all of it or nothing.
    """
    if remove and scale is not None:
        raise click.UsageError("--remove 和 --scale 不能一起用。")
    steps = Steps()
    with session.ready_database(settings) as url, database.connect(url) as connection:
        if remove:
            with steps.step("移除示例"):
                sample.remove(connection)
        elif scale is not None:
            with steps.step(f"{scale} 个示例县") as report:
                many.load(connection, scale, report)
        else:
            with steps.step("示例县") as report:
                sample.load(connection, report)
    click.echo("示例数据已移除。" if remove else "示例数据已装好。")
