"""`./riskmap serve`: database, sample county, web server; Ctrl-C stops all of them."""

from __future__ import annotations

import secrets
import signal
from contextlib import ExitStack
from dataclasses import replace
from types import FrameType

import click

from config import MEANING, Settings
from webmap import server, session
from webmap.filling import fill_empty
from webmap.progress import Steps
from webmap.protection import refuse_outside


@click.command("serve")
@click.option("--host", help=MEANING["RISKMAP_HOST"])
@click.option("--port", type=click.IntRange(1, 65535), help=MEANING["RISKMAP_PORT"])
@click.pass_obj
def command(settings: Settings, host: str | None, port: int | None) -> None:
    """准备数据库并打开地图，按 Ctrl-C 停止。

    Starts the private PostGIS cluster (or uses RISKMAP_DATABASE_URL), fills an empty database with the sample county
    and serves the map until Ctrl-C.
    """
    settings = replace(settings, host=host or settings.host, port=port or settings.port)
    refuse_outside(settings)
    server.refuse_taken_port(settings.host, settings.port)
    signal.signal(signal.SIGTERM, _interrupt)
    steps = Steps()
    try:
        with ExitStack() as running:
            with steps.step("数据库") as report:
                url = running.enter_context(session.running_database(settings, report))
            with steps.step("数据表") as report:
                session.prepare(url, report)
            fill_empty(url, steps)
            _serve(settings, url)
    except KeyboardInterrupt:
        pass
    click.echo("已停止", err=True)


def _serve(settings: Settings, url: str) -> None:
    token = secrets.token_urlsafe(24)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}/"

    def tell() -> None:
        click.echo(f"地图已打开：{address}")
        click.echo(f"可写入的链接（只在这次启动有效）：{address}?token={token}")
        click.echo("按 Ctrl-C 停止")

    server.serve(settings, url, token, tell)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """A service manager's stop is the same as Ctrl-C."""
    raise KeyboardInterrupt
